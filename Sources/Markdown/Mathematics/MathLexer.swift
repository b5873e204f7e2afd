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
  var end: Int
  private(set) var position = 0
  /// Where each brace of the source that opens a group is closed; found once, when it is first asked for.
  private var closings: [Int: Int]?

  init(_ source: [UInt8]) {
    self.source = source
    end = source.count
  }

  struct Lexeme {
    var token: MathToken
    var range: Range<Int>
  }

  mutating func skip(to place: Int) { position = place }
  /// The byte at `index`; nil at the end.
  func byte(_ index: Int) -> UInt8? { index < end ? source[index] : nil }

  mutating func next() -> Lexeme {
    position = source.end(of: \.isASCIIWhitespace, from: position, to: end)
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
      position = source.end(of: { $0 == ASCII.apostrophe }, from: start, to: end)
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
    position = source.end(of: \.isASCIILetter, from: start, to: end)
    let name = String(decoding: source[start..<position], as: UTF8.self)
    if name == "newline" || name == "cr" { return .newRow }
    guard byte(position) == ASCII.asterisk, MathCommand.all[name + "*"] != nil else { return .command(name) }
    position += 1
    return .command(name + "*")
  }

  /// Passes over the `[4pt]` that may follow `\\` directly: rows keep their usual distance.
  private mutating func skipRowDistance() {
    guard byte(position) == ASCII.leftBracket,
      let close = source[position..<end].prefix(16).firstIndex(of: ASCII.rightBracket)
    else { return }
    let length = source[position + 1..<close]
    let isLength = length.allSatisfy { $0.isASCIIAlphanumeric || $0 == ASCII.period || $0 == ASCII.hyphen }
    if isLength, length.contains(where: \.isASCIIDigit), length.last?.isASCIILetter == true { position = close + 1 }
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
    return String(decoding: source[start..<position], as: UTF8.self).first ?? "\u{FFFD}"
  }

  /// The text up to the brace that closes the one just read, and past that brace; nil when there is none.
  mutating func rawGroup() -> Range<Int>? {
    let group = group(at: position - 1)
    if let group { position = group.upperBound + 1 }
    return group
  }

  /// The text between the brace at `start` and the one that closes it; nil when there is none.
  mutating func group(at start: Int) -> Range<Int>? {
    if closings == nil { closings = closingBraces() }
    return closings?[start].map { start + 1..<$0 }
  }

  private func closingBraces() -> [Int: Int] {
    var closings: [Int: Int] = [:]
    var open: [Int] = []
    var index = 0
    while index < source.count {
      switch source[index] {
      case ASCII.backslash: index += 1
      case ASCII.leftBrace: open.append(index)
      case ASCII.rightBrace: if let start = open.popLast() { closings[start] = index }
      default: break
      }
      index += 1
    }
    return closings
  }

  // MARK: Lengths

  /// How many em make each unit, in type of ten points.
  private static let units: [String: Double] = [
    "em": 1, "ex": 0.431, "mu": 1 / 18.0, "pt": 0.1, "bp": 0.10037, "pc": 1.2, "mm": 0.28453, "cm": 2.8453, "in": 7.227,
    "px": 0.075275,
  ]

  /// The length in em that is written at `start`, such as `-1.5em`, and where it ends.
  func length(at start: Int) -> (em: Double, end: Int)? {
    var index = source.end(of: \.isASCIIWhitespace, from: start, to: end)
    let isNegative = byte(index) == ASCII.hyphen
    if isNegative || byte(index) == ASCII.plus { index += 1 }
    let digits = index
    index = source.end(of: { $0.isASCIIDigit || $0 == ASCII.period }, from: digits, to: end)
    guard let number = Double(String(decoding: source[digits..<index], as: UTF8.self)), number <= 1000 else {
      return nil
    }
    index = source.end(of: \.isASCIIWhitespace, from: index, to: end)
    guard index + 2 <= source.count, let unit = Self.units[String(decoding: source[index..<index + 2], as: UTF8.self)]
    else { return nil }
    return ((isNegative ? -number : number) * unit, index + 2)
  }
}
