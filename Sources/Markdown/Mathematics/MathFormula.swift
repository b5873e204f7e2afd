import NbrunMarkup

/// A TeX formula as MathML.
///
///     let formula = MathFormula(parsing: #"\frac{1}{2}"#)
///     formula.markup.string  // <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>
package struct MathFormula: Sendable, Equatable {
  /// The `math` element.
  package let markup: MarkupWriter
  /// What is not as it should be, with its place in the formula; all of it is visible in the markup as it was written.
  package let warnings: [MathWarning]
  /// The source without definitions and with what macros stand for, which other programs read; nil where that is the source itself.
  package let plainSource: String?

  /// Reads a formula; `isDisplay` sets it on a line of its own.
  package init(parsing source: String, isDisplay: Bool = false) {
    var macros = MathMacros()
    self.init(parsing: Array(source.utf8), isDisplay: isDisplay, macros: &macros)
  }

  init(parsing source: [UInt8], isDisplay: Bool, macros: inout MathMacros) {
    let expansion = macros.expand(source)
    var parser = MathParser(expansion.source)
    let expression =
      expansion.isBroken ? MathExpression.unknown(String(decoding: source, as: UTF8.self)) : parser.parse()
    var writer = MathMLWriter(writer: MarkupWriter(), isDisplay: isDisplay)
    writer.writer.open("math", ["display": isDisplay ? "block" : nil])
    writer.write(expression)
    writer.writer.close()
    markup = writer.writer
    let read = expansion.isBroken ? [] : parser.warnings
    guard let places = expansion.places else {
      plainSource = nil
      warnings = read
      return
    }
    plainSource = expansion.isBroken ? nil : String(decoding: expansion.source, as: UTF8.self)
    func place(_ index: Int) -> Range<Int> { index < places.count ? places[index] : source.count..<source.count }
    warnings =
      expansion.warnings
      + read.map { warning in
        var warning = warning
        let start = place(warning.range.lowerBound).lowerBound
        let end = warning.range.isEmpty ? start : place(warning.range.upperBound - 1).upperBound
        warning.range = start..<max(start, end)
        return warning
      }
  }

  /// The style rules that formulas need beyond what browsers do by themselves.
  /// They name fonts with the tables that growing delimiters need: one of them is on every usual system. What is as long as something
  /// else has a shadow that nobody sees: Chromium takes it to be as long as if it had not grown, and leaves out the rest on other
  /// tiles of the page. What a cell holds is a block to Chromium, and only the alignments with a prefix move blocks.
  package static let styleSheet = """
    math { font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", "Libertinus Math",
      "DejaVu Math TeX Gyre", "TeX Gyre DejaVu Math", math; }
    :is(mover, munder, munderover) > mo[stretchy=true] { box-shadow: 0 0 0 60em #0000; forced-color-adjust: preserve-parent-color; }
    .math-left { text-align: left; text-align: -webkit-left; }
    .math-right { text-align: right; text-align: -webkit-right; }
    .math-aligned > mtr > mtd { padding-left: 0; padding-right: 0; }
    .math-aligned > mtr > .math-right:not(:first-child) { padding-left: 2em; }
    .math-alignedat > mtr > .math-right:not(:first-child) { padding-left: 0; }
    .math-eqnarray > mtr > .math-center { padding-left: 0.28em; padding-right: 0.28em; }
    .math-aligned > mtr > mtd, .math-gathered > mtr > mtd { padding-top: 0.3em; padding-bottom: 0.3em; }
    .math-cases > mtr > mtd:first-child, .math-matrix > mtr > mtd:first-child { padding-left: 0; }
    .math-cases > mtr > mtd:last-child, .math-matrix > mtr > mtd:last-child { padding-right: 0; }
    .math-matrix > mtr > mtd.math-rule-left, .math-matrix > mtr > mtd.math-rules-left { padding-left: 0.4em; }
    .math-matrix > mtr > mtd.math-rule-right, .math-matrix > mtr > mtd.math-rules-right { padding-right: 0.4em; }
    .math-rule-left { border-left: 1px solid; } .math-rules-left { border-left: 3px double; }
    .math-rule-right { border-right: 1px solid; } .math-rules-right { border-right: 3px double; }
    .math-rule-top { border-top: 1px solid; } .math-rules-top { border-top: 3px double; }
    .math-rule-bottom { border-bottom: 1px solid; } .math-rules-bottom { border-bottom: 3px double; }
    .math-small > mtr > mtd { padding: 0.1em 0.2em; }
    .math-boxed { border: 1px solid; padding: 0.2em 0.3em; }
    .math-circled { border: 1px solid; border-radius: 50%; padding: 0.2em 0.3em; }
    .math-cancel { background: linear-gradient(to top left, transparent calc(50% - 0.5px), currentColor calc(50% - 0.5px) calc(50% + 0.5px), transparent calc(50% + 0.5px)); }
    .math-bcancel { background: linear-gradient(to top right, transparent calc(50% - 0.5px), currentColor calc(50% - 0.5px) calc(50% + 0.5px), transparent calc(50% + 0.5px)); }
    .math-xcancel { background: linear-gradient(to top left, transparent calc(50% - 0.5px), currentColor calc(50% - 0.5px) calc(50% + 0.5px), transparent calc(50% + 0.5px)), linear-gradient(to top right, transparent calc(50% - 0.5px), currentColor calc(50% - 0.5px) calc(50% + 0.5px), transparent calc(50% + 0.5px)); }
    .math-bold { font-weight: bold; } .math-italic { font-style: italic; } .math-small { font-variant-caps: small-caps; }
    .math-mono { font-family: monospace; } .math-sans { font-family: sans-serif; }
    .math-unknown { color: var(--bad, #b3261e); font-family: monospace; }
    """
}
