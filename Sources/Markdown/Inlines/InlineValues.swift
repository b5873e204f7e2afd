import NbrunDiagnostics

/// Inline values: `{{ CELL.METRIC }}`, with `fixed N`, `percent N` or `scientific N`.
extension InlineParser {
  mutating func parseInlineValue() -> Bool {
    let start = position
    guard start + 1 < end, text[start + 1] == ASCII.leftBrace else { return false }
    var close = start + 2
    while close < end, text[close] != ASCII.rightBrace {
      guard text[close] != ASCII.leftBrace, text[close] != ASCII.lineFeed else { return false }
      close += 1
    }
    guard close + 1 < end, text[close + 1] == ASCII.rightBrace else { return false }
    let written = String(decoding: text[start + 2..<close], as: UTF8.self)
    let range = source.range(ofBytes: content.sourceRange(start..<close + 2))
    guard let value = InlineValue(written, range: range) else {
      diagnostics.addError(
        "{{\(written)}} is no inline value\(InlineValue.advice(for: written)); a backslash before it makes it text",
        at: range)
      return false
    }
    position = close + 2
    _ = append(.inlineValue, from: start, content: start..<position, payload: payloads.inlineValues.count)
    payloads.inlineValues.append(value)
    return true
  }
}

extension InlineValue {
  /// The value that the text between the braces asks for; nil when it is malformed.
  init?(_ written: String, range: SourceRange) {
    let words = written.split { $0 == " " || $0 == "\t" }
    guard let reference = words.first, words.count == 1 || words.count == 3 else { return nil }
    let parts = reference.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy(InlineValue.isName) else { return nil }
    var format: String?
    if words.count == 3 {
      guard ["fixed", "percent", "scientific"].contains(words[1]), words[2].utf8.allSatisfy(\.isASCIIDigit),
        let decimals = Int(words[2]), decimals <= 20
      else { return nil }
      format = "\(words[1]) \(decimals)"
    }
    self.init(cell: String(parts[0]), metric: String(parts[1]), format: format, range: range)
  }

  /// What to write in place of what stands between the braces.
  fileprivate static func advice(for written: String) -> String {
    let form = ": write {{ CELL.METRIC }}, perhaps with fixed N, percent N or scientific N"
    guard written.utf8.count <= 200 else { return form }
    let text = written.filter { !"\"'`“”‘’".contains($0) }.replacing("[", with: ".").replacing("]", with: "")
    let start = text.drop { $0.isWhitespace }
    let end = start.firstIndex { $0.isWhitespace || "|:,(;%".contains($0) } ?? start.endIndex
    let hyphened = start[..<end].replacing(/([a-z])([A-Z])/) { "\($0.1)-\($0.2)" }
    let reference = hyphened.lowercased().map { "_/".contains($0) ? ($0 == "_" ? "-" : ".") : $0 }
    let meant = "\(String(reference))\(format(meantBy: start[end...].lowercased()))"
    let here = SourceRange(line: 1, column: 1, length: 0)
    if InlineValue(meant, range: here) != nil { return "; did you mean {{ \(meant) }}?" }
    if isName(String(reference)[...]) { return ": it names a cell and a metric of it, {{ CELL.METRIC }}" }
    return form
  }

  /// ` fixed 2` for `:.2f`, `| round(2)` or `0.00`; nothing where nothing is said of the form.
  private static func format(meantBy text: String) -> String {
    let digits = text.split { !$0.isASCII || !$0.isNumber }
    // A pattern such as 0.00 shows its decimals instead of counting them.
    let shown = text.firstMatch(of: /0[.,](0+)/).map { $0.1.count }
    let decimals = shown ?? digits.last.flatMap { Int($0) }
    if text.contains("%") || text.contains("perc") || text.contains("pct") { return " percent \(decimals ?? 1)" }
    if text.contains("sci") || text.contains("exp") || text.firstMatch(of: /\de\b/) != nil {
      return " scientific \(decimals ?? 2)"
    }
    if let decimals { return " fixed \(decimals)" }
    return text.contains("fix") || text.contains("round") || text.contains("dec") ? " fixed 2" : ""
  }

  /// Whether ids and metric keys may be spelt so: `[a-z][a-z0-9-]{0,63}`.
  private static func isName(_ name: Substring) -> Bool {
    guard let first = name.utf8.first, (0x61...0x7A).contains(first), name.utf8.count <= 64 else { return false }
    return name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0.isASCIIDigit || $0 == ASCII.hyphen }
  }
}
