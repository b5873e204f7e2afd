import Markup

/// Writes a formula as MathML Core, which today's browsers show without script.
struct MathMLWriter {
  var writer: MarkupWriter

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
      write(upper)
      write(lower)
      writer.close()
    case .root(let radicand, let index):
      writer.open(index == nil ? "msqrt" : "mroot")
      write(radicand)
      if let index { write(index) }
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
      write(content)
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
    if let lower { write(lower) }
    if let upper { write(upper) }
    writer.close()
  }

  // MARK: Operators

  private mutating func write(_ symbol: MathOperator) {
    var attributes: Attributes = [:]
    if symbol.isPrefix { attributes.add("form", "prefix") }
    if symbol.isStretchy == true {
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
    for row in table.rows {
      writer.open("mtr")
      for (column, cell) in row.enumerated() {
        let alignment = MathMLWriter.alignment(of: column, in: table)
        writer.open(
          "mtd",
          [
            "class": alignment == .none ? nil : "math-\(alignment.rawValue)",
            "columnalign": alignment == .none ? nil : alignment.rawValue,
          ])
        write(cell)
        writer.close()
      }
      writer.close()
    }
    writer.close()
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
