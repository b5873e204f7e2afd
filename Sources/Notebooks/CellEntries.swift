import NbrunPlatform
import NbrunDiagnostics
import NbrunMarkdown

/// The entries of a cell's body, and what is wrong with its lines.
package struct CellEntries: Sendable {
  package private(set) var all: [CellEntry] = []
  /// Lines that are no entry, lists that do not close.
  package private(set) var diagnostics: [Diagnostic] = []

  /// Splits the body of a cell into entries.
  ///
  /// A line is `key: value`; one that starts with `#` is a comment. A value that is JSON and opens a bracket runs on until the
  /// bracket closes; whether it is JSON depends on the key, so that a text may hold any bracket.
  /// - Parameter isText: whether the value of a key is the raw line.
  package init(of lines: [ContentLine], isText: (String) -> Bool) {
    var lines = lines[...]
    while let line = lines.popFirst() {
      let content = TrimmedLine(line)
      if content.text.isEmpty || content.text.hasPrefix("#") { continue }
      guard let (key, value) = content.entry else {
        diagnostics.addError(content.advice, at: content.range)
        continue
      }
      if refuseBlock(key, value, isText: isText(key.value), lines: &lines) { continue }
      var entry = CellEntry(key: key, value: value)
      if isText(key.value) || continueList(&entry.value, with: &lines) { all.append(entry) }
    }
  }

  /// Takes a value that is written over several lines, as YAML has it, and says how it is written here.
  /// - Returns: whether there is one.
  private mutating func refuseBlock(
    _ key: Located<String>, _ value: CellValue, isText: Bool, lines: inout ArraySlice<ContentLine>
  ) -> Bool {
    let isBlockText = ["|", ">", "|-", ">-", "|+", ">+"].contains(value.text)
    guard value.text.isEmpty || isBlockText else { return false }
    let block = lines.prefix { line in
      let content = TrimmedLine(line)
      return isBlockText ? content.entry == nil : content.item != nil || content.text.isEmpty
    }.map(TrimmedLine.init).filter { !$0.text.isEmpty }
    guard let first = block.first, let last = block.last else { return false }
    lines = lines.drop { $0.line <= last.range.start.line }
    unreadKeys.insert(key.value)
    let place = SourceRange(first.range.start, last.range.end)
    let text = block.map(\.text).joined(separator: " ").prefix(200)
    let items = block.compactMap(\.item).joined(separator: ", ").prefix(200)
    let form = isBlockText ? "a text stands on the line of its key" : "a list stands on one line"
    let meant = isBlockText ? "\(text)" : isText ? "\(items)" : "[\(items)]"
    diagnostics.addError("\(form); did you mean \"\(key.value): \(meant)\"?", at: place)
    return true
  }

  /// Takes lines until the bracket that `value` opens is closed; where none closes it, says so and takes those that are no
  /// entries themselves.
  /// - Returns: whether the value is whole.
  private mutating func continueList(_ value: inout CellValue, with lines: inout ArraySlice<ContentLine>) -> Bool {
    var rest = lines
    var extended = value
    if extended.text.isEmpty {
      guard let next = rest.first.map(TrimmedLine.init), next.opensBracket else { return true }
      extended = CellValue(next.text, at: next.range.start)
      rest.removeFirst()
    }
    guard TrimmedLine.opensBracket(extended.text) else { return true }
    var depth = BracketDepth()
    depth.scan(extended.text)
    while depth.isOpen, let line = rest.first {
      let content = TrimmedLine(line)
      // After one bracket that never closes, others are looked for as far as the next entry only: else every line of a cell
      // could make the rest of it be read again.
      if hasUnclosedBracket, content.entry != nil { break }
      rest.removeFirst()
      if content.text.hasPrefix("#") { continue }
      depth.scan(content.text)
      extended.append(line: content.text, at: content.range.start)
    }
    guard depth.isOpen else {
      value = extended
      lines = rest
      return true
    }
    let start = extended.range.start
    diagnostics.addError(
      "this bracket is not closed", at: SourceRange(line: start.line, column: start.column, length: 1))
    hasUnclosedBracket = true
    lines = lines.drop { TrimmedLine($0).entry == nil }
    return false
  }

  /// The keys whose values were given in a form that is none, which was said.
  package private(set) var unreadKeys: Set<String> = []

  /// Whether a bracket never closes: what follows was read as entries and may not have been meant so.
  package private(set) var hasUnclosedBracket = false
}

