import Markup
import Notebooks
import Plotting
import Running
import Steps

/// A committed report and what its notebook gives now, side by side: what verifying found, the numbers of both, and their curves over
/// each other. A page as a report is one: it runs nothing and asks for nothing outside itself.
public struct ComparisonPage {
  private let verification: VerificationReport
  private let report: Report
  private let fresh: RunRecord
  /// What the committed results tell; nil where they cannot be read.
  private let told: RunRecord?

  /// The page of a notebook.
  /// - Parameters:
  ///   - verification: what verifying it found.
  ///   - record: what running it afresh found.
  ///   - committed: what stands in the folder of its report.
  public init(
    _ verification: VerificationReport, record: RunRecord, notebook: Notebook, plan: Plan?, place: ReportPlace,
    committed: CommittedReport
  ) {
    self.verification = verification
    report = Report(record: record, notebook: notebook, plan: plan, place: place)
    fresh = record
    told = (try? committed.results()).map(record.told)
  }

  /// The page's text.
  /// - Parameter strict: whether verifying fails on what was not compared.
  public func text(strict: Bool) -> String {
    let title = "\(fresh.title): committed and fresh"
    return HTMLPage.page(title: title, style: HTMLReport.pageStyle + Self.style) { body in
      body.element("main") { main in
        main.element("h1", text: title)
        let passed = verification.passed(strict: strict)
        main.element(
          "p", ["class": "status \(passed ? "passed" : "failed")"],
          text: "\(passed ? "✓" : "✗") \(fresh.notebook): \(verification.summary)")
        write(verification.findings.filter { $0.cell == nil }, to: &main)
        if told == nil { main.element("p", text: "There are no committed results that could be compared.") }
        for (cell, standing) in zip(fresh.cells, verification.cells) { write(cell, standing.standing, to: &main) }
      }
    }
  }

  private static let style = """
    .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr));gap:.4rem 1.2rem}
    tr.moved td,tr.moved th,.findings{color:var(--bad)}.findings{font:.82rem/1.5 var(--ui);padding-inline-start:1.2rem}

    """

  private func write(_ findings: [VerificationFinding], to main: inout MarkupWriter) {
    guard !findings.isEmpty else { return }
    main.element("ul", ["class": "findings"]) { list in
      for finding in findings {
        var finding = finding
        finding.cell = nil
        list.element("li", text: finding.text)
      }
    }
  }

  // MARK: A cell

  private func write(_ cell: CellRecord, _ standing: VerificationReport.Standing, to main: inout MarkupWriter) {
    let committed = told?[cell.id]
    let findings = verification.findings.filter { $0.cell == cell.id }
    let look = findings.isEmpty ? standing == .verified ? "held" : "not-tested" : "broken"
    main.element("section", ["class": "cell \(look)", "id": HTMLCell.anchor(cell.id), "aria-label": cell.id.text]) {
      section in
      section.element("header") { header in
        header.element("span", ["class": "n"], text: "[\(cell.number)]")
        header.element("span", ["class": "step"], text: cell.step.text)
        header.element("a", ["class": "id", "href": "#" + HTMLCell.anchor(cell.id)], text: cell.id.text)
        header.element("span", ["class": "time"], text: standing.words)
      }
      write(findings, to: &section)
      guard let committed else { return }
      let (old, new) = (committed.outcome.results ?? CellResults(), cell.outcome.results ?? CellResults())
      writeMetrics(old, new, moved: Set(findings.map(\.subject)), to: &section)
      writeTable(
        "Claims", ["claim", "committed", "fresh"],
        cell.claims.enumerated().map { index, claim in
          let before = committed.claims.indices.contains(index) ? committed.claims[index].status.words : "–"
          return [claim.claim.text, before, claim.status.words]
        }, to: &section)
      writeOutput(committed, cell, to: &section)
      for figure in new.figures {
        write(figure, before: old.figures.first { $0.name == figure.name }, of: cell, to: &section)
      }
      writeSeries(old, new, of: cell, to: &section)
    }
    main.newline()
  }

  private func writeMetrics(
    _ old: CellResults, _ new: CellResults, moved: Set<String>, to section: inout MarkupWriter
  ) {
    let keys = Set(old.metrics.keys).union(new.metrics.keys).sorted()
    let rows = keys.map { key in
      [key.text] + [old, new].map { $0.metrics[key].map(NumberFormat.shortest.text) ?? "–" }
    }
    writeTable(
      "Metrics", ["metric", "committed", "fresh"], rows, isMoved: { moved.contains("metric \($0[0])") }, to: &section)
  }

