import Diagnostics

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
      diagnostics.append(
        .error(
          "{{\(written)}} is no inline value: write {{ CELL.METRIC }}, perhaps with fixed N, percent N or scientific N;"
            + " a backslash before it makes it text",
          at: range))
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
    var format = Format.plain
    if words.count == 3 {
      guard words[2].utf8.allSatisfy(\.isASCIIDigit), let decimals = Int(words[2]), decimals <= 20 else { return nil }
      switch words[1] {
      case "fixed": format = .fixed(decimals)
      case "percent": format = .percent(decimals)
      case "scientific": format = .scientific(decimals)
      default: return nil
      }
    }
    self.init(cell: String(parts[0]), metric: String(parts[1]), format: format, range: range)
  }

  /// Whether ids and metric keys may be spelt so: `[a-z][a-z0-9-]{0,63}`.
  private static func isName(_ name: Substring) -> Bool {
    guard let first = name.utf8.first, (0x61...0x7A).contains(first), name.utf8.count <= 64 else { return false }
    return name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0.isASCIIDigit || $0 == ASCII.hyphen }
  }
}
