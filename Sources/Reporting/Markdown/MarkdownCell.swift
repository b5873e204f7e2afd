import Running

/// A cell in a Markdown report.
struct MarkdownCell {
  let cell: CellView

  /// The cell's paragraphs, blocks and tables in order.
  var parts: [String] {
    var parts = [header]
    if cell.visibility != .figures { parts += [parameters] }
    if cell.record.usesStandIn {
      parts.append("*Stand-in data: nothing that is claimed of these numbers is tested.*")
    }
    if cell.visibility != .figures { parts += output }
    parts.append(outcome)
    for figure in cell.figures {
      let words = "\(figure.figure.title). \(figure.figure.textAlternative)"
      let alternative = MarkdownText.escaped(words)
      parts.append("![\(alternative)](\(FigureFile.path(cell: cell.id, figure: figure.name)))")
      let caption = figure.caption.map { ": " + MarkdownText.escaped($0) } ?? ""
      parts.append("**\(MarkdownText.escaped(figure.figure.title))**\(caption)")
    }
    parts.append(Self.table(cell.rows))
    return parts
  }

  private var header: String {
    var words = ["**[\(cell.record.number)] \(cell.record.step)**", MarkdownText.code(cell.id.text)]
    if let duration = cell.duration, !duration.isEmpty { words.append(duration) }
    return words.joined(separator: " · ")
  }

  private var parameters: String {
    let longest = 60
    return cell.shownParameters.map { parameter in
      let value = parameter.value.count > longest ? parameter.value.prefix(longest - 1) + "…" : parameter.value
      let code = MarkdownText.code(value)
      return "\(MarkdownText.escaped(parameter.key)) \(parameter.isChanged ? "**\(code)**" : code)"
    }.joined(separator: ", ")
  }

  private var output: [String] {
    guard !cell.output.isEmpty else { return [] }
    if cell.visibility == .folded {
      return fold("show the output, \(NumberText.count(cell.output.count, "line"))", cell.output[...])
    }
    let folded = FoldedOutput(cell.output, limit: 60, first: 20, last: 6)
    var parts = [MarkdownText.fenced(folded.first, language: "text")]
    if !folded.folded.isEmpty {
      parts += fold("show \(NumberText.grouped(folded.folded.count)) more", folded.folded)
      parts.append(MarkdownText.fenced(folded.last, language: "text"))
    }
    return parts
  }

  private func fold(_ summary: String, _ lines: ArraySlice<String>) -> [String] {
    ["<details><summary>\(summary)</summary>", MarkdownText.fenced(lines, language: "text"), "</details>"]
  }

  private var outcome: String {
    switch cell.record.outcome {
    case .succeeded: ""
    case .failed(let failure, _):
      "> **✗ failed:** \(MarkdownText.escaped(failure.message))"
        + (failure.hint.map { "\n>\n> \(MarkdownText.escaped($0))" } ?? "")
    case .notRun(let reason): "> \(MarkdownText.escaped(reason.sentence))"
    }
  }

  /// The table of what is claimed and published.
  static func table(_ rows: [MetricRow]) -> String {
    guard !rows.isEmpty else { return "" }
    let hasClaims = rows.contains { $0.claim != nil }
    let hasReferences = rows.contains { $0.reference != nil }
    var headers = ["metric", "measured"]
    if hasClaims { headers.append("claimed") }
    if hasClaims { headers.append("verdict") }
    if hasReferences { headers.append("published") }
    return MarkdownText.table(
      headers,
      rows.map { row in
        var cells = [row.metric.text, row.measured.map(MarkdownText.code) ?? "–"]
        if hasClaims { cells.append(row.claim.map(MarkdownText.code) ?? "") }
        if hasClaims { cells.append(row.status?.words ?? "") }
        if hasReferences { cells.append(row.shortReference.map(MarkdownText.code) ?? "") }
        return cells
      })
  }
}
