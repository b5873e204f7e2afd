import Markup

/// Writes a formula as MathML Core, which today's browsers show without script.
struct MathMLWriter {
  var writer: MarkupWriter
  /// Whether what is being written is set in display style.
  var isDisplay = false

  /// Writes an expression in a style.
  private mutating func write(_ expression: MathExpression, isDisplay style: Bool) {
    let outer = isDisplay
    isDisplay = style
    write(expression)
    isDisplay = outer
  }

  /// Writes an expression. Its depth is limited by the parser, so recursion is too.
  mutating func write(_ expression: MathExpression) {
    switch expression {
    case .row(let items):
      writer.open("mrow")
      for item in items { write(item) }
      writer.close()
    case .identifier(let name, let isUpright):
      writer.element("mi", ["mathvariant": isUpright && name.count == 1 ? "normal" : nil], text: name)
    case .number(let digits):
      writer.element("mn", text: digits)
    case .symbol(let symbol):
      write(symbol)
    case .text(let text):
      writer.element("mtext", text: MathMLWriter.spaced(text))
    case .space(let width):
      writer.empty("mspace", ["width": MathMLWriter.em(width)])
    case .fraction(let upper, let lower, let hasBar, let isDisplay):
      let display = isDisplay.map { $0 ? "true" : "false" }
      writer.open("mfrac", ["linethickness": hasBar ? nil : "0", "displaystyle": display])
      write(upper, isDisplay: false)
      write(lower, isDisplay: false)
      writer.close()
    case .root(let radicand, let index):
      writer.open(index == nil ? "msqrt" : "mroot")
      write(radicand)
      if let index { write(index, isDisplay: false) }
      writer.close()
    case .scripts(let base, let lower, let upper):
      writeScripts(["msub", "msup", "msubsup"], [:], base, lower, upper)
    case .limits(let base, let lower, let upper, let isAccent):
      let attributes: Attributes = isAccent ? [lower == nil ? "accent" : "accentunder": "true"] : [:]
      writeScripts(["munder", "mover", "munderover"], attributes, base, lower, upper)
    case .table(let table):
      write(table)
    case .style(let content, let isDisplay, let level):
      writer.open("mstyle", ["displaystyle": isDisplay ? "true" : "false", "scriptlevel": "\(level)"])
      write(content, isDisplay: isDisplay)
      writer.close()
    case .phantom(let content):
      writer.open("mphantom")
      write(content)
      writer.close()
    case .boxed(let content):
      writer.open("mrow", ["class": "math-boxed"])
      write(content)
      writer.close()
    case .unknown(let source):
      writer.element("mtext", ["class": "math-unknown"], text: MathMLWriter.spaced(source))
    }
  }

  private mutating func writeScripts(
    _ names: [String], _ attributes: Attributes, _ base: MathExpression, _ lower: MathExpression?,
    _ upper: MathExpression?
  ) {
    writer.open(lower == nil ? names[1] : upper == nil ? names[0] : names[2], attributes)
    write(base)
    if let lower { write(lower, isDisplay: false) }
    if let upper { write(upper, isDisplay: false) }
    writer.close()
  }

  // MARK: Operators

  /// The height of an integral in display style, in em: that of TeX's.
  private static let integralHeight = 2.22

  private mutating func write(_ symbol: MathOperator) {
    if isDisplay, MathSymbols.integrals.values.contains(symbol.text) {
      writeLargeIntegral(symbol.text)
      return
    }
    var attributes: Attributes = [:]
    if symbol.isPrefix { attributes.add("form", "prefix") }
    if symbol.isStretchy == true || MathSymbols.bars.values.contains(symbol.text) {
      if symbol.kind == .opening { attributes.add("form", "prefix") }
      if symbol.kind == .closing { attributes.add("form", "postfix") }
    }
    attributes.add("stretchy", symbol.isStretchy.map { $0 ? "true" : "false" })
    attributes.add("movablelimits", symbol.hasMovableLimits ? "true" : nil)
    if symbol.isTight {
      attributes.add("lspace", "0")
      attributes.add("rspace", "0")
    } else if symbol.text.utf8.count > 1, symbol.text.utf8.allSatisfy(\.isASCIILetter) {
      // A word as an operator is not in the operator dictionary.
      attributes.add("lspace", "0.2222em")
      attributes.add("rspace", "0.2222em")
    }
    attributes.add("minsize", symbol.size.map(MathMLWriter.em))
    attributes.add("maxsize", symbol.size.map(MathMLWriter.em))
    writer.element("mo", attributes, text: symbol.text)
  }

