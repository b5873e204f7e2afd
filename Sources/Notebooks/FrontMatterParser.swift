import NbrunDiagnostics
import NbrunMarkdown

/// Reads the block between two lines of `---` at the head of a notebook.
struct FrontMatterParser {
  private(set) var frontMatter = FrontMatter()
  /// What is wrong with it.
  var diagnostics: [Diagnostic] = []
  /// How many lines it takes, its fences included; 0 where there is none.
  private(set) var lineCount = 0

  private static let keys = [
    "nbrun", "title", "author", "description", "lang", "order", "url", "seed", "stand-in", "macros",
  ]
  private var seen: Set<String> = []
  private var hasOtherLines = false

  /// Whether front matter can have a key.
  static func knows(_ key: String) -> Bool { keys.contains(key) || key.hasPrefix("x-") }
  /// Whether the last key was that of macros, which may take several lines.
  private var isInMacros = false

  /// Reads the front matter of a notebook of these lines, if it has one.
  init(lines: some Collection<Substring>) {
    guard let first = lines.first, isFence(first) else { return }
    let body = lines.dropFirst()
    guard let end = body.firstIndex(where: { isFence($0) || $0 == "..." }) else {
      lineCount = lines.count
      diagnostics.addError(
        "this front matter is not closed; end it with a line of ---", at: SourceRange(line: 1, column: 1, length: 3))
      return
    }
    lineCount = lines.distance(from: lines.startIndex, to: end) + 1
    for (index, line) in body[..<end].enumerated() {
      let line = ContentLine(String(line), line: index + 2, column: 1)
      if !continueMacros(with: line) { read(line) }
    }
    checkMacros()
  }

  // MARK: Macros

  /// Indented lines go on with the macros that stand above them.
  private mutating func continueMacros(with line: ContentLine) -> Bool {
    let indent = line.text.prefix { $0 == " " || $0 == "\t" }.count
    guard isInMacros, indent > 0 || line.text.isEmpty else { return false }
    let place = SourceLocation(line: line.line, column: line.column + indent)
    frontMatter.macros?.append(line: String(line.text.dropFirst(indent)), at: place)
    return true
  }

  private mutating func checkMacros() {
    guard let value = frontMatter.macros else { return }
    var macros = MathMacros()
    for warning in macros.define(value.text) {
      diagnostics.addError(warning.message, at: value.range(ofBytes: warning.range))
    }
  }

  private func isFence(_ line: Substring) -> Bool {
    line.hasPrefix("---") && line.dropFirst(3).allSatisfy { $0 == " " || $0 == "\t" }
  }

  private mutating func read(_ line: ContentLine) {
    let entries = CellEntries(of: [line], isText: { _ in true })
    // One line that is no entry may be a slip; where the end is missing, all that follows is none.
    if let range = entries.diagnostics.first?.range, !hasOtherLines {
      hasOtherLines = true
      let advice =
        seen.isEmpty
        ? "a rule at the top of a notebook is ***" : "is the line of --- that ends it missing above this one?"
      diagnostics.addError("a line of the front matter is \"key: value\"; \(advice)", at: range)
    }
    for entry in entries.all { accept(entry) }
  }

  /// A text without the quotes that YAML would take off.
  private static func unquoted(_ text: String) -> String {
    guard let quote = text.first, quote == "\"" || quote == "'", text.count > 1, text.last == quote else { return text }
    let inner = String(text.dropFirst().dropLast())
    let escaped = quote == "'" ? "''" : "\\\""
    let isWhole = !inner.replacing(escaped, with: "").contains(quote) && inner.last != "\\"
    return isWhole ? inner.replacing(escaped, with: String(quote)) : text
  }

  private mutating func accept(_ entry: CellEntry) {
    let key = entry.key.value
    isInMacros = key == "macros"
    guard seen.insert(key).inserted else {
      diagnostics.addError("\"\(key)\" is given twice", at: entry.key.range)
      return
    }
    let isQuoted = Self.isQuoted(entry.value.text)
    let isText = ["title", "author", "description"].contains(key)
    let text = Located(isText ? Self.unquoted(entry.value.text) : entry.value.text, at: entry.value.range)
    switch key {
    case "nbrun": _ = value(text, "this program reads version 1 of the notebook language") { $0 == "1" ? $0 : nil }
    case "title":
      if text.value.isEmpty {
        diagnostics.addError("a title is missing; leave the key out to take the first heading", at: entry.key.range)
      } else {
        frontMatter.title = text
      }
    case "macros": frontMatter.macros = entry.value
    case "author": frontMatter.author = text
    case "description": frontMatter.description = text
    case "lang":
      frontMatter.language = value(text, "lang is a language's tag, such as en, de or pt-BR") { text in
        text.wholeMatch(of: /[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*/) == nil ? nil : text
      }
    case "order":
      frontMatter.order = value(text, "order is a whole number, such as 2, the notebook's place in its folder") {
        Int($0)
      }
    case "url":
      let message = "url is the address of the folder that the report is published in, such as https://example.org/cnn/"
      frontMatter.url = value(text, message) { text in
        guard text.wholeMatch(of: /https?:\/\/[A-Za-z0-9.-]+(:[0-9]+)?(\/[A-Za-z0-9._~%\/-]*)?/) != nil else {
          return nil
        }
        return text.hasSuffix("/") ? text : text + "/"
      }
    case "seed":
      frontMatter.seed = value(text, "a seed is a whole number from 0 to \(UInt32.max)") { UInt32($0) }
    case "stand-in":
      let message = "stand-in can only be \"allowed\"; leave the key out to refuse it"
      if value(text, message, { $0 == "allowed" ? $0 : nil }) != nil { frontMatter.allowsStandIn = true }
    case _ where key.hasPrefix("x-"): frontMatter.extensions[key] = text.value
    default:
      let advice = NearNames.advice(for: key, among: Self.keys)
      diagnostics.addError("unknown key \"\(key)\" in the front matter\(advice)", at: entry.key.range)
    }
    if isText, isQuoted, text.value == entry.value.text, !"\"'".contains(text.value.prefix(1)) {
      diagnostics.addWarning(
        "these quotation marks are shown; \"\(key)\" is the rest of the line as it stands", at: text.range)
    }
  }

  /// The value that `read` makes of `text`; where it makes none, says what was probably meant, else `message`.
  private mutating func value<Value>(
    _ text: Located<String>, _ message: String, _ read: (String) -> Value?
  ) -> Located<Value>? {
    if let value = read(text.value) { return Located(value, at: text.range) }
    let advice = Slip.advice(for: text.value) { read($0) != nil }
    diagnostics.addError(advice?.message ?? message, at: text.range)
    return nil
  }

  /// Whether a value stands in quotation marks, straight ones or those that editors make of them.
  private static func isQuoted(_ text: String) -> Bool {
    let marks: Set<Character> = [
      "\"", "'", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}", "\u{BB}",
    ]
    return text.count > 1 && marks.contains(text.first ?? " ") && marks.contains(text.last ?? " ")
  }
}
