import NbrunDiagnostics
import NbrunMarkdown
import NbrunMarkup
import NbrunSteps

struct HTMLCell {
  let cell: CellView
  let report: Report

  /// The cell's id in the page. The dot keeps it apart from the anchors of headings, which have none.
  static func anchor(_ id: CellID) -> String { "cell.\(id.text)" }

  func write(to page: inout MarkupWriter) {
    page.block(
      "section",
      [
        "class": "cell \(cell.verdict.rawValue)", "id": Self.anchor(cell.id),
        "aria-label": "Cell \(cell.record.number), \(cell.id.text)", "lang": report.ownLanguage,
      ]
    ) { section in
      section.newline()
      writeHeader(to: &section)
      if cell.visibility != .figures, !cell.givenParameters.isEmpty {
        write(cell.givenParameters, as: "Parameters", to: &section)
      }
      writeStandIn(to: &section)
      if cell.visibility != .figures { writeOutput(to: &section) }
      writeOutcome(to: &section)
      for figure in cell.figures { HTMLFigure(cell: cell.id, figure: figure, report: report).write(to: &section) }
      if !cell.rows.isEmpty {
        let label = report.tableLabel(of: cell.record) ?? "Table"
        write(
          cell.rows, "Claims and references", label: label, caption: cell.tableCaption, id: "table.\(cell.id.text)",
          to: &section)
      }
      writeFolds(to: &section)
    }
  }

  private func writeHeader(to section: inout MarkupWriter) {
    section.block("header") { header in
      header.element("span", ["class": "n"], text: "[\(cell.record.number)]")
      header.text(" ")
      header.element("span", ["class": "step"], text: cell.record.step.text)
      header.text(" ")
      header.element("a", ["class": "id", "href": "#" + Self.anchor(cell.id)], text: cell.id.text)
      if let duration = cell.duration, !duration.isEmpty {
        header.text(" ")
        header.element("span", ["class": "time", "title": cell.use], text: duration)
      }
    }
  }

  /// What a reader may want to see besides, each behind a fold, all in a line: defaults, metrics of which nothing is claimed, output
  /// that something else shows too, and the cell as the notebook has it.
  private func writeFolds(to section: inout MarkupWriter) {
    let showsAll = cell.visibility != .figures
    section.block("div", ["class": "folds"]) { folds in
      if showsAll, !cell.defaults.isEmpty {
        folds.fold(cell.defaultsSummary, style: "opened") { write(cell.defaults, as: "Defaults", to: &$0) }
      }
      if showsAll, !cell.otherRows.isEmpty {
        folds.fold(cell.otherRowsSummary, style: "opened") {
          write(cell.otherRows, "Metrics", label: "metric", id: "metrics.\(cell.id.text)", to: &$0)
        }
      }
      if showsAll, foldsOutput {
        folds.fold("output, \(counted(cell.output.count, "line"))", style: Self.printed(cell.output[...])) { fold in
          fold.scroller("output", label: "Output") { writeFolded(cell.output[...], to: &$0) }
        }
      }
      if !cell.source.isEmpty { folds.fold("how this cell is written", style: "source") { writeSource(to: &$0) } }
    }
  }

  /// The cell as the notebook has it.
  private func writeSource(to details: inout MarkupWriter) {
    details.element("pre", ["class": "wrapped"]) { pre in
      pre.text("```nbrun\n")
      for line in cell.source.splitLines {
        let key = line.prefix { $0 != ":" && $0 != "#" && $0 != " " }
        if key.count < line.count, line.dropFirst(key.count).first == ":" {
          pre.element("var", text: String(key))
          pre.text(line.dropFirst(key.count))
        } else {
          pre.text(line)
        }
        if !line.isEmpty { pre.newline() }
      }
      pre.text("```")
    }
  }

  private func write(_ parameters: [CellView.Parameter], as name: String, to section: inout MarkupWriter) {
    section.block("ul", ["class": "params", "aria-label": name]) { list in
      for parameter in parameters { list.element("li", ["title": parameter.help]) { write(parameter, to: &$0) } }
    }
  }

  private func write(_ parameter: CellView.Parameter, to item: inout MarkupWriter) {
    let longest = 60
    let tag = parameter.isChanged ? "b" : "span"
    guard parameter.value.count > longest || parameter.value.contains("\n") else {
      item.text(parameter.key + " ")
      item.element(tag, text: parameter.value)
      return
    }
    item.element("details", ["class": "opened"]) { details in
      details.element("summary") { summary in
        summary.text(parameter.key + " ")
        let beginning = parameter.value.prefix(36).map { $0.isNewline ? " " : $0 }
        summary.element(tag, text: String(beginning) + "…")
      }
      details.element("pre", text: parameter.value)
    }
  }

  private func writeStandIn(to section: inout MarkupWriter) {
    guard cell.record.usesStandIn else { return }
    section.block(
      "p", ["class": "note"],
      text: "Stand-in data: these numbers come from synthetic data, so nothing that is claimed of them is tested.")
  }

  /// Whether the output as a whole stands behind a fold: what a curve or a table shows too need not be shown again.
  private var foldsOutput: Bool {
    let isRepeated = cell.verdict != .failed && cell.printed.ownLines * 2 < cell.output.count
    return !cell.output.isEmpty && (cell.foldsOutput || isRepeated)
  }

  private func writeOutput(to section: inout MarkupWriter) {
    guard !cell.output.isEmpty, !foldsOutput else { return }
    section.scroller("output", label: "Output") { output in
      let folded = FoldedOutput(cell.output, limit: 9, first: 4, last: 2)
      writeLines(folded.first, to: &output)
      if !folded.folded.isEmpty {
        let summary = "show \(folded.folded.count.grouped) more"
        output.fold(summary, style: Self.printed(folded.folded)) { writeFolded(folded.folded, to: &$0) }
        writeLines(folded.last, to: &output)
      }
    }
    section.newline()
  }

