import NbrunMarkup

/// Writes a formula as MathML Core, which today's browsers show without script.
struct MathMLWriter {
  var writer: MarkupWriter
  /// Whether what is being written is set in display style, and how many times it is a script of something.
  var isDisplay = false
  var level = 0

  private mutating func write(_ expression: MathExpression, isDisplay style: Bool, level: Int) {
    let outer = (isDisplay, self.level)
    (isDisplay, self.level) = (style, level)
    write(expression)
    (isDisplay, self.level) = outer
  }

  /// Writes an expression. Its depth is limited by the parser, so recursion is too.
  mutating func write(_ expression: MathExpression) {
    switch expression {
    case .row(let atoms):
      writer.open("mrow")
      write(atoms)
      writer.close()
    case .identifier(let name, let isUpright):
      writer.element("mi", ["mathvariant": isUpright && name.count == 1 ? "normal" : nil], text: name)
    case .number(let digits): writer.element("mn", text: digits)
    case .symbol(let symbol): write(symbol)
    case .text(let text, let style):
      let name = style == .plain ? nil : "math-\(style.rawValue)"
      writer.element("mtext", ["class": name], text: MathMLWriter.spaced(text))
    case .space(let width): writer.empty("mspace", ["width": MathMLWriter.em(width)])
    case .fraction(let upper, let lower, let fraction):
      let forced = fraction.isDisplay.map { $0 ? "true" : "false" }
      writer.open("mfrac", ["linethickness": fraction.hasBar ? nil : "0", "displaystyle": forced])
      let level = fraction.isDisplay ?? isDisplay ? level : level + 1
      write(upper, isDisplay: false, level: level)
      write(lower, isDisplay: false, level: level)
      writer.close()
    case .root(let radicand, let index):
      writer.open(index == nil ? "msqrt" : "mroot")
      write(radicand)
      if let index { write(index, isDisplay: false, level: level + 2) }
      writer.close()
    case .scripts(let base, let lower, let upper, let placement):
      write(base, lower, upper, isBeside: placement == .beside || placement == .limitsInDisplay && !isDisplay)
    case .accent(let base, let mark, let isUnder):
      writer.open(isUnder ? "munder" : "mover", [isUnder ? "accentunder" : "accent": "true"])
      write(base)
      write(mark)
      writer.close()
    case .table(let table): write(table)
    case .style(let content, let isDisplay, let level):
      writer.open("mstyle", ["displaystyle": isDisplay ? "true" : "false", "scriptlevel": level.map { "\($0)" }])
      write(content, isDisplay: isDisplay, level: level ?? self.level)
      writer.close()
    case .decorated(let content, let decoration): write(content, decoration)
    case .unknown(let source): writer.element("mtext", ["class": "math-unknown"], text: MathMLWriter.spaced(source))
    }
  }

  private mutating func write(_ content: MathExpression, _ decoration: MathDecoration) {
    switch decoration {
    case .styled(let name): writer.open("mrow", ["class": "math-\(name)"])
    case .coloured(let colour): writer.open("mstyle", ["mathcolor": colour])
    case .phantom: writer.open("mphantom")
    case .withoutWidth: writer.open("mpadded", ["width": "0"])
    case .withoutHeight: writer.open("mpadded", ["height": "0", "depth": "0"])
    }
    write(content)
    writer.close()
  }

  private mutating func write(
    _ base: MathExpression, _ lower: MathExpression?, _ upper: MathExpression?, isBeside: Bool
  ) {
    let names = isBeside ? ["msub", "msup", "msubsup"] : ["munder", "mover", "munderover"]
    writer.open(lower == nil ? names[1] : upper == nil ? names[0] : names[2])
    if case .symbol(let symbol) = base { writeBase(symbol, isMovable: !isBeside && !isDisplay) } else { write(base) }
    if let lower { write(lower, isDisplay: false, level: level + 1) }
    if let upper { write(upper, isDisplay: false, level: level + 1) }
    writer.close()
  }

  /// Writes a symbol that carries scripts. One of a fixed size keeps it only in a row of its own.
  private mutating func writeBase(_ symbol: MathOperator, isMovable: Bool) {
    guard symbol.size != nil else { return write(symbol, isMovable: isMovable) }
    writer.open("mrow")
    write(symbol)
    writer.close()
  }

  // MARK: Rows

