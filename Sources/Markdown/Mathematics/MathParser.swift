/// Reads a formula token by token into a tree.
///
/// It never fails: what it does not understand stays visible as it is written and is reported as a warning. Nesting is limited,
/// so that neither reading nor writing a formula can exhaust the stack.
struct MathParser {
  /// Groups and commands nest no deeper; a fraction in a fraction is two levels.
  static let maximumDepth = 100

  var lexer: MathLexer
  /// The token that comes next.
  var current: MathLexer.Lexeme
  var alphabet = MathAlphabet.plain
  var warnings: [MathWarning] = []
  var depth = 0
  private(set) var isTooDeep = false
  /// What is open, and would be ended by a token that ends nothing here.
  var openGroups = 0
  var openFences = 0
  var openEnvironments = 0

  init(_ source: [UInt8]) {
    lexer = MathLexer(source)
    current = lexer.next()
  }

  mutating func parse() -> MathExpression {
    var rows = [parseRow(endingAt: .formula)]
    while current.token == .newRow {
      advance()
      rows.append(parseRow(endingAt: .formula))
    }
    if isTooDeep { return .unknown(String(decoding: lexer.source, as: UTF8.self)) }
    if rows.count == 1 { return MathExpression(rows[0]) }
    return .table(MathTable(style: .gathered, rows: rows.map { [MathExpression($0)] }, isDisplay: true))
  }

  // MARK: Tokens

  mutating func advance() { current = lexer.next() }

  /// Reports something about the source from `start` to the present token.
  mutating func warn(_ message: String, from start: Int) {
    warn(message, at: trimmed(start..<max(start, current.range.lowerBound)))
  }