  /// What becomes of folded lines on paper: some are unfolded, up to about half a page.
  private static func printed(_ lines: ArraySlice<String>) -> String { lines.count > 40 ? "left-out" : "opened" }

  /// Writes lines in blocks, each laid out only when it comes into view: that is what keeps a long output quick to open.
  private func writeFolded(_ lines: ArraySlice<String>, to details: inout MarkupWriter) {
    var rest = lines
    while !rest.isEmpty {
      writeLines(rest.prefix(500), isLong: lines.count > 500, to: &details)
      rest = rest.dropFirst(500)
    }
  }

  private func writeLines(_ lines: ArraySlice<String>, isLong: Bool = false, to output: inout MarkupWriter) {
    output.element("pre", isLong ? ["class": "long"] : [:]) { pre in
      // A line feed right after <pre> is dropped by browsers; an empty first line needs one more.
      if lines.first?.isEmpty == true { pre.newline() }
      for (index, line) in zip(lines.indices, lines) {
        if let runs = cell.printed.colours[index] { write(runs, to: &pre) } else { pre.text(line) }
        pre.newline()
      }
    }
  }

  private func write(_ runs: [TerminalText.Run], to pre: inout MarkupWriter) {
    for run in runs {
      let style = run.style
      let classes = [
        style.colour.map { "a\($0)" }, style.background.map { "on b\($0)" }, style.isBold ? "ab" : nil,
        style.isItalic ? "ai" : nil, style.isUnderlined ? "au" : nil,
      ].compactMap(\.self)
      if classes.isEmpty {
        pre.text(run.text)
      } else {
        pre.element("span", ["class": classes.joined(separator: " ")], text: run.text)
      }
    }
  }

  private func writeOutcome(to section: inout MarkupWriter) {
    switch cell.record.outcome {
    case .succeeded: break
    case .failed(let failure, _):
      section.block("div", ["class": "failure", "role": "note"]) { box in
        box.element("p") { line in
          line.element("strong", text: "✗ failed: ")
          line.text(failure.message)
        }
        if let hint = failure.hint { box.element("p", text: hint) }
      }
    case .notRun(let reason):
      section.block("p", ["class": "note"]) { note in
        let (before, needed, after) = reason.pieces
        note.text("– " + before)
        if let needed { note.element("a", ["href": "#" + Self.anchor(needed)], text: needed.text) }
        note.text(after)
      }
    }
  }

  /// A table of metrics. What it is called stands before its caption, or where it has none at its head.
  private func write(
    _ rows: [MetricRow], _ name: String, label: String, caption text: String? = nil, id: String,
    to section: inout MarkupWriter
  ) {
    let columns = MetricColumns(rows)
    let (hasClaims, hasReferences) = (columns.hasClaims, columns.hasReferences)
    section.scroller("scroll", id: id, label: name) { scroll in
      scroll.table(["class": "metrics"]) { head in
        head.element("th", ["scope": "col"]) { header in
          header.text(text == nil ? label : "metric")
          if text == nil { header.permalink(id, of: "this table") }
        }
        head.element("th", ["scope": "col", "class": "right"], text: "measured")
        if hasClaims { head.element("th", ["scope": "col"], text: "claimed") }
        if hasClaims { head.element("th", ["scope": "col"], text: "verdict") }
        if hasReferences { head.element("th", ["scope": "col", "class": "right"], text: "published") }
      } rows: { body in
        for (index, metric) in rows.enumerated() {
          let claimID = metric.claim.map { _ in Self.claimAnchor(rows, index, in: cell.id) }
          body.block("tr", ["id": claimID]) { row in
            row.element("td", ["title": metric.help], text: metric.metric.text)
            row.element("td", ["class": "m", "title": metric.exact], text: columns.measured[index])
            if hasClaims {
              row.element("td", ["class": metric.isClaimLong ? "m long" : "m left"]) {
                write(claim: columns.claims[index], of: metric, to: &$0)
              }
              row.element("td", ["class": metric.status.map { "verdict \($0.rawValue)" }]) { verdict in
                verdict.text(metric.status?.words ?? "")
                if let claimID { verdict.permalink(claimID, of: "the claim on \(metric.metric.text)") }
              }
            }
            if hasReferences {
              row.element("td", ["class": "m", "title": metric.reference], text: columns.published[index])
            }
          }
        }
      } caption: { table in
        if let text {
          table.element("caption") { caption in
            caption.element("span", ["class": "label", "lang": report.ownLanguage], text: label)
            caption.text(" ")
            caption.caption(text, in: report)
            caption.permalink(id, of: "this table")
          }
        }
      }
    }
    section.newline()
  }

  /// A claim's id in the page: `claim.CELL.METRIC`, with its number behind it where there are several on the metric.
  static func claimAnchor(_ rows: [MetricRow], _ index: Int, in cell: CellID) -> String {
    let metric = rows[index].metric
    let number = rows[...index].count { $0.metric == metric && $0.claim != nil }
    return "claim.\(cell.text).\(metric.text)" + (number > 1 ? ".\(number)" : "")
  }

  /// The claim, in which another cell's metric leads to that cell and is followed by the number that it was.
  private func write(claim: String, of row: MetricRow, to item: inout MarkupWriter) {
    guard row.claimPieces.count > 1 else { return item.text(claim) }
    for piece in row.claimPieces {
      item.text(piece.text)
      if let cell = piece.cell { item.element("a", ["href": "#" + Self.anchor(cell)], text: piece.name) }
      if let value = piece.value { item.text(" (\(value))") }
    }
  }
}
