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
    if table.style == .array { table.alignments = parseColumns(from: start) }
    openEnvironments += 1
    table.rows = parseRows()
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

  private mutating func parseRows() -> [[MathExpression]] {
    var rows: [[MathExpression]] = []
    var row = [parseRow(endingAt: .cell)]
    while true {
      if current.token == .ampersand {
        advance()
        row.append(parseRow(endingAt: .cell))
      } else if current.token == .newRow {
        advance()
        rows.append(row)
        row = [parseRow(endingAt: .cell)]
      } else {
        break
      }
    }
    // A \\ after the last row begins no further one.
    if row != [.row([])] || rows.isEmpty { rows.append(row) }
    return rows
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

  /// The `{lcr}` of an array; rules between columns are left out.
  private mutating func parseColumns(from start: Int) -> [ColumnAlignment] {
    guard let columns = parseRawGroup(of: "\\begin{array}", from: start) else { return [] }
    return columns.compactMap { column in
      switch column {
      case "l": .left
      case "c": .centre
      case "r": .right
      default: nil
      }
    }
  }
}
