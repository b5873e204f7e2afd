import NbrunPlatform
import NbrunMarkup
import NbrunNotebooks
import NbrunPlotting
import NbrunRunning
import NbrunSteps

/// A committed report and what its notebook gives now, side by side: what verifying found, the numbers of both, and their curves over
/// each other. A page as a report is one: it runs nothing and asks for nothing outside itself.
package struct ComparisonPage {
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
  package init(
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
  package func text(strict: Bool) -> String {
    let title = fresh.title + Self.mark
    return HTMLPage.page(title: title, style: HTMLReport.pageStyle + Self.style) { body in
      body.element("main") { main in
        main.element("h1", text: title)
        let passed = verification.passed(strict: strict)
        main.element(
          "p", ["class": "status \(passed ? "passed" : "failed")"],
          text: "\(!passed ? "✗" : verification.wasInterrupted ? "–" : "✓") \(fresh.notebook): \(verification.summary)")
        let cells = fresh.cells.map(\.id).filter { id in verification.findings.contains { $0.cell == id } }
        HTMLHead.writeLinks("found in", to: cells.map { ($0.text, HTMLCell.anchor($0)) }, in: &main)
        write(verification.findings.filter { $0.cell == nil }, to: &main)
        if told == nil { main.element("p", text: "There are no committed results that could be compared.") }
        for (cell, checked) in zip(fresh.cells, verification.cells) { write(cell, checked.status, to: &main) }
      }
    }
  }

  /// How a page's title ends.
  private static let mark = ": committed and fresh"

  /// Whether `file` holds such a page.
  @Sendable package static func isPage(_ file: Data) -> Bool { file.range(of: "\(mark)</title>") != nil }

  private static let style = """
    @media(min-width:561px){body{grid-template-columns:minmax(1.1rem,1fr) minmax(0,68rem) minmax(1.1rem,1fr)}}
    .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(24rem,100%),1fr));gap:.4rem 1.2rem}
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

  private func write(_ cell: CellRecord, _ status: VerificationReport.Status, to main: inout MarkupWriter) {
    let findings = verification.findings.filter { $0.cell == cell.id }
    let look = findings.isEmpty ? status == .verified ? "held" : "not-tested" : "broken"
    main.block("section", ["class": "cell \(look)", "id": HTMLCell.anchor(cell.id), "aria-label": cell.id.text]) {
      section in
      section.element("header") { header in
        header.element("span", ["class": "n"], text: "[\(cell.number)]")
        header.element("span", ["class": "step"], text: cell.step.text)
        header.element("a", ["class": "id", "href": "#" + HTMLCell.anchor(cell.id)], text: cell.id.text)
        header.element("span", ["class": "time"], text: status.words)
      }
      write(findings, to: &section)
      guard let committed = told?[cell.id] else { return }
      let rows = Self.rows(committed, cell, moved: Set(findings.map(\.subject)))
      writeTable("What moved", rows.filter(\.moved), to: &section)
      let (old, new) = (committed.outcome.results ?? .empty, cell.outcome.results ?? .empty)
      var others: [(before: FigureRecord, figure: FigureRecord)] = []
      for figure in new.figures {
        guard let before = old.figures.first(where: { $0.name == figure.name }), before.figure != figure.figure else {
          continue
        }
        if figure.isVolatile { others.append((before, figure)) } else { write(figure, before, of: cell, to: &section) }
      }
      writeSeries(old, new, of: cell, to: &section)
      let agreeing = rows.filter { !$0.moved }
      guard !agreeing.isEmpty || !others.isEmpty else { return }
      let differing = agreeing.count { $0.before != $0.after } + others.count
      let counts = [(agreeing.count + others.count - differing, "the same"), (differing, "not, as they may be")]
      let words = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
      section.fold("other values: \(words)", style: "more") { fold in
        writeTable("What agrees", agreeing, to: &fold)
        for (before, figure) in others { write(figure, before, of: cell, to: &fold) }
      }
    }
  }

  /// Something that both reports say of a cell.
  private struct Row {
    var name: String
    var before: String
    var after: String
    var moved: Bool
  }

  /// The metrics, the claims' verdicts and the printed lines that differ; what moved are those of which verifying found that.
  private static func rows(_ committed: CellRecord, _ cell: CellRecord, moved: Set<String>) -> [Row] {
    let (old, new) = (committed.outcome.results?.metrics ?? [:], cell.outcome.results?.metrics ?? [:])
    let metrics = Set(old.keys).union(new.keys).sorted().map { key in
      let texts = [old, new].map { $0[key].map(NumberFormat.shortest.text) ?? "–" }
      return Row(name: key.text, before: texts[0], after: texts[1], moved: moved.contains("metric \(key)"))
    }
    let claims = cell.claims.enumerated().map { index, claim in
      let before = committed.claims.indices.contains(index) ? committed.claims[index].status.words : "–"
      return Row(name: claim.claim.text, before: before, after: claim.status.words, moved: before != claim.status.words)
    }
    let (before, after) = (OutputText(committed).lines, OutputText(cell).lines)
    let lines = (0..<max(before.count, after.count)).map { index in
      let texts = [before, after].map { $0.indices.contains(index) ? $0[index] : "–" }
      let name = "line \(index + 1) of the output"
      return Row(name: name, before: texts[0], after: texts[1], moved: moved.contains(name))
    }
    return metrics + claims + lines.filter { $0.before != $0.after }.prefix(200)
  }

  private func writeTable(_ name: String, _ rows: [Row], to section: inout MarkupWriter) {
    guard !rows.isEmpty else { return }
    section.scroller("scroll", label: name) { frame in
      frame.table { head in
        for header in ["value", "committed", "fresh"] { head.element("th", ["scope": "col"], text: header) }
        head.element("td", text: "")
      } rows: { body in
        for item in rows {
          body.element("tr", ["class": item.moved ? "moved" : nil]) { row in
            row.element("th", ["scope": "row"], text: item.name)
            for text in [item.before, item.after] { row.element("td", ["class": "m left"], text: text) }
            row.element("td", text: item.moved ? "✗\u{A0}moved" : item.before == item.after ? "" : "as it may")
          }
        }
      }
    }
  }

  // MARK: Curves

  /// Curves over each other, other drawings side by side.
  private func write(
    _ figure: FigureRecord, _ before: FigureRecord, of cell: CellRecord, to section: inout MarkupWriter
  ) {
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

  /// Series that moved, unless a figure with curves did.
  private func writeSeries(_ old: CellResults, _ new: CellResults, of cell: CellRecord, to section: inout MarkupWriter)
  {
    let drawn = zip(old.figures, new.figures).contains { Self.overlay($0.figure, $1.figure) != nil && $0 != $1 }
    guard !drawn else { return }
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
      ? [
        Series(
          "\(new.name), first moved", x: [mark.x[parting]], y: [mark.y[parting]], style: .points,
          mark: .maximum("first moved"))
      ] : []
    return [named(old, "committed"), named(new, "fresh")] + point
  }
}
