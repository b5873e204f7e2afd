/// Matrices, cases and alignments: `\begin{name} … \end{name}`.
extension MathParser {
  mutating func parseEnvironment(_ call: MathCall) -> MathAtom {
    let start = call.start
    guard let name = parseRawGroup(of: "\\begin", from: start) else { return MathAtom(.unknown("\\begin")) }
    let environment = MathEnvironment.all[name]
    if environment == nil {
      let end = max(start, current.range.lowerBound)
      warn("unknown TeX environment \(name)", at: trimmed(start..<end), unknownName: .environment(name))
    }
    var table = environment?.table ?? MathTable(style: .matrix)
    if environment?.takesPosition == true { skipPosition() }
    if environment?.takesArgument == true, let columns = parseRawGroup(of: "\\begin{\(name)}", from: start),
      table.isArray
    {
      setColumns(columns, of: &table)
    }
    openEnvironments += 1
    parseRows(of: &table)
    openEnvironments -= 1
    closeEnvironment(name, from: start)
    guard let environment else {
      return MathAtom(
        .row([MathAtom(.unknown("\\begin{\(name)}")), MathAtom(.table(table)), MathAtom(.unknown("\\end{\(name)}"))]))
    }
    return MathParser.fenced(.table(table), environment.open, environment.close)
  }

  /// An expression between delimiters as tall as it is; either may be empty.
  static func fenced(_ expression: MathExpression, _ open: String, _ close: String) -> MathAtom {
    if open.isEmpty, close.isEmpty { return MathAtom(expression) }
    return MathAtom(
      .row(
        (open.isEmpty ? [] : [MathOperator.fence(open, .opening)]) + [MathAtom(expression)]
          + (close.isEmpty ? [] : [MathOperator.fence(close, .closing)])), .inner)
  }

  /// Passes over the `[t]` that says how an environment stands on its line.
  private mutating func skipPosition() {
    guard current.token == .character("["), let letter = lexer.byte(lexer.position), "tbc".utf8.contains(letter),
      lexer.byte(lexer.position + 1) == ASCII.rightBracket
    else { return }
    lexer.skip(to: lexer.position + 2)
    advance()
  }

  private mutating func parseRows(of table: inout MathTable) {
    table.rowRules.append(parseRowRules())
    // In an alignment, the second of two columns goes on with what stands in the first.
    let goesOn = table.alignments == [.right, .left]
    func cell(_ atoms: [MathAtom], _ column: Int) -> MathExpression {
      MathExpression(goesOn && column % 2 == 1 ? [MathAtom(.row([]))] + atoms : atoms)
    }
    var row = [cell(parseRow(endingAt: .cell), 0)]
    while current.token == .ampersand || current.token == .newRow {
      let endsRow = current.token == .newRow
      advance()
      if endsRow {
        table.rows.append(row)
        table.rowRules.append(parseRowRules())
        row = []
      }
      row.append(cell(parseRow(endingAt: .cell), row.count))
    }
    // A \\ after the last row begins no further one; an \hline after it is below the last.
    if row != [.row([])] || table.rows.isEmpty {
      table.rows.append(row)
      table.rowRules.append(0)
    }
  }

  /// The rules that a row begins with.
  private mutating func parseRowRules() -> Int {
    var rules = 0
    while current.token == .command("hline") {
      advance()
      rules += 1
    }
    return rules
  }

  private mutating func closeEnvironment(_ name: String, from start: Int) {
    guard current.token == .command("end") else {
      if !isTooDeep { warn("\\begin{\(name)} has no \\end{\(name)}", at: start..<start + 6) }
      return
    }
    let end = current.range.lowerBound
    advance()
    if let closed = parseRawGroup(of: "\\end", from: end), closed != name {
      warn("\\end{\(closed)} closes \\begin{\(name)}", from: end)
    }
  }

  /// The `{l|cr}` of an array: how each column is aligned, and where rules stand between them.
  private func setColumns(_ columns: String, of table: inout MathTable) {
    table.columnRules = [0]
    for column in columns {
      switch column {
      case "|": table.columnRules[table.alignments.count] += 1
      case "l": table.addColumn(.left)
      case "c": table.addColumn(.centre)
      case "r": table.addColumn(.right)
      default: break
      }
    }
  }
}

/// What `\begin{name}` begins.
struct MathEnvironment: Sendable {
  /// The empty table that it fills.
  var table: MathTable
  var open = ""
  var close = ""
  /// Whether an argument follows its name, and whether `[t]` may.
  var takesArgument = false
  var takesPosition = false

  /// All of them: what the parser knows, and what is suggested.
  static let all: [String: MathEnvironment] = {
    var all: [String: MathEnvironment] = [:]
    for (name, open, close) in [
      ("matrix", "", ""), ("pmatrix", "(", ")"), ("bmatrix", "[", "]"), ("Bmatrix", "{", "}"), ("vmatrix", "|", "|"),
      ("Vmatrix", "‖", "‖"),
    ] { all[name] = MathEnvironment(table: MathTable(style: .matrix), open: open, close: close) }
    all["smallmatrix"] = MathEnvironment(table: MathTable(style: .small))
    all["subarray"] = MathEnvironment(table: MathTable(style: .small), takesArgument: true)
    all["array"] = MathEnvironment(
      table: MathTable(style: .matrix, isArray: true), takesArgument: true, takesPosition: true)
    for (name, isDisplay, open, close) in [
      ("cases", false, "{", ""), ("dcases", true, "{", ""), ("rcases", false, "", "}"), ("drcases", true, "", "}"),
    ] {
      all[name] = MathEnvironment(
        table: MathTable(style: .cases, alignments: [.left], isDisplay: isDisplay), open: open, close: close)
    }
    func add(
      _ names: [String], _ style: MathTable.Style, _ alignments: [ColumnAlignment], takesArgument: Bool = false
    ) {
      for name in names {
        all[name] = MathEnvironment(
          table: MathTable(style: style, alignments: alignments, isDisplay: true), takesArgument: takesArgument,
          takesPosition: name.hasSuffix("ed") || name == "alignedat")
      }
    }
    add(["aligned", "align", "align*", "split", "flalign", "flalign*"], .aligned, [.right, .left])
    add(["alignedat", "alignat", "alignat*"], .alignedat, [.right, .left], takesArgument: true)
    add(["eqnarray", "eqnarray*"], .eqnarray, [.right, .centre, .left])
    add(["gathered", "gather", "gather*", "equation", "equation*", "multline", "multline*"], .gathered, [])
    return all
  }()
}
