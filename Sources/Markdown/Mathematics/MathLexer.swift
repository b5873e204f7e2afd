/// A token of a formula.
enum MathToken: Equatable {
  /// `\name`, or `\` and one other character.
  case command(String)
  case digits(String)
  /// Letters, one at a time.
  case letter(Character)
  /// Any other character.
  case character(Character)
  case openBrace
  case closeBrace
  case superscript
  case subscripted
  case ampersand
  case newRow
  case primes(Int)
  case end
}

/// Divides a formula into tokens. White space separates and is otherwise nothing.
struct MathLexer {
  let source: [UInt8]
  /// Where the next token is read from.
  private(set) var position = 0

  init(_ source: [UInt8]) {
    self.source = source
  }

  /// A token and its place.
  struct Lexeme {
    var token: MathToken
    var range: Range<Int>
  }

  /// Goes on from another place.
  mutating func skip(to place: Int) {
    position = place
  }

  private func byte(_ index: Int) -> UInt8? {
    index < source.count ? source[index] : nil
  }

  /// The next token.
  mutating func next() -> Lexeme {
    while let byte = byte(position), byte.isASCIIWhitespace { position += 1 }
    let start = position
    let token = read()
    return Lexeme(token: token, range: start..<position)
  }

  private mutating func read() -> MathToken {
    guard let first = byte(position) else { return .end }
    switch first {
    case ASCII.backslash: return readCommand()
    case ASCII.leftBrace: return single(.openBrace)
    case ASCII.rightBrace: return single(.closeBrace)
    case ASCII.caret: return single(.superscript)
    case ASCII.underscore: return single(.subscripted)
    case ASCII.ampersand: return single(.ampersand)
    case ASCII.apostrophe:
      let start = position
      while byte(position) == ASCII.apostrophe { position += 1 }
      return .primes(position - start)
    case _ where first.isASCIIDigit: return readDigits()
    default:
      let character = readCharacter()
      return character.isLetter ? .letter(character) : .character(character)
    }
  }

  private mutating func single(_ token: MathToken) -> MathToken {
    position += 1
    return token
  }

  private mutating func readCommand() -> MathToken {
    position += 1
    guard let first = byte(position) else { return .character("\\") }
    if first == ASCII.backslash {
      position += 1
      skipRowDistance()
      return .newRow
    }
    guard first.isASCIILetter else { return .command(String(readCharacter())) }
    let start = position
    while let next = byte(position), next.isASCIILetter { position += 1 }
    if byte(position) == ASCII.asterisk, isStarred(start..<position) { position += 1 }
    return .command(String(decoding: source[start..<position], as: UTF8.self))
  }

  /// Passes over the `[4pt]` that may follow `\\` directly: rows keep their usual distance.
  private mutating func skipRowDistance() {
    guard byte(position) == ASCII.leftBracket,
      let close = source[position...].prefix(16).firstIndex(of: ASCII.rightBracket)
    else { return }
    let length = source[position + 1..<close]
    let isLength = length.allSatisfy { $0.isASCIIAlphanumeric || $0 == ASCII.period || $0 == ASCII.hyphen }
    if isLength, length.contains(where: \.isASCIIDigit), length.last?.isASCIILetter == true { position = close + 1 }
  }

  private func isStarred(_ name: Range<Int>) -> Bool {
    String(decoding: source[name], as: UTF8.self) == "operatorname"
  }

  /// Digits with a decimal point between them.
  private mutating func readDigits() -> MathToken {
    let start = position
    while let next = byte(position) {
      let isPoint = next == ASCII.period && byte(position + 1)?.isASCIIDigit == true
      guard next.isASCIIDigit || isPoint else { break }
      position += 1
    }
    return .digits(String(decoding: source[start..<position], as: UTF8.self))
  }

  /// One character, with the marks that combine with it.
  private mutating func readCharacter() -> Character {
    let start = position
    position += 1
    while let next = byte(position), next & 0xC0 == 0x80 { position += 1 }
    let scalar = String(decoding: source[start..<position], as: UTF8.self)
    return scalar.first ?? "\u{FFFD}"
  }

  /// The text up to the brace that closes the one just read, and past that brace; nil when there is none.
  mutating func rawGroup() -> String? {
    let start = position
    var index = start
    var depth = 1
    while index < source.count {
      switch source[index] {
      case ASCII.backslash: index += 1
      case ASCII.leftBrace: depth += 1
      case ASCII.rightBrace: depth -= 1
      default: break
      }
      if depth == 0 {
        position = index + 1
        return String(decoding: source[start..<index], as: UTF8.self)
      }
      index += 1
    }
    return nil
  }
}
