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
    case .openBrace: return MathAtom(MathExpression(parseGroup()))
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
    let source = lexer.source
    let index = source.end(of: \.isASCIIWhitespace, from: lexeme.range.upperBound, to: source.count)
    return index < source.count && "^_'".utf8.contains(source[index])
  }

  /// A character that is neither letter nor digit.
  private mutating func symbol(_ character: Character, at range: Range<Int>) -> MathAtom {
    switch character {
    case "-": return MathAtom("−", .binary)
    case "+": return MathAtom("+", .binary)
    case "*": return MathAtom("∗", .binary)
    case "=", "<", ">", ":": return MathAtom(String(character), .relation)
    case "(", "[": return delimiter(String(character), .opening)
    case ")", "]": return delimiter(String(character), .closing)
    case ",", ";": return MathAtom(String(character), .punctuation)
    case "!", "?": return MathAtom(String(character), .closing)
    case "|": return delimiter("|", .ordinary)
    case "/", ".", "@", "\"", "`": return MathAtom(String(character), .ordinary)
    case "~": return MathAtom(.space(0.25), .none)
    case "%", "#", "$", "\\":
      warn("\(character) is not itself in TeX: write \\\(character)", at: range)
      return MathAtom(.unknown(String(character)))
    default:
      let text = String(character)
      if let symbol = MathCommand.byText[text].flatMap(symbol) { return symbol }
      return character.isNumber ? MathAtom(.number(text)) : MathAtom(text, .ordinary)
    }
  }

  /// A delimiter that does not grow.
  func delimiter(_ text: String, _ kind: MathClass) -> MathAtom {
    // Of a bar the looks do not tell whether it opens or closes.
    let isBar = text == "|" || text == "‖"
    let form = !isBar ? nil : kind == .opening ? "prefix" : kind == .closing ? "postfix" : nil
    return MathAtom(.symbol(MathOperator(text: text, isStretchy: false, form: form)), kind)
  }

  // MARK: Symbols by name

  /// What a command is that takes nothing; nil for others.
  func symbol(_ command: MathCommand) -> MathAtom? {
    switch command {
    case .letter(let text, let isUpright): letter(text, isUpright: isUpright)
    case .symbol(let text, let kind): MathAtom(text, kind)
    case .delimiter(let text, let kind): delimiter(text, kind)
    case .operation(let text, let isWord, let takesLimits):
      MathParser.operation(text, isWord: isWord, takesLimits: takesLimits)
    case .space(let width): MathAtom(.space(width), .none)
    default: nil
    }
  }

  /// A letter by name, in the present alphabet.
  func letter(_ text: String, isUpright: Bool) -> MathAtom {
    let shown = alphabet == .plain ? text : text.first.map(alphabet.character) ?? text
    return MathAtom(.identifier(shown, isUpright: isUpright))
  }

  /// A named function or a large operator.
  static func operation(_ text: String, isWord: Bool, takesLimits: Bool) -> MathAtom {
    var atom = MathAtom(isWord ? .identifier(text, isUpright: true) : .symbol(MathOperator(text: text)), .operation)
    if takesLimits { atom.placement = .limitsInDisplay }
    return atom
  }

  /// The dots that `\dots` stands for: raised before an operation or a relation, else on the line.
  func dots() -> MathAtom {
    let kind: MathClass? =
      switch current.token {
      case .character(let character): "+-*=<>:".contains(character) ? .binary : nil
      case .command(let name): if case .symbol(_, let kind)? = MathCommand.all[name] { kind } else { nil }
      default: nil
      }
    return MathAtom(kind == .binary || kind == .relation ? "⋯" : "…", .inner)
  }
}
