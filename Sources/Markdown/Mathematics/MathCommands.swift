/// Commands with arguments.
extension MathParser {
  /// What a command makes; its name has been read.
  mutating func parseCommand(_ name: String, from start: Int) -> MathAtom {
    let command = "\\" + name
    guard let found = MathCommand.all[name] else {
      // Up to the next token, since bytes that are no text are longer in the name than in the source.
      let end = max(start, current.range.lowerBound)
      warn("unknown TeX command \(command)", at: trimmed(start..<end), unknownName: .command(name))
      return MathAtom(.unknown(command))
    }
    if let symbol = symbol(found) { return symbol }
    switch found {
    case .accent(let mark, let isUnder, let takesLimits):
      var atom = MathAtom(.accent(parseArgument(of: command, from: start), mark: mark, isUnder: isUnder))
      if takesLimits { atom.placement = .limits }
      return atom
    case .alphabet(let alphabet), .font(let alphabet):
      let outer = self.alphabet
      self.alphabet = alphabet
      defer { self.alphabet = outer }
      return parseSolid(of: command, from: start)
    case .size(let height, let kind): return parseSized(height, kind, command: name, from: start)
    case .text(let style):
      guard let range = parseRawRange(of: command, from: start) else { return MathAtom(.unknown(command)) }
      return MathAtom(text(in: range, style))
    case .fraction(let fraction):
      let upper = parseArgument(of: command, from: start)
      return MathParser.fraction(upper, parseArgument(of: command, from: start), fraction)
    case .arrow(let text): return parseArrow(text, command: command, from: start)
    case .decoration(let decorations):
      return MathAtom(decorations.reduce(parseArgument(of: command, from: start)) { .decorated($0, $1) })
    case .kind(let kind):
      var atom = MathAtom(parseArgument(of: command, from: start), kind)
      if kind == .operation { atom.placement = .limitsInDisplay }
      return atom
    case .colour:
      let colour = parseColour(of: name, from: start)
      let content = parseArgument(of: command, from: start)
      return MathAtom(colour.map { .decorated(content, .coloured($0)) } ?? content)
    case .nothing, .style: return .nothing
    case .parsed(let parse): return parse(&self, MathCall(name: name, start: start))
    default: return MathAtom(.unknown(command))
    }
  }

  // MARK: Names