  /// Writes an integral in display style. Some fonts have large integrals only for growing, and what carries scripts grows only in
  /// a row of its own.
  private mutating func writeLargeIntegral(_ text: String) {
    let height = MathMLWriter.em(MathMLWriter.integralHeight)
    writer.open("mrow")
    writer.element("mo", ["stretchy": "true", "minsize": height, "maxsize": height], text: text)
    writer.close()
  }

  // MARK: Tables

  private mutating func write(_ table: MathTable) {
    let isDisplay = table.style == .aligned || table.style == .gathered
    let name: String =
      switch table.style {
      case .matrix, .array: "math-matrix"
      case .smallMatrix: "math-small"
      case .cases: "math-cases"
      case .aligned: "math-aligned"
      case .gathered: "math-gathered"
      }
    writer.open(
      "mtable",
      [
        "class": name, "displaystyle": isDisplay ? "true" : nil,
        "scriptlevel": table.style == .smallMatrix ? "1" : nil,
      ])
    for (index, row) in table.rows.enumerated() {
      writer.open("mtr")
      // A rule goes down through short rows too.
      let padding = table.hasColumnRules ? max(0, table.alignments.count - row.count) : 0
      let cells = row + Array(repeating: MathExpression.row([]), count: padding)
      for (column, cell) in cells.enumerated() {
        let alignment = MathMLWriter.alignment(of: column, in: table)
        var classes = alignment == .none ? [] : ["math-\(alignment.rawValue)"]
        classes += MathMLWriter.rules(around: column, of: cells.count, row: index, in: table)
        writer.open(
          "mtd",
          [
            "class": classes.isEmpty ? nil : classes.joined(separator: " "),
            "columnalign": alignment == .none ? nil : alignment.rawValue,
          ])
        write(cell, isDisplay: isDisplay)
        writer.close()
      }
      writer.close()
    }
    writer.close()
  }

  /// The classes of the rules around a cell: MathML Core leaves them to style sheets.
  private static func rules(around column: Int, of count: Int, row: Int, in table: MathTable) -> [String] {
    func rule(_ side: String, _ rules: [Int], _ index: Int) -> String? {
      guard index < rules.count, rules[index] > 0 else { return nil }
      return rules[index] > 1 ? "math-rules-\(side)" : "math-rule-\(side)"
    }
    let isLastColumn = column == count - 1
    let isLastRow = row == table.rows.count - 1
    return [
      rule("top", table.rowRules, row), isLastRow ? rule("bottom", table.rowRules, row + 1) : nil,
      rule("left", table.columnRules, column), isLastColumn ? rule("right", table.columnRules, column + 1) : nil,
    ].compactMap(\.self)
  }

  private static func alignment(of column: Int, in table: MathTable) -> ColumnAlignment {
    switch table.style {
    case .matrix, .smallMatrix, .gathered: .none
    case .cases: .left
    case .aligned: column % 2 == 0 ? .right : .left
    case .array: column < table.alignments.count ? table.alignments[column] : .none
    }
  }

  // MARK: Text

  /// Text whose outer spaces survive: MathML collapses plain ones.
  private static func spaced(_ text: String) -> String {
    String(text.map { $0.isWhitespace ? "\u{A0}" : $0 })
  }

  /// A length in em with at most four decimals.
  private static func em(_ width: Double) -> String {
    let scaled = Int((width.magnitude * 10_000).rounded())
    var digits = String(scaled % 10_000)
    digits = String(repeating: "0", count: 4 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    let sign = width < 0 ? "-" : ""
    return digits.isEmpty ? "\(sign)\(scaled / 10_000)em" : "\(sign)\(scaled / 10_000).\(digits)em"
  }
}
