import NbrunNotebooks

/// Finds the keywords, types, strings, numbers and comments of Swift source.
///
/// It knows no grammar: a word that starts with a capital is a type, a word of the list a keyword.
enum SwiftHighlighter {
  private static let keywords: Set<String> = [
    "actor", "any", "as", "associatedtype", "async", "await", "borrowing", "break", "case", "catch", "class",
    "consuming", "continue", "convenience", "default", "defer", "deinit", "do", "else", "enum", "extension",
    "fallthrough", "false", "fileprivate", "final", "for", "func", "get", "guard", "if", "import", "in", "indirect",
    "init", "inout", "internal", "is", "isolated", "lazy", "let", "mutating", "nil", "nonisolated", "nonmutating",
    "open", "operator", "override", "package", "precedencegroup", "private", "protocol", "public", "repeat", "required",
    "rethrows", "return", "Self", "self", "sending", "set", "some", "static", "struct", "subscript", "super", "switch",
    "throw", "throws", "true", "try", "typealias", "unowned", "var", "weak", "where", "while",
  ]

  /// The pieces of a source that have a colour, in their order.
  static func pieces(_ bytes: [UInt8]) -> [CodePiece] {
    var lexer = SwiftLexer(bytes)
    var pieces: [CodePiece] = []
    var previous: SwiftLexer.Token?
    while let token = lexer.next() {
      let mark = token.kind == .word ? markStart(previous, before: token.range, in: bytes) : nil
      let kind: String? =
        switch token.kind {
        case .comment: "c"
        case .string: "s"
        case .number: "d"
        case .word: mark == nil ? wordClass(token.range, in: bytes) : "k"
        case .open, .close, .symbol, .newline: nil
        }
      let start = mark ?? token.range.lowerBound
      if let kind { pieces.append(CodePiece(kind: kind, range: start..<token.range.upperBound)) }
      previous = token
    }
    return pieces
  }

  /// Where the `@` or `#` stands that makes the word after it an attribute or a directive; nil where it is none.
  private static func markStart(_ previous: SwiftLexer.Token?, before word: Range<Int>, in bytes: [UInt8]) -> Int? {
    guard let previous, previous.kind == .symbol, previous.range.upperBound == word.lowerBound else { return nil }
    let start = previous.range.lowerBound
    return [UInt8(ascii: "@"), UInt8(ascii: "#")].contains(bytes[start]) ? start : nil
  }

  /// A word's class; a name after a dot, such as `.init` or `.default`, is no keyword.
  private static func wordClass(_ range: Range<Int>, in bytes: [UInt8]) -> String? {
    let word = String(decoding: bytes[range], as: UTF8.self)
    let followsDot = range.lowerBound > 0 && bytes[range.lowerBound - 1] == UInt8(ascii: ".")
    if Self.keywords.contains(word), !followsDot || word == "self" { return "k" }
    return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[range.lowerBound]) ? "t" : nil
  }
}