  mutating func parseOperatorName(_ call: MathCall) -> MathAtom {
    let command = "\\" + call.name
    let takesLimits = call.name.hasSuffix("*")
    let isRaw = current.token == .openBrace
    let start = current.range.lowerBound
    if isRaw, let range = lexer.rawGroup() {
      // Its spacing commands are plain spaces.
      let name = source(range).replacing(/\\[, ;:]|~/, with: " ").replacing("\\!", with: "")
      if name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }) {
        advance()
        return MathParser.operation(name, isWord: true, takesLimits: takesLimits)
      }
    }
    if isRaw {
      lexer.skip(to: start)
      advance()
    }
    let outer = alphabet
    alphabet = .upright
    var atom = MathAtom(parseArgument(of: command, from: call.start), .operation)
    alphabet = outer
    if takesLimits { atom.placement = .limitsInDisplay }
    return atom
  }

  // MARK: Fractions and roots

  /// A fraction between its delimiters.
  static func fraction(_ upper: MathExpression, _ lower: MathExpression, _ fraction: MathFraction) -> MathAtom {
    var atom = fenced(.fraction(upper, lower, fraction), fraction.open, fraction.close)
    atom.kind = .ordinary
    return atom
  }

  mutating func parseRoot(_ call: MathCall) -> MathAtom {
    let index = parseOption(from: call.start)
    return MathAtom(.root(parseArgument(of: "\\sqrt", from: call.start), index: index))
  }

  // MARK: Stacks

  /// `\overset` and its like: something over or under a base, which keeps its class.
  mutating func parseStack(_ call: MathCall) -> MathAtom {
    let command = "\\" + call.name
    let script = parseArgument(of: command, from: call.start)
    let base = parseSolid(of: command, from: call.start)
    let isUnder = call.name == "underset"
    return MathAtom(
      .scripts(base.expression, lower: isUnder ? script : nil, upper: isUnder ? nil : script, .limits),
      call.name == "stackrel" ? .relation : base.kind)
  }

  /// An arrow as long as what stands over and under it.
  private mutating func parseArrow(_ text: String, command: String, from start: Int) -> MathAtom {
    func padded(_ label: MathExpression) -> MathExpression {
      let space = MathAtom(.space(0.4), .none)
      return .row([space, MathAtom(label), space])
    }
    let lower = parseOption(from: start)
    let upper = parseArgument(of: command, from: start)
    let arrow = MathExpression.symbol(MathOperator(text: text, isStretchy: true))
    return MathAtom(.scripts(arrow, lower: lower.map(padded), upper: padded(upper), .limits), .relation)
  }

  mutating func parseSubstack(_ call: MathCall) -> MathAtom {
    guard current.token == .openBrace else {
      warn("\\substack needs its lines in braces", from: call.start)
      return MathAtom(.unknown("\\substack"))
    }
    advance()
    openGroups += 1
    var rows = [[MathExpression(parseRow(endingAt: .cell))]]
    while current.token == .newRow || current.token == .ampersand {
      advance()
      rows.append([MathExpression(parseRow(endingAt: .cell))])
    }
    openGroups -= 1
    if current.token == .closeBrace { advance() } else { warn("{ is never closed", from: call.start) }
    return MathAtom(.table(MathTable(style: .small, rows: rows)))
  }

  // MARK: Others

  mutating func parseNegation(_ call: MathCall) -> MathAtom {
    var atom = parseAtom()
    guard case .symbol(var symbol) = atom.expression else {
      warn("\\not has no relation to negate", from: call.start)
      return atom
    }
    symbol.text = MathSymbols.negated[symbol.text] ?? symbol.text + "\u{338}"
    atom.expression = .symbol(symbol)
    return atom
  }

  mutating func parseModulus(_ call: MathCall) -> MathAtom {
    let modulus = MathAtom(parseArgument(of: "\\" + call.name, from: call.start))
    let word = MathAtom(.identifier("mod", isUpright: true))
    let name = call.name == "pod" ? [] : [word, MathAtom(.space(1 / 3.0), .none)]
    let parts =
      call.name == "mod" ? name + [modulus] : [delimiter("(", .opening)] + name + [modulus, delimiter(")", .closing)]
    return MathAtom(.row([MathAtom(.space(1), .none)] + parts))
  }

  mutating func parseTag(_ call: MathCall) -> MathAtom {
    guard let range = parseRawRange(of: "\\" + call.name, from: call.start) else { return .nothing }
    var parts = [MathAtom(text(in: range, .plain))]
    if call.name == "tag" { parts = [MathAtom(.text("(", .plain))] + parts + [MathAtom(.text(")", .plain))] }
    return MathAtom(.row([MathAtom(.space(2), .none)] + parts))
  }

  /// `\hspace{1em}`, and `\kern1em` without braces.
  mutating func parseLength(_ call: MathCall) -> MathAtom {
    let isBraced = call.name.hasPrefix("hspace")
    let range = isBraced ? parseRawRange(of: "\\" + call.name, from: call.start) : nil
    if isBraced, range == nil { return .nothing }
    guard let length = lexer.length(at: range?.lowerBound ?? current.range.lowerBound) else {
      warn("\\\(call.name) needs a length such as 1em or 3pt", from: call.start)
      return .nothing
    }
    if !isBraced {
      lexer.skip(to: length.end)
      advance()
    }
    return MathAtom(.space(length.em), .none)
  }

  /// The colour that comes next, as MathML writes it; nil, with a warning, for none.
  mutating func parseColour(of command: String, from start: Int) -> String? {
    if current.token == .character("[") { _ = parseOption(from: start) }
    return parseRawRange(of: "\\" + command, from: start).flatMap { colour(in: $0) }
  }

  /// The colour that is written at `range`, as MathML writes it; nil, with a warning, for none.
  mutating func colour(in range: Range<Int>) -> String? {
    let written = source(range)
    let name = written.lowercased()
    let digits = name.dropFirst()
    let isNumber = name.hasPrefix("#") && [3, 6].contains(digits.count) && digits.utf8.allSatisfy(\.isHexDigit)
    if isNumber || MathSymbols.colours.contains(name) { return name }
    let isWord = !name.isEmpty && name.utf8.allSatisfy(\.isASCIILetter)
    warn("a colour is a name or #rrggbb, not \(written)", at: range, unknownName: isWord ? .colour(name) : nil)
    return nil
  }
}
