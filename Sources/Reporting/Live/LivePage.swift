import NbrunJSONValues
import NbrunPlotting
import NbrunRunning

/// The page that follows a run: the report of what there is so far, which reads itself again from disk when there is more.
///
/// It stands beside a script that says the page's version (`NAME.version.js`); the page asks for that script again and again,
/// which a page opened from a file may do, and reloads when the version is another. No server is needed. Reports under `outputs/`
/// have none of this.
package enum LivePage {
  /// The page of what a run has found so far.
  /// - Parameters:
  ///   - report: the report of the record so far.
  ///   - version: the number that the version script will say.
  ///   - name: the name of the page's file without its ending.
  package static func text(_ report: Report, version: Int, name: String) -> String {
    HTMLReport.text(report, script: script(version: version, versionFile: "\(name).version.js"))
  }

  /// The script that tells open pages which version is the newest.
  package static func versionScript(_ version: Int) -> String { "nbrunVersion(\(version))\n" }

  /// A name as it can stand in a script: file names come from the names of files, which can hold anything.
  private static func literal(_ text: String) -> String {
    JSONWriter.string(.string(text)).unicodeScalars.map { $0 == "<" ? "\\u003C" : String($0) }.joined()
  }

  private static func script(version: Int, versionFile: String) -> String {
    """
    "use strict";
    {
      const own = \(version), file = \(literal(versionFile)), place = "nbrun " + file;
      history.scrollRestoration = "manual";
      // A place is kept as the last heading, cell or figure that begins in the window's upper third or above: what stands above it
      // may grow or go.
      // Browsers scroll by whole pixels: what was aimed at is aimed at again, so that many versions do not make the page creep.
      let aim = null;
      const marks = () => document.querySelectorAll("main :is(h1,h2,h3,h4,h5,h6,section,figure)[id]");
      const top = (element) => element.getBoundingClientRect().top;
      const keys = () => {
        const seen = {};
        return Array.from(document.querySelectorAll("details"), (details) => {
          const owner = details.closest("[id]")?.id ?? "";
          // By its words rather than by its place, for a cell's folds come as it goes on; numbers in them grow.
          const name = owner + " " + (details.querySelector("summary")?.textContent ?? "").replace(/[\\d,]+|s\\b/g, "");
          seen[name] = (seen[name] ?? 0) + 1;
          return [name + " " + seen[name], details];
        });
      };
      const keep = () => {
        let mark = null;
        for (const element of marks()) if (top(element) <= innerHeight / 3) mark = element;
        const open = keys().filter(([, details]) => details.open).map(([key]) => key);
        const rests = aim && mark && aim.mark === mark.id && aim.y === scrollY;
        return { y: scrollY, mark: mark && mark.id, offset: rests ? aim.offset : mark && top(mark), open };
      };
      window.nbrunVersion = (newest) => {
        if (newest === own) return;
        try { sessionStorage.setItem(place, JSON.stringify(keep())); } catch {}
        location.reload();
      };
      addEventListener("DOMContentLoaded", () => {
        try {
          const kept = JSON.parse(sessionStorage.getItem(place));
          if (!kept) return;
          sessionStorage.removeItem(place);
          for (const [key, details] of keys()) details.open = kept.open.includes(key);
          const mark = kept.mark && document.getElementById(kept.mark);
          scrollTo({ top: mark ? scrollY + top(mark) - kept.offset : kept.y, behavior: "instant" });
          if (mark) aim = { mark: kept.mark, offset: kept.offset, y: scrollY };
        } catch {}
      });
      setInterval(() => {
        const script = document.createElement("script");
        script.src = encodeURI(file) + "?" + Date.now();
        script.onload = script.onerror = () => script.remove();
        document.head.append(script);
      }, 700);
    }
    """
  }

  /// What a running cell has reported so far, its series drawn although its step will draw them only at its end.
  package static func unfinished(_ results: CellResults) -> CellResults {
    var results = results
    guard results.figures.isEmpty else { return results }
    let drawn = results.series.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
    guard let longest = drawn.map(\.value.count).max() else { return results }
    // Series of other lengths are spread over the same axis: losses an iteration, accuracies an epoch.
    let panels = drawn.map { key, values in
      let step = Double(longest - 1) / Double(values.count - 1)
      let positions = values.indices.map { Double($0) * step }
      return Panel(yAxis: .linear(key.text), series: [Series(key.text, x: positions, y: values.map(\.double))])
    }
    let figure = Figure(title: "So far", panels: panels, xAxis: .linear("reported values"))
    results.figures = [FigureRecord(name: "so-far", figure: figure, isVolatile: true)]
    return results
  }
}