  /// A table whose rows are marked where they moved: the last two of their cells differ, unless that is allowed.
  private func writeTable(
    _ name: String, _ headers: [String], _ rows: [[String]],
    isMoved: ([String]) -> Bool = { $0.suffix(2).first != $0.last },
    to section: inout MarkupWriter
  ) {
    guard !rows.isEmpty else { return }
    section.scroller("scroll", label: name) { frame in
      frame.element("table") { table in
        table.element("thead") { head in
          head.element("tr") { row in
            for header in headers + [""] {
              if header.isEmpty {
                row.element("td", text: "")
              } else {
                row.element("th", ["scope": "col"], text: header)
              }
            }
          }
        }
        table.element("tbody") { body in
          for cells in rows {
            let moved = isMoved(cells)
            body.element("tr", ["class": moved ? "moved" : nil]) { row in
              row.element("th", ["scope": "row"], text: cells[0])
              for cell in cells.dropFirst() { row.element("td", ["class": "m left"], text: cell) }
              row.element(
                "td", text: moved ? "✗ moved" : cells.suffix(2).first == cells.last ? "" : "within what is allowed")
            }
          }
        }
      }
    }
  }

  private func writeOutput(_ old: CellRecord, _ new: CellRecord, to section: inout MarkupWriter) {
    let (before, after) = (OutputText(old).lines, OutputText(new).lines)
    let differing = (0..<max(before.count, after.count)).filter { index in
      (before.indices.contains(index) ? before[index] : nil) != (after.indices.contains(index) ? after[index] : nil)
    }
    guard !differing.isEmpty else { return }
    section.element("details") { details in
      details.element("summary", text: "\(NumberText.count(differing.count, "line")) of the output differ")
      writeTable(
        "Output", ["line", "committed", "fresh"],
        differing.prefix(200).map { index in
          ["\(index + 1)"] + [before, after].map { $0.indices.contains(index) ? $0[index] : "–" }
        }, isMoved: { _ in false }, to: &details)
    }
  }

  // MARK: Curves

  private func write(
    _ figure: FigureRecord, before: FigureRecord?, of cell: CellRecord, to section: inout MarkupWriter
  ) {
    guard let before, before.figure != figure.figure else {
      let words = before == nil ? "is not in the committed report" : "is the same"
      section.element("p", ["class": "byline"], text: "The figure \(figure.figure.title) \(words).")
      return
    }
    if let both = Self.overlay(before.figure, figure.figure) {
      var shown = figure
      shown.figure = both
      HTMLFigure(cell: cell.id, figure: shown, report: report).write(to: &section)
    } else {
      section.element("div", ["class": "pair"]) { pair in
        for (record, word) in [(before, "committed"), (figure, "fresh")] {
          var shown = record
          shown.figure.title += ", \(word)"
          shown.name = FigureName("\(word)-\(record.name.text.prefix(50))") ?? record.name
          HTMLFigure(cell: cell.id, figure: shown, report: report).write(to: &pair)
        }
      }
    }
  }

  /// Series that moved and that no figure shows.
  private func writeSeries(_ old: CellResults, _ new: CellResults, of cell: CellRecord, to section: inout MarkupWriter)
  {
    guard !new.figures.contains(where: { if case .panels = $0.figure.content { true } else { false } }) else { return }
    for key in Set(old.series.keys).intersection(new.series.keys).sorted() {
      let (before, after) = (old.series[key] ?? [], new.series[key] ?? [])
      guard before != after, let name = FigureName("series-\(key.text.prefix(50))") else { continue }
      let series = Self.both(Series(key.text, y: before.map(\.double)), Series(key.text, y: after.map(\.double)))
      let figure = Figure(
        title: "Series \(key.text)", series: series, xAxis: .linear("position"), yAxis: .linear(key.text))
      HTMLFigure(cell: cell.id, figure: FigureRecord(name: name, figure: figure, isVolatile: false), report: report)
        .write(to: &section)
    }
  }

  /// The curves of both figures over each other; nil where they have none.
  private static func overlay(_ old: Figure, _ new: Figure) -> Figure? {
    guard case .panels(let before, _) = old.content, case .panels(let after, let xAxis) = new.content,
      before.map(\.series.count) == after.map(\.series.count)
    else { return nil }
    let panels = zip(before, after).map { before, after in
      var panel = after
      panel.series = zip(before.series, after.series).flatMap(both)
      return panel
    }
    return Figure(title: new.title, panels: panels, xAxis: xAxis)
  }

  /// Two series under their names, and where they part; one where they are the same.
  private static func both(_ old: Series, _ new: Series) -> [Series] {
    guard old != new else { return [new] }
    func named(_ series: Series, _ word: String) -> Series {
      Series("\(series.name), \(word)", x: series.x, y: series.y, style: series.style, smoothing: series.smoothing)
    }
    let parting = zip(old.y, new.y).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.y.count, new.y.count)
    let mark = new.y.indices.contains(parting) ? new : old
    let point =
      mark.y.indices.contains(parting)
      ? [Series("\(new.name), first moved", x: [mark.x[parting]], y: [mark.y[parting]], style: .points)] : []
    return [named(old, "committed"), named(new, "fresh")] + point
  }
}

extension VerificationReport.Standing {
  /// What is known, in a few words.
  fileprivate var words: String {
    switch self {
    case .verified: "verified"
    case .attested(let iterations): "attested, \(iterations) iterations"
    case .unchecked(let why): "unchecked: \(why)"
    case .different: "different"
    }
  }
}