/// A line without the white space around it.
struct TrimmedLine {
  let text: String
  let range: SourceRange

  init(_ line: ContentLine) {
    let leading = line.text.prefix(while: \.isWhitespace).count
    text = line.text.trimmed
    range = line.range(at: leading, length: text.count)
  }

  /// What stands behind the dash of a list in YAML; nil where the line is no such item.
  var item: String? {
    guard text.hasPrefix("- ") || text == "-" else { return nil }
    return String(text.dropFirst().drop(while: \.isWhitespace))
  }

  /// What to say of a line that is no entry.
  var advice: String {
    let form = "a line of a cell is \"key: value\" or starts with #"
    if let sign = ["//", "<!--", ";", "--", "/*"].first(where: text.hasPrefix) {
      return "a comment starts with #, not with \(sign)"
    }
    let line = item ?? text
    if let colon = line.firstIndex(of: ":") {
      let words = line[..<colon].split(separator: " ")
      if (2...4).contains(words.count), words.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isLetter } }) {
        let key = words.joined(separator: "-").lowercased()
        return
          "\(form), the key without spaces; did you mean \"\("\(key):\(line[line.index(after: colon)...])".prefix(220))\"?"
      }
    }
    let word = line.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
    let rest = line.dropFirst(word.count).drop(while: \.isWhitespace)
    let value = rest.drop { $0.isWhitespace || "=:：".contains($0) }
    let hasEnded = line.dropFirst(word.count).first.map { $0.isWhitespace || "=:：<>≤≥".contains($0) } ?? false
    guard !word.isEmpty, hasEnded, !value.isEmpty else { return form }
    let isClaim = rest.first.map { "<>≤≥".contains($0) } ?? false
    guard isClaim || word == "expect" || rest.contains(where: { "=:：".contains($0) }) else { return form }
    let meant = isClaim ? "expect: \(line)" : "\(word): \(value)"
    return "\(form); did you mean \"\(meant.prefix(220))\"?"
  }

  var opensBracket: Bool { Self.opensBracket(text) }
  static func opensBracket(_ text: String) -> Bool { text.hasPrefix("[") || text.hasPrefix("{") }

  /// The key and the value that stands behind it on the line; nil where the line has no colon after a word.
  var entry: (key: Located<String>, value: CellValue)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    var word = text[..<colon]
    while word.last?.isWhitespace == true { word.removeLast() }
    // Nearly all keys are plain, which bytes tell at once.
    guard !word.isEmpty, word.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) || !word.contains(where: \.isWhitespace)
    else { return nil }
    let key = String(word)
    let rest = text[text.index(after: colon)...]
    let spaces = rest.prefix(while: \.isWhitespace)
    let start = range.start.column + text.distance(from: text.startIndex, to: rest.startIndex) + spaces.count
    return (
      Located(key, at: SourceRange(line: range.start.line, column: range.start.column, length: key.count)),
      CellValue(String(rest.dropFirst(spaces.count)), at: SourceLocation(line: range.start.line, column: start))
    )
  }
}

private struct BracketDepth {
  private var depth = 0

  var isOpen: Bool { depth > 0 }

  mutating func scan(_ line: String) {
    // A JSON string cannot run over a line's end.
    var isInString = false
    var isEscaped = false
    for byte in line.utf8 {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch byte {
      case UInt8(ascii: "\\"): isEscaped = isInString
      case UInt8(ascii: "\""): isInString.toggle()
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += isInString ? 0 : 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= isInString ? 0 : 1
      default: break
      }
    }
  }
}
