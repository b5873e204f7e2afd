/// Matrices, cases and alignments: `\begin{name} … \end{name}`.
extension MathParser {
  /// How an environment is set, and the delimiters around it.
  private static let environments: [String: (style: MathTable.Style, open: String, close: String)] = [
    "matrix": (.matrix, "", ""), "pmatrix": (.matrix, "(", ")"), "bmatrix": (.matrix, "[", "]"),
    "Bmatrix": (.matrix, "{", "}"), "vmatrix": (.matrix, "|", "|"), "Vmatrix": (.matrix, "‖", "‖"),
    "smallmatrix": (.smallMatrix, "", ""), "cases": (.cases, "{", ""), "rcases": (.cases, "", "}"),
    "array": (.array, "", ""), "aligned": (.aligned, "", ""), "align": (.aligned, "", ""),
    "align*": (.aligned, "", ""), "alignat": (.aligned, "", ""), "split": (.aligned, "", ""),
    "eqnarray": (.aligned, "", ""), "gathered": (.gathered, "", ""), "gather": (.gathered, "", ""),
    "gather*": (.gathered, "", ""), "equation": (.gathered, "", ""), "equation*": (.gathered, "", ""),
  ]

  mutating func parseEnvironment(from start: Int) -> MathAtom {
    guard let name = parseRawGroup(of: "\\begin", from: start) else { return MathAtom(.unknown("\\begin")) }
    let environment = MathParser.environments[name]
    if environment == nil { warn("unknown TeX environment \(name)", from: start) }
    var table = MathTable(style: environment?.style ?? .matrix, rows: [])
    if table.style == .array { parseColumns(of: &table, from: start) }
    openEnvironments += 1
    parseRows(of: &table)
    openEnvironments -= 1
    closeEnvironment(name, from: start)
    guard let environment else {
      return MathAtom(.row([.unknown("\\begin{\(name)}"), .table(table), .unknown("\\end{\(name)}")]))
    }
    var parts: [MathExpression] = []
    if !environment.open.isEmpty {
      parts.append(.symbol(MathOperator(environment.open, .opening, isStretchy: true)))
    }
    parts.append(.table(table))
    if !environment.close.isEmpty {
      parts.append(.symbol(MathOperator(environment.close, .closing, isStretchy: true)))
    }
    return MathAtom(parts.count == 1 ? parts[0] : .row(parts))
  }

  private mutating func parseRows(of table: inout MathTable) {
    table.rowRules.append(parseRowRules())
    var row = [parseRow(endingAt: .cell)]
    while true {
      if current.token == .ampersand {
        advance()
        row.append(parseRow(endingAt: .cell))
      } else if current.token == .newRow {
        advance()
        table.rows.append(row)
        table.rowRules.append(parseRowRules())
        row = [parseRow(endingAt: .cell)]
      } else {
        break
      }
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
  private mutating func parseColumns(of table: inout MathTable, from start: Int) {
    guard let columns = parseRawGroup(of: "\\begin{array}", from: start) else { return }
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
