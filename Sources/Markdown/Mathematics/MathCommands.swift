/// Commands with arguments.
extension MathParser {
  /// What a command makes; its name has been read.
  mutating func parseCommand(_ name: String, from start: Int) -> MathAtom {
    if let atom = symbol(named: name) { return atom }
    if let alphabet = MathAlphabet.commands[name] { return parse(in: alphabet, command: name, from: start) }
    if let accent = MathSymbols.accents[name] { return parseAccent(accent, command: name, from: start) }
    if let size = MathParser.sizes[name] { return parseSized(size, command: name, from: start) }
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom":
      return parseFraction(name, from: start)
    case "sqrt":
      return parseRoot(from: start)
    case "text", "textrm", "textnormal", "textbf", "textit", "texttt", "textsf", "mbox", "hbox":
      return MathAtom(parseRawGroup(of: "\\" + name, from: start).map { .text($0) } ?? .unknown("\\" + name))
    case "operatorname", "operatorname*":
      guard let text = parseRawGroup(of: "\\" + name, from: start) else { return MathAtom(.unknown("\\" + name)) }
      return MathParser.operatorName(MathParser.withoutSpacing(text), takesLimits: name.hasSuffix("*"))
    case "left":
      return parseFence(from: start)
    case "begin":
      return parseEnvironment(from: start)
    case "overset", "underset", "stackrel", "xrightarrow", "xleftarrow", "overbrace", "underbrace", "underline":
      return parseStack(name, from: start)
    case "substack":
      return parseSubstack(from: start)
    case "not":
      return parseNegation(from: start)
    case "phantom":
      return MathAtom(.phantom(parseArgument(of: "\\phantom", from: start)))
    case "boxed":
      return MathAtom(.boxed(parseArgument(of: "\\boxed", from: start)))
    case "mathop", "mathrel", "mathbin", "mathord", "mathopen", "mathclose":
      return parseClass(name, from: start)
    case "bmod", "pmod", "mod":
      return parseModulus(name, from: start)
    case "middle":
      return parseMiddle(from: start)
    case "hline":
      warn("\\hline stands only at the beginning of a row of a matrix or an array", at: start..<start + 6)
      return MathAtom(.unknown("\\hline"))
    case "nonumber", "notag", "allowbreak", "nobreak", "limits", "nolimits":
      return MathAtom(.row([]))
    case "label":
      _ = parseRawGroup(of: "\\label", from: start)
      return MathAtom(.row([]))
    case "tag":
      let text = parseRawGroup(of: "\\tag", from: start) ?? ""
      return MathAtom(.row([.space(2), .text("(\(text))")]))
    default:
      warn("unknown TeX command \\\(name)", at: start..<start + 1 + name.utf8.count, unknownCommand: name)
      return MathAtom(.unknown("\\" + name))
    }
  }

  /// An operator's name with its spacing commands as plain spaces.
  private static func withoutSpacing(_ name: String) -> String {
    var result = ""
    var isEscaped = false
    for character in name {
      switch character {
      case "\\": isEscaped = true
      case ",", " ", ";", ":": result += isEscaped ? " " : String(character)
      case "!" where isEscaped: break
      case "~": result += " "
      default: result.append(character)
      }
      if character != "\\" { isEscaped = false }
    }
    return result
  }

  // MARK: Alphabets and accents

  private mutating func parse(in alphabet: MathAlphabet, command: String, from start: Int) -> MathAtom {
    let outer = self.alphabet
    self.alphabet = alphabet
    let argument = parseArgument(of: "\\" + command, from: start)
    self.alphabet = outer
    return MathAtom(argument)
  }

  private mutating func parseAccent(
    _ accent: (mark: String, isStretchy: Bool), command: String, from start: Int
  ) -> MathAtom {
    let base = parseArgument(of: "\\" + command, from: start)
    let mark = MathOperator(accent.mark, .ordinary, isStretchy: accent.isStretchy)
    return MathAtom(.limits(base, lower: nil, upper: .symbol(mark), isAccent: true))
  }

  // MARK: Fractions and roots

  private mutating func parseFraction(_ name: String, from start: Int) -> MathAtom {
    let upper = parseArgument(of: "\\" + name, from: start)
    let lower = parseArgument(of: "\\" + name, from: start)
    let isDisplay: Bool? =
      switch name.first {
      case "d", "c": true
      case "t": false
      default: nil
      }
    guard name.hasSuffix("binom") else {
      return MathAtom(.fraction(upper, lower, hasBar: true, isDisplay: isDisplay))
    }
    return MathAtom(
      .row([
        .symbol(MathOperator("(", .opening, isStretchy: true)),
        .fraction(upper, lower, hasBar: false, isDisplay: isDisplay),
        .symbol(MathOperator(")", .closing, isStretchy: true)),
      ]))
  }

  private mutating func parseRoot(from start: Int) -> MathAtom {
    var index: MathExpression?
    if current.token == .character("[") {
      advance()
      index = parseRow(endingAt: .bracket)
      if current.token == .character("]") { advance() } else { warn("[ is never closed", from: start) }
    }
    return MathAtom(.root(parseArgument(of: "\\sqrt", from: start), index: index))
  }

  // MARK: Stacks

  private mutating func parseStack(_ name: String, from start: Int) -> MathAtom {
    let command = "\\" + name
    let first = parseArgument(of: command, from: start)
    func stretchy(_ text: String) -> MathExpression { .symbol(MathOperator(text, .ordinary, isStretchy: true)) }
    switch name {
    case "overset", "stackrel":
      let base = parseArgument(of: command, from: start)
      return stack(base, lower: nil, upper: first)
    case "underset":
      let base = parseArgument(of: command, from: start)
      return stack(base, lower: first, upper: nil)
    case "xrightarrow", "xleftarrow":
      let arrow = stretchy(name == "xrightarrow" ? "→" : "←")
      var atom = MathAtom(.limits(arrow, lower: nil, upper: first, isAccent: false))
      atom.kind = .relation
      return atom
    case "underline":
      return MathAtom(.limits(first, lower: stretchy("\u{332}"), upper: nil, isAccent: true))
    default:
      let isOver = name == "overbrace"
      let brace = stretchy(isOver ? "⏞" : "⏟")
      var atom = MathAtom(.limits(first, lower: isOver ? nil : brace, upper: isOver ? brace : nil, isAccent: true))
      atom.takesLimits = true
      return atom
    }
  }

  /// A base with something under or over it keeps the base's spacing.
  private func stack(_ base: MathExpression, lower: MathExpression?, upper: MathExpression?) -> MathAtom {
    var atom = MathAtom(.limits(base, lower: lower, upper: upper, isAccent: false))
    if case .symbol(let symbol) = base { atom.kind = symbol.kind }
    return atom
  }

  private mutating func parseSubstack(from start: Int) -> MathAtom {
    guard current.token == .openBrace else {
      warn("\\substack needs its lines in braces", from: start)
      return MathAtom(.unknown("\\substack"))
    }
    advance()
    openGroups += 1
    var rows = [[parseRow(endingAt: .cell)]]
    while current.token == .newRow || current.token == .ampersand {
      advance()
      rows.append([parseRow(endingAt: .cell)])
    }
    openGroups -= 1
    if current.token == .closeBrace { advance() } else { warn("{ is never closed", from: start) }
    return MathAtom(.table(MathTable(style: .smallMatrix, rows: rows)))
  }

  // MARK: Others

  private static let classes: [String: MathOperator.Class] = [
    "mathrel": .relation, "mathbin": .binary, "mathord": .ordinary, "mathopen": .opening, "mathclose": .closing,
  ]

  /// An argument that is to be spaced as if it were a relation, an operation, …
  private mutating func parseClass(_ name: String, from start: Int) -> MathAtom {
    var atom = MathAtom(parseArgument(of: "\\" + name, from: start))
    atom.takesLimits = name == "mathop"
    guard let kind = MathParser.classes[name] else { return atom }
    atom.kind = kind
    if case .symbol(var symbol) = atom.expression {
      symbol.kind = kind
      symbol.isPrefix = false
      symbol.isTight = kind == .ordinary
      atom.expression = .symbol(symbol)
    }
    return atom
  }

  private mutating func parseNegation(from start: Int) -> MathAtom {
    var atom = parseAtom()
    guard case .symbol(var symbol) = atom.expression else {
      warn("\\not has no relation to negate", from: start)
      return atom
    }
    symbol.text = MathSymbols.negated[symbol.text] ?? symbol.text + "\u{338}"
    atom.expression = .symbol(symbol)
    return atom
  }

  private mutating func parseModulus(_ name: String, from start: Int) -> MathAtom {
    if name == "bmod" {
      return MathAtom(MathOperator("mod", .binary))
    }
    let modulus = parseArgument(of: "\\" + name, from: start)
    let word = MathExpression.identifier("mod", isUpright: true)
    var parts: [MathExpression] = [.space(1), word, .space(1 / 3.0), modulus]
    if name == "pmod" {
      parts.insert(.symbol(MathOperator("(", .opening, isStretchy: false)), at: 1)
      parts.append(.symbol(MathOperator(")", .closing, isStretchy: false)))
    }
    return MathAtom(.row(parts))
  }
}
