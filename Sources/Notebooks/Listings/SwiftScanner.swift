/// Finds what is code in a Swift source: words, brackets and line ends outside comments and string literals.
struct SwiftScanner {
  /// A piece of code.
  enum Token: Equatable {
    /// An identifier, with the backticks around it where it has some, a keyword or a number.
    case word(String)
    /// `(`, `[` or `{`
    case open(UInt8)
    /// `)`, `]` or `}`
    case close
    /// Any other character that is not white space.
    case symbol(UInt8)
    /// The end of a line.
    case newline
  }

  private var lexer: SwiftLexer

  init(_ bytes: [UInt8]) {
    lexer = SwiftLexer(bytes)
  }

  /// The next token and the byte that it starts at; nil at the end.
  mutating func next() -> (token: Token, start: Int)? {
    while let piece = lexer.next() {
      let start = piece.range.lowerBound
      switch piece.kind {
      case .comment, .string: continue
      case .newline: return (.newline, start)
      case .open: return (.open(lexer.bytes[start]), start)
      case .close: return (.close, start)
      case .symbol: return (.symbol(lexer.bytes[start]), start)
      case .number, .word: return (.word(text(piece.range)), start)
      }
    }
    return nil
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: lexer.bytes[range], as: UTF8.self)
  }
}
