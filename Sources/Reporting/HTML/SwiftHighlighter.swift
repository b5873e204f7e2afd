import Markup
import Notebooks

/// Writes Swift source with its keywords, types, strings, numbers and comments in `span` elements.
///
/// It knows no grammar: a word that starts with a capital is a type, a word of the list a keyword.
struct SwiftHighlighter {
  private var lexer: SwiftLexer
  /// Where the text that has not been written yet begins.
  private var pending = 0

  private init(_ source: String) {
    lexer = SwiftLexer(Array(source.utf8))
  }

  /// Writes `source` to `writer`.
  static func write(_ source: String, to writer: inout MarkupWriter) {
    var highlighter = SwiftHighlighter(source)
    highlighter.run(&writer)
  }

  private static let keywords: Set<String> = [
    "actor", "any", "as", "associatedtype", "async", "await", "borrowing", "break", "case", "catch", "class",
    "consuming", "continue", "convenience", "default", "defer", "deinit", "do", "else", "enum", "extension",
    "fallthrough", "false", "fileprivate", "final", "for", "func", "get", "guard", "if", "import", "in", "indirect",
    "init", "inout", "internal", "is", "isolated", "lazy", "let", "mutating", "nil", "nonisolated", "nonmutating",
    "open", "operator", "override", "package", "precedencegroup", "private", "protocol", "public", "repeat", "required",
    "rethrows", "return", "Self", "self", "sending", "set", "some", "static", "struct", "subscript", "super", "switch",
    "throw", "throws", "true", "try", "typealias", "unowned", "var", "weak", "where", "while",
  ]

  private mutating func run(_ writer: inout MarkupWriter) {
    var previous: SwiftLexer.Token?
    while let token = lexer.next() {
      switch token.kind {
      case .comment: write("c", token.range, to: &writer)
      case .string: write("s", token.range, to: &writer)
      case .number: write("d", token.range, to: &writer)
      case .word:
        if let start = markStart(previous, before: token.range) {
          write("k", start..<token.range.upperBound, to: &writer)
        } else if let kind = wordClass(token.range) {
          write(kind, token.range, to: &writer)
        }
      case .open, .close, .symbol, .newline: break
      }
      previous = token
    }
    flush(upTo: lexer.bytes.count, to: &writer)
  }

  /// Where the `@` or `#` stands that makes the word after it an attribute or a directive; nil where it is none.
  private func markStart(_ previous: SwiftLexer.Token?, before word: Range<Int>) -> Int? {
    guard let previous, previous.kind == .symbol, previous.range.upperBound == word.lowerBound else { return nil }
    let start = previous.range.lowerBound
    return [UInt8(ascii: "@"), UInt8(ascii: "#")].contains(lexer.bytes[start]) ? start : nil
  }

  /// A word's class; a name after a dot, such as `.init` or `.default`, is no keyword.
  private func wordClass(_ range: Range<Int>) -> String? {
    let word = String(decoding: lexer.bytes[range], as: UTF8.self)
    let followsDot = range.lowerBound > 0 && lexer.bytes[range.lowerBound - 1] == UInt8(ascii: ".")
    if Self.keywords.contains(word), !followsDot || word == "self" { return "k" }
    return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(lexer.bytes[range.lowerBound]) ? "t" : nil
  }

  private mutating func flush(upTo end: Int, to writer: inout MarkupWriter) {
    writer.text(utf8: lexer.bytes[pending..<end])
    pending = end
  }

  private mutating func write(_ kind: String, _ range: Range<Int>, to writer: inout MarkupWriter) {
    flush(upTo: range.lowerBound, to: &writer)
    writer.open("span", ["class": kind])
    flush(upTo: range.upperBound, to: &writer)
    writer.close()
  }
}