  /// A range of the source without the white space at its end.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    range.lowerBound..<lexer.source.trimmedEnd(of: range, \.isASCIIWhitespace)
  }

  mutating func warn(_ message: String, at range: Range<Int>, unknownName: MathWarning.UnknownName? = nil) {
    // One formula needs no hundred warnings, nor a report that grows with each of its characters.
    guard warnings.count < MathWarning.most else { return }
    warnings.append(MathWarning(message: message, range: range, unknownName: unknownName))
  }

  func source(_ range: Range<Int>) -> String { String(decoding: lexer.source[range], as: UTF8.self) }

  // MARK: Rows

  enum RowEnd {
    case formula
    /// `}`
    case group
    /// `]`
    case bracket
    /// `&`, `\\` or `\end`
    case cell
    /// `\right`
    case fence
  }

  /// Reads atoms up to what ends the row, which is left to be read.
  mutating func parseRow(endingAt end: RowEnd) -> [MathAtom] {
    guard descend() else { return [] }
    let outer = alphabet
    defer {
      depth -= 1
      alphabet = outer
    }
    var row: [MathAtom] = []
    var numerator: (atoms: [MathAtom], fraction: MathFraction)?
    while !isRowEnd(end) {
      if isStray {
        row.append(takeStray())
        continue
      }
      guard case .command(let name) = current.token else {
        row.append(parseScripted())
        continue
      }
      let start = current.range.lowerBound
      switch MathCommand.all[name] {
      case .font(let font):
        advance()
        alphabet = font
      case .style(let isDisplay, let level):
        advance()
        row.append(rest(of: row, endingAt: end) { .style($0, isDisplay: isDisplay, level: level) })
      case .colour(toEnd: true):
        advance()
        let colour = parseColour(of: name, from: start)
        let paint: (MathExpression) -> MathExpression = { colour == nil ? $0 : .decorated($0, .coloured(colour ?? "")) }
        // MathJax's \color has what to colour in braces after it, LaTeX's has not.
        row.append(
          current.token == .openBrace
            ? MathAtom(paint(MathExpression(parseGroup()))) : rest(of: row, endingAt: end, paint))
      case .infix(let fraction) where numerator == nil:
        advance()
        numerator = (row, fraction)
        row = []
      case .infix:
        advance()
        warn("a second \\\(name): use braces", from: start)
        row.append(MathAtom(.unknown("\\" + name)))
      default: row.append(parseScripted())
      }
    }
    guard let numerator else { return row }
    return [MathParser.fraction(MathExpression(numerator.atoms), MathExpression(row), numerator.fraction)]
  }

  /// What a command changes up to the row's end. It is no group to TeX: it begins as if it went on with what stands before it.
  private mutating func rest(
    of row: [MathAtom], endingAt end: RowEnd, _ change: (MathExpression) -> MathExpression
  ) -> MathAtom {
    let previous = row.last { $0.kind != .none }.map { [MathAtom(.row([]), $0.kind)] } ?? []
    return MathAtom(change(MathExpression(previous + parseRow(endingAt: end))), previous.isEmpty ? .ordinary : .none)
  }

  /// Goes one level deeper, or gives the formula up when that is too deep.
  mutating func descend() -> Bool {
    guard depth < MathParser.maximumDepth else {
      if !isTooDeep { warn("the formula is nested deeper than \(MathParser.maximumDepth) levels", at: current.range) }
      isTooDeep = true
      lexer.skip(to: lexer.source.count)
      advance()
      return false
    }
    depth += 1
    return true
  }

  /// A command with its arguments, one level deeper.
  mutating func parseNested(_ name: String, from start: Int) -> MathAtom {
    guard descend() else { return .nothing }
    defer { depth -= 1 }
    return parseCommand(name, from: start)
  }

  private func isRowEnd(_ end: RowEnd) -> Bool {
    switch current.token {
    case .end: true
    case .newRow: end == .cell || end == .formula
    case .ampersand: end == .cell
    case .closeBrace: end == .group || openGroups > 0
    case .command("end"): end == .cell || openEnvironments > 0
    case .command("right"): end == .fence || openFences > 0
    case .character("]"): end == .bracket
    default: false
    }
  }

  /// Whether the token ends something that is not open.
  private var isStray: Bool {
    switch current.token {
    case .newRow, .ampersand, .closeBrace, .command("end"), .command("right"): true
    default: false
    }
  }

  private mutating func takeStray() -> MathAtom {
    let written = source(current.range)
    let message =
      switch current.token {
      case .ampersand: "& stands outside a matrix or an alignment"
      case .newRow: "\\\\ ends no row here"
      case .closeBrace: "} closes nothing"
      default: "\(written) ends nothing"
      }
    warn(message, at: current.range)
    advance()
    return MathAtom(.unknown(written))
  }

  // MARK: Scripts

  /// An atom with its sub- and superscripts.
  mutating func parseScripted() -> MathAtom {
    var atom = parseAtom()
    var lower: [MathAtom] = []
    var upper: [MathAtom] = []
    var primes = 0
    scan: while true {
      let start = current.range.lowerBound
      switch current.token {
      case .command(let name):
        guard let placement = MathParser.placements[name] else { break scan }
        atom.placement = placement
        advance()
      case .primes(let count):
        advance()
        primes += count
      case .superscript:
        advance()
        let script = parseArgument(of: "^", from: start)
        if script == .identifier("′", isUpright: true) {
          primes += 1
        } else {
          if !upper.isEmpty { warn("a second superscript: use braces", from: start) }
          upper.append(MathAtom(script))
        }
      case .subscripted:
        advance()
        let script = parseArgument(of: "_", from: start)
        if !lower.isEmpty { warn("a second subscript: use braces", from: start) }
        lower.append(MathAtom(script))
      default: break scan
      }
    }
    let isBeside = atom.placement == .beside
    let glyphs = primes == 0 ? [] : [MathAtom(MathParser.primes(primes))]
    if isBeside, !glyphs.isEmpty {
      atom.expression = .row([MathAtom(atom.expression)] + glyphs)
      // A subscript stands below the primes, not after them.
      if !lower.isEmpty { lower.insert(MathAtom(.space(-0.22), .none), at: 0) }
    }
    if !lower.isEmpty || !upper.isEmpty {
      atom.expression = .scripts(
        atom.expression, lower: lower.isEmpty ? nil : MathExpression(lower),
        upper: upper.isEmpty ? nil : MathExpression(upper), atom.placement)
    }
    if !isBeside, !glyphs.isEmpty { atom.expression = .row([MathAtom(atom.expression)] + glyphs) }
    return atom
  }

  /// The commands that say where scripts go.
  private static let placements: [String: MathScriptPlacement] = [
    "limits": .limits, "nolimits": .beside, "displaylimits": .limitsInDisplay,
  ]

  /// Primes at their full size: their glyphs stand high by themselves, and as superscripts would be raised twice.
  private static func primes(_ count: Int) -> MathExpression {
    let glyphs = ["′", "″", "‴", "⁗"]
    let text = count <= glyphs.count ? glyphs[count - 1] : String(repeating: "′", count: count)
    return .symbol(MathOperator(text: text))
  }

  // MARK: Arguments

  /// What a command or a script applies to: a group, or one token.
  mutating func parseArgument(of command: String, from start: Int) -> MathExpression {
    parseSolid(of: command, from: start).expression
  }

  /// An argument that keeps its class: a group of one atom is to its neighbours what that atom is.
  mutating func parseSolid(of command: String, from start: Int) -> MathAtom {
    switch current.token {
    case .openBrace:
      let atoms = parseGroup()
      return atoms.count == 1 ? atoms[0] : MathAtom(.row(atoms))
    case .digits(let digits) where digits.utf8.count > 1:
      // A single digit is an argument: \frac12 is one half.
      lexer.skip(to: current.range.lowerBound + 1)
      advance()
      return MathAtom(.number(digits.prefix(1).map(alphabet.character).joined()))
    case .end, .closeBrace, .ampersand, .newRow, .command("end"), .command("right"), .superscript, .subscripted:
      warn("\(command) has nothing to apply to", from: start)
      return MathAtom(.unknown(""))
    default: return parseAtom()
    }
  }

  mutating func parseGroup() -> [MathAtom] {
    let start = current.range
    advance()
    openGroups += 1
    let row = parseRow(endingAt: .group)
    openGroups -= 1
    if current.token == .closeBrace {
      advance()
    } else if !isTooDeep {
      warn("{ is never closed", at: start)
    }
    return row
  }

  /// What stands in the brackets that may come next.
  mutating func parseOption(from start: Int) -> MathExpression? {
    guard current.token == .character("[") else { return nil }
    advance()
    let option = MathExpression(parseRow(endingAt: .bracket))
    if current.token == .character("]") { advance() } else { warn("[ is never closed", from: start) }
    return option
  }

  /// The text in braces that comes next, as written; nil, with a warning, when there is none.
  mutating func parseRawGroup(of command: String, from start: Int) -> String? {
    parseRawRange(of: command, from: start).map(source)
  }

  /// Where the text in braces stands that comes next; nil, with a warning, when there is none.
  mutating func parseRawRange(of command: String, from start: Int) -> Range<Int>? {
    guard current.token == .openBrace, let text = lexer.rawGroup() else {
      warn("\(command) needs text in braces", from: start)
      return nil
    }
    advance()
    return text
  }
}
