/// Single tokens, and commands that stand for one symbol.
extension MathParser {
  /// The next atom, without its scripts.
  mutating func parseAtom() -> MathAtom {
    let start = current.range.lowerBound
    switch current.token {
    case .letter(let letter):
      advance()
      return MathAtom(letters(from: letter))
    case .digits(let digits):
      advance()
      return MathAtom(.number(digits.map(alphabet.character).joined()))
    case .character(let character):
      let range = current.range
      advance()
      return symbol(character, at: range)
    case .openBrace:
      return MathAtom(parseGroup())
    case .command(let name):
      advance()
      return parseNested(name, from: start)
    default:
      // A script without a base: it applies to nothing, as in TeX.
      return MathAtom(.row([]))
    }
  }

  /// A letter; in an alphabet of its own also the letters after it, which make one name.
  private mutating func letters(from first: Character) -> MathExpression {
    guard alphabet != .plain else { return .identifier(String(first), isUpright: false) }
    var name = alphabet.character(first)
    while case .letter(let next) = current.token, !hasScript(after: current) {
      name += alphabet.character(next)
      advance()
    }
    return .identifier(name, isUpright: alphabet == .upright)
  }

  /// Whether a script follows a token, so that its letter must stand alone.
  private func hasScript(after lexeme: MathLexer.Lexeme) -> Bool {
    var index = lexeme.range.upperBound
    while index < lexer.source.count, lexer.source[index].isASCIIWhitespace { index += 1 }
    guard index < lexer.source.count else { return false }
    let byte = lexer.source[index]
    return byte == ASCII.caret || byte == ASCII.underscore || byte == ASCII.apostrophe
  }

  /// A character that is neither letter nor digit.
  private mutating func symbol(_ character: Character, at range: Range<Int>) -> MathAtom {
    switch character {
    case "-": return MathAtom(MathOperator("−", .binary))
    case "+": return MathAtom(MathOperator("+", .binary))
    case "*": return MathAtom(MathOperator("∗", .binary))
    case "=", "<", ">", ":": return MathAtom(MathOperator(String(character), .relation))
    case "(", "[": return MathAtom(MathOperator(String(character), .opening, isStretchy: false))
    case ")", "]": return MathAtom(MathOperator(String(character), .closing, isStretchy: false))
    case ",", ";": return MathAtom(MathOperator(String(character), .punctuation))
    case "|": return MathAtom(bar("|"))
    case "/", ".", "!", "?", "@", "\"", "`":
      var symbol = MathOperator(String(character), character == "!" ? .closing : .ordinary)
      symbol.isTight = true
      return MathAtom(symbol)
    case "~": return MathAtom(.space(0.25))
    case "%", "#", "$", "\\":
      warn("\(character) is not itself in TeX: write \\\(character)", at: range)
      return MathAtom(.unknown(String(character)))
    default:
      return unicodeSymbol(character)
    }
  }

  /// A character beyond ASCII, spaced like the command for it.
  private func unicodeSymbol(_ character: Character) -> MathAtom {
    let text = String(character)
    if let kind = MathParser.unicodeKinds[text] { return MathAtom(MathOperator(text, kind)) }
    if character.isNumber { return MathAtom(.number(text)) }
    return MathAtom(MathOperator(text, .ordinary))
  }

  private static let unicodeKinds: [String: MathOperator.Class] = {
    var kinds: [String: MathOperator.Class] = [:]
    for text in MathSymbols.binary.values { kinds[text] = .binary }
    for text in MathSymbols.relations.values { kinds[text] = .relation }
    for text in MathSymbols.large.values { kinds[text] = .large }
    return kinds
  }()

  /// A bar that neither grows nor keeps a distance.
  private func bar(_ text: String) -> MathOperator {
    var symbol = MathOperator(text, .ordinary, isStretchy: false)
    symbol.isTight = true
    return symbol
  }

  // MARK: Symbols by name

  /// The symbol that a command stands for; nil when it stands for none.
  func symbol(named name: String) -> MathAtom? {
    if let letter = MathSymbols.identifiers[name], let character = letter.first {
      return MathAtom(.identifier(alphabet == .plain ? letter : alphabet.character(character), isUpright: false))
    }
    if let letter = MathSymbols.uprightIdentifiers[name], let character = letter.first {
      return MathAtom(.identifier(alphabet == .plain ? letter : alphabet.character(character), isUpright: true))
    }
    if let text = MathSymbols.binary[name] { return MathAtom(MathOperator(text, .binary)) }
    if let text = MathSymbols.relations[name] { return MathAtom(MathOperator(text, .relation)) }
    if let text = MathSymbols.ordinary[name] { return MathAtom(MathOperator(text, .ordinary)) }
    if let text = MathSymbols.large[name] {
      var symbol = MathOperator(text, .large)
      symbol.hasMovableLimits = true
      var atom = MathAtom(symbol)
      atom.takesLimits = true
      return atom
    }
    if let text = MathSymbols.integrals[name] { return MathAtom(MathOperator(text, .large)) }
    if let text = MathSymbols.opening[name] { return MathAtom(MathOperator(text, .opening, isStretchy: false)) }
    if let text = MathSymbols.closing[name] { return MathAtom(MathOperator(text, .closing, isStretchy: false)) }
    if let text = MathSymbols.bars[name] { return MathAtom(bar(text)) }
    if let width = MathSymbols.spaces[name] { return MathAtom(.space(width)) }
    return function(named: name)
  }

  private func function(named name: String) -> MathAtom? {
    if MathSymbols.functions.contains(name) {
      var atom = MathAtom(.identifier(name, isUpright: true))
      atom.isFunction = true
      return atom
    }
    guard let text = MathSymbols.limitFunctions[name] else { return nil }
    return MathParser.operatorName(text, takesLimits: true)
  }

  /// A named operator.
  static func operatorName(_ name: String, takesLimits: Bool) -> MathAtom {
    guard takesLimits else {
      var atom = MathAtom(.identifier(name, isUpright: true))
      atom.isFunction = true
      return atom
    }
    var symbol = MathOperator(name, .ordinary)
    symbol.hasMovableLimits = true
    symbol.isTight = true
    var atom = MathAtom(symbol)
    atom.takesLimits = true
    atom.isFunction = true
    return atom
  }
}