  /// Writes atoms with TeX's spaces between them. A symbol carries the space beside it; between two others it stands by itself.
  private mutating func write(_ atoms: [MathAtom]) {
    var gap = 0.0
    var items: [(expression: MathExpression, gap: Double)] = []
    for (atom, space) in zip(atoms, MathSpacing.spaces(before: atoms, isScript: level > 0)) {
      gap += space
      if atom.expression == .row([]) { continue }
      items.append((atom.expression, gap))
      gap = 0
    }
    for (index, item) in items.enumerated() {
      let isAfterSymbol = index > 0 && carriesSpace(items[index - 1].expression) != nil
      if let symbol = carriesSpace(item.expression) {
        let next = index + 1 < items.count ? items[index + 1] : nil
        let after = next.map { carriesSpace($0.expression) == nil ? $0.gap : 0 } ?? 0
        write(symbol, before: item.gap, after: after)
      } else {
        if item.gap > 0, !isAfterSymbol { write(.space(item.gap)) }
        write(item.expression)
      }
    }
  }

  private func carriesSpace(_ expression: MathExpression) -> MathOperator? {
    guard case .symbol(let symbol) = expression, !isLargeIntegral(symbol) else { return nil }
    return symbol
  }

  // MARK: Operators

  /// The height of an integral in display style, in em: that of TeX's.
  private static let integralHeight = 2.22

  private func isLargeIntegral(_ symbol: MathOperator) -> Bool {
    isDisplay && MathCommand.integrals.contains(symbol.text)
  }

  private mutating func write(_ symbol: MathOperator, before: Double = 0, after: Double = 0, isMovable: Bool = false) {
    if isLargeIntegral(symbol) {
      // Some fonts have large integrals only for growing, and what carries scripts grows only in a row of its own.
      writer.open("mrow")
      var symbol = symbol
      (symbol.isStretchy, symbol.size) = (true, Self.integralHeight)
      writeElement(symbol, before: 0, after: 0, isMovable: false)
      writer.close()
    } else {
      writeElement(symbol, before: before, after: after, isMovable: isMovable)
    }
  }

  private mutating func writeElement(_ symbol: MathOperator, before: Double, after: Double, isMovable: Bool) {
    let size = symbol.size.map(MathMLWriter.em)
    writer.element(
      "mo",
      [
        "form": symbol.form, "stretchy": symbol.isStretchy.map { $0 ? "true" : "false" },
        // The dictionary moves the limits of sums beside them in text, where these are to stay.
        "movablelimits": isMovable && MathCommand.isOperation(symbol.text) ? "false" : nil,
        "lspace": MathMLWriter.em(before), "rspace": MathMLWriter.em(after), "minsize": size, "maxsize": size,
      ], text: symbol.text)
  }

  // MARK: Tables

  private mutating func write(_ table: MathTable) {
    let outer = level
    if table.style == .small { level = 1 }
    defer { level = outer }
    writer.open(
      "mtable",
      [
        "class": table.style == .alignedat || table.style == .eqnarray
          ? "math-aligned math-\(table.style.rawValue)" : "math-\(table.style.rawValue)",
        "displaystyle": table.isDisplay ? "true" : nil, "scriptlevel": table.style == .small ? "1" : nil,
      ])
    for (index, row) in table.rows.enumerated() {
      writer.open("mtr")
      // A rule goes down through short rows too.
      let padding = table.hasColumnRules ? max(0, table.alignments.count - row.count) : 0
      let cells = row + Array(repeating: MathExpression.row([]), count: padding)
      for (column, cell) in cells.enumerated() {
        let alignment = table.alignment(ofColumn: column)
        var classes = alignment == .none ? [] : ["math-\(alignment.rawValue)"]
        classes += MathMLWriter.rules(around: column, of: cells.count, row: index, in: table)
        writer.open(
          "mtd",
          [
            "class": classes.isEmpty ? nil : classes.joined(separator: " "),
            "columnalign": alignment == .none ? nil : alignment.rawValue,
          ])
        write(cell, isDisplay: table.isDisplay, level: level)
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

  // MARK: Text

  /// Text whose outer spaces survive: MathML collapses plain ones.
  private static func spaced(_ text: String) -> String {
    String(text.map { $0 == " " || $0.isNewline || $0 == "\t" ? "\u{A0}" : $0 })
  }

  /// A length in em with at most four decimals.
  private static func em(_ width: Double) -> String {
    if width == 0 { return "0" }
    let scaled = Int((width.magnitude * 10_000).rounded())
    var digits = String(scaled % 10_000)
    digits = String(repeating: "0", count: 4 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    let sign = width < 0 ? "-" : ""
    return digits.isEmpty ? "\(sign)\(scaled / 10_000)em" : "\(sign)\(scaled / 10_000).\(digits)em"
  }
}
