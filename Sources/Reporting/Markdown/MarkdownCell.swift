import NbrunDiagnostics
import NbrunMarkup
import NbrunRunning

struct MarkdownCell {
  let cell: CellView
  let report: Report

  /// The cell's paragraphs, blocks and tables in order.
  var parts: [String] {
    var parts = [header]
    if cell.visibility != .figures { parts += [parameters] + Self.defaults(of: cell) }
    if cell.record.usesStandIn { parts.append("*Stand-in data: nothing that is claimed of these numbers is tested.*") }
    if cell.visibility != .figures { parts += output }
    parts.append(outcome)
    for figure in cell.figures {
      parts.append(picture(figure))
      let caption = figure.caption.map { ": " + MarkdownText.escaped($0) } ?? ""
      let anchor = MarkdownForm.codeHost.anchor(FigureReference(cell: cell.id, figure: figure.name).anchor)
      let label = report.label(of: figure.name, in: cell.id)
      parts.append("\(anchor)**\(label). \(MarkdownText.escaped(figure.figure.title))**\(caption)")
    }
    parts += Self.metrics(of: cell, in: report, form: .codeHost)
    return parts
  }

  private var header: String {
    let anchor = MarkdownForm.codeHost.anchor("cell.\(cell.id)")
    var words = ["\(anchor)**[\(cell.record.number)] \(cell.record.step)**", MarkdownText.code(cell.id.text)]
    if let duration = cell.duration, !duration.isEmpty { words.append(duration) }
    return words.joined(separator: " · ")
  }

  private var parameters: String {
    let longest = 60
    return cell.givenParameters.map { parameter in
      let value = parameter.value.count > longest ? parameter.value.prefix(longest - 1) + "…" : parameter.value
      let code = MarkdownText.code(value)
      return "\(MarkdownText.escaped(parameter.key)) \(parameter.isChanged ? "**\(code)**" : code)"
    }.joined(separator: ", ")
  }

  private var output: [String] {
    guard !cell.output.isEmpty else { return [] }
    if cell.foldsOutput {
      return fold("show the output, \(counted(cell.output.count, "line"))", cell.output[...])
    }
    let folded = FoldedOutput(cell.output, limit: 60, first: 20, last: 6)
    var parts = [MarkdownText.fenced(folded.first, language: "text")]
    if !folded.folded.isEmpty {
      parts += fold("show \(folded.folded.count.grouped) more", folded.folded)
      parts.append(MarkdownText.fenced(folded.last, language: "text"))
    }
    return parts
  }

  private func fold(_ summary: String, _ lines: ArraySlice<String>) -> [String] {
    MarkdownText.fold(summary, [MarkdownText.fenced(lines, language: "text")])
  }

  private var outcome: String {
    switch cell.record.outcome {
    case .succeeded: ""
    case .failed(let failure, _):
      "> **✗ failed:** \(MarkdownText.escaped(failure.message))"
        + (failure.hint.map { "\n>\n> \(MarkdownText.escaped($0))" } ?? "")
    case .notRun(let reason):
      "> \(MarkdownText.escaped(reason.pieces.before))\(reason.pieces.cell.map(MarkdownForm.codeHost.link) ?? "")"
        + MarkdownText.escaped(reason.pieces.after)
    }
  }

  /// A figure in the colours of the page that it stands in.
  private func picture(_ figure: FigureRecord) -> String {
    let words = MarkdownText.onOneLine("\(figure.figure.title). \(figure.figure.textAlternative)")
    let dark = FigureFile.darkPath(cell: cell.id, figure: figure.name)
    var writer = MarkupWriter()
    writer.element("picture") { picture in
      picture.void("source", ["media": "(prefers-color-scheme: dark)", "srcset": dark])
      picture.void("img", ["alt": words, "src": FigureFile.path(cell: cell.id, figure: figure.name)])
    }
    return writer.string
  }

  /// What the cell leaves to its step, folded away, with what the step says of each.
  static func defaults(of cell: CellView) -> [String] {
    guard !cell.defaults.isEmpty else { return [] }
    let rows = cell.defaults.map { parameter in
      [
        MarkdownText.escaped(parameter.key), MarkdownText.code(parameter.value),
        MarkdownText.escaped(parameter.help ?? ""),
      ]
    }
    return MarkdownText.fold(cell.defaultsSummary, [MarkdownText.table(["parameter", "default", "what it is"], rows)])
  }

  /// What is claimed and published, then, folded away, what else was measured, with what the step says of it.
  static func metrics(of cell: CellView, in report: Report, form: MarkdownForm) -> [String] {
    let label = report.tableLabel(of: cell.record).map { form.anchor("table.\(cell.id)") + $0 } ?? "metric"
    var claims: [String] = []
    if !cell.rows.isEmpty {
      if let caption = cell.tableCaption { claims.append("\(label): \(MarkdownText.escaped(caption))") }
      claims.append(table(cell.rows, head: cell.tableCaption == nil ? label : "metric", form: form))
    }
    guard cell.visibility != .figures, !cell.otherRows.isEmpty else { return claims }
    let measured = MetricColumns(cell.otherRows).measured
    let rows = zip(cell.otherRows, measured).map { row, measured in
      [row.metric.text, row.measured == nil ? "–" : MarkdownText.code(measured), MarkdownText.escaped(row.help ?? "")]
    }
    let table = MarkdownText.table(["metric", "measured", "what it is"], rows, numbers: ["measured"])
    return claims + MarkdownText.fold(cell.otherRowsSummary, [table])
  }

  /// The table of what is claimed and published.
  private static func table(_ rows: [MetricRow], head: String, form: MarkdownForm) -> String {
    let columns = MetricColumns(rows)
    let claimed = columns.hasClaims ? ["claimed", "verdict"] : []
    return MarkdownText.table(
      [head, "measured"] + claimed + (columns.hasReferences ? ["published"] : []),
      rows.enumerated().map { index, row in
        [row.metric.text, row.measured == nil ? "–" : MarkdownText.code(columns.measured[index])]
          + (columns.hasClaims ? [claim(of: row, form: form), row.status?.words ?? ""] : [])
          + (columns.hasReferences ? [MarkdownText.code(columns.published[index])] : [])
      }, numbers: ["measured", "published"])
  }

  /// The claim, in which another cell's metric leads to that cell and is followed by the number that it was.
  private static func claim(of row: MetricRow, form: MarkdownForm) -> String {
    guard let claim = row.claim else { return "" }
    guard row.claimPieces.count > 1 else { return MarkdownText.code(claim) }
    return row.claimPieces.map { piece in
      MarkdownText.escaped(piece.text)
        + (piece.cell.map { "[\(MarkdownText.code(piece.name))](\(form.address(of: $0)))" } ?? "")
        + (piece.value.map { " (\(MarkdownText.code($0)))" } ?? "")
    }.joined()
  }
}
