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
  /// The alphabet that letters are set in.
  var alphabet = MathAlphabet.plain
  var warnings: [MathWarning] = []
  private var depth = 0
  private(set) var isTooDeep = false
  /// What is open, and would be ended by a token that ends nothing here.
  var openGroups = 0
  var openFences = 0
  var openEnvironments = 0

  init(_ source: [UInt8]) {
    lexer = MathLexer(source)
    current = lexer.next()
  }

  /// The whole formula.
  mutating func parse() -> MathExpression {
    var rows = [parseRow(endingAt: .formula)]
    while current.token == .newRow {
      advance()
      rows.append(parseRow(endingAt: .formula))
    }
    if isTooDeep { return .unknown(String(decoding: lexer.source, as: UTF8.self)) }
    return rows.count == 1 ? rows[0] : .table(MathTable(style: .gathered, rows: rows.map { [$0] }))
  }

  // MARK: Tokens

  mutating func advance() {
    current = lexer.next()
  }

  /// Reports something about the source from `start` to the present token.
  mutating func warn(_ message: String, from start: Int) {
    var end = max(start, current.range.lowerBound)
    while end > start, lexer.source[end - 1].isASCIIWhitespace { end -= 1 }
    warn(message, at: start..<end)
  }

  mutating func warn(_ message: String, at range: Range<Int>, unknownCommand: String? = nil) {
    // One formula needs no hundred warnings, nor a report that grows with each of its characters.
    guard warnings.count < 20 else { return }
    warnings.append(MathWarning(message: message, range: range, unknownCommand: unknownCommand))
  }

  /// The source of a range.
  func source(_ range: Range<Int>) -> String {
    String(decoding: lexer.source[range], as: UTF8.self)
  }

  // MARK: Rows

  /// What ends a row.
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

  /// Reads expressions up to what ends the row, which is left to be read.
  mutating func parseRow(endingAt end: RowEnd) -> MathExpression {
    guard descend() else { return .row([]) }
    defer { depth -= 1 }
    var row = MathRow()
    while !isRowEnd(end) {
      if isStray(end) {
        row.append(takeStray())
      } else if case .command(let name) = current.token, let style = MathParser.styles[name] {
        advance()
        let rest = parseRow(endingAt: end)
        row.append(MathAtom(.style(rest, isDisplay: style.isDisplay, level: style.level)))
      } else {
        row.append(parseScripted())
      }
    }
    return row.expression
  }

  private static let styles: [String: (isDisplay: Bool, level: Int)] = [
    "displaystyle": (true, 0), "textstyle": (false, 0), "scriptstyle": (false, 1), "scriptscriptstyle": (false, 2),
  ]

  /// Goes one level deeper, or gives the formula up when that is too deep.
  private mutating func descend() -> Bool {
    guard depth < MathParser.maximumDepth else {
      if !isTooDeep {
        warn("the formula is nested deeper than \(MathParser.maximumDepth) levels", at: current.range)
      }
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
    guard descend() else { return MathAtom(.row([])) }
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
  private func isStray(_ end: RowEnd) -> Bool {
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
    var lower: MathExpression?
    var upper: MathExpression?
    var primes = 0
    var takesLimits = atom.takesLimits
    scan: while true {
      let start = current.range.lowerBound
      switch current.token {
      case .command("limits"):
        takesLimits = true
        advance()
      case .command("nolimits"):
        takesLimits = false
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
          if upper != nil { warn("a second superscript: use braces", from: start) }
          upper = upper.map { .row([$0, script]) } ?? script
        }
      case .subscripted:
        advance()
        let script = parseArgument(of: "_", from: start)
        if lower != nil { warn("a second subscript: use braces", from: start) }
        lower = lower.map { .row([$0, script]) } ?? script
      default:
        break scan
      }
    }
    if primes > 0, !takesLimits {
      atom.expression = .row([atom.expression, MathParser.primes(primes)])
      // A subscript stands below the primes, not after them.
      lower = lower.map { .row([.space(-0.22), $0]) }
    }
    if lower != nil || upper != nil {
      atom.expression =
        takesLimits
        ? .limits(atom.expression, lower: lower, upper: upper, isAccent: false)
        : .scripts(atom.expression, lower: lower, upper: upper)
    }
    if primes > 0, takesLimits { atom.expression = .row([atom.expression, MathParser.primes(primes)]) }
    return atom
  }

  /// Primes at their full size: their glyphs stand high by themselves, and as superscripts would be raised twice.
  private static func primes(_ count: Int) -> MathExpression {
    let glyphs = ["′", "″", "‴", "⁗"]
    let text = count <= glyphs.count ? glyphs[count - 1] : String(repeating: "′", count: count)
    var symbol = MathOperator(text, .ordinary)
    symbol.isTight = true
    return .symbol(symbol)
  }

  // MARK: Arguments

  /// What a command or a script applies to: a group, or one token.
  mutating func parseArgument(of command: String, from start: Int) -> MathExpression {
    switch current.token {
    case .openBrace:
      return parseGroup()
    case .digits(let digits) where digits.utf8.count > 1:
      // A single digit is an argument: \frac12 is one half.
      let place = current.range.lowerBound
      lexer.skip(to: place + 1)
      advance()
      return .number(digits.prefix(1).map(alphabet.character).joined())
    case .end, .closeBrace, .ampersand, .newRow, .command("end"), .command("right"), .superscript, .subscripted:
      warn("\(command) has nothing to apply to", from: start)
      return .unknown("")
    default:
      return parseAtom().expression
    }
  }

  /// A group in braces.
  mutating func parseGroup() -> MathExpression {
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

  /// The text in braces that comes next, as written; nil, with a warning, when there is none.
  mutating func parseRawGroup(of command: String, from start: Int) -> String? {
    guard current.token == .openBrace, let text = lexer.rawGroup() else {
      warn("\(command) needs text in braces", from: start)
      return nil
    }
    advance()
    return text
  }
}
