import Markup

/// A TeX formula as MathML.
///
///     let formula = MathFormula(parsing: #"\frac{1}{2}"#)
///     formula.markup.string  // <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>
public struct MathFormula: Sendable, Equatable {
  /// The `math` element.
  public let markup: MarkupWriter
  /// What is not as it should be, with its place in the formula; all of it is visible in the markup as it was written.
  public let warnings: [MathWarning]

  /// Reads a formula; `isDisplay` sets it on a line of its own.
  public init(parsing source: String, isDisplay: Bool = false) {
    self.init(parsing: Array(source.utf8), isDisplay: isDisplay)
  }

  init(parsing source: [UInt8], isDisplay: Bool) {
    var parser = MathParser(source)
    let expression = parser.parse()
    var writer = MathMLWriter(writer: MarkupWriter())
    writer.writer.open("math", ["display": isDisplay ? "block" : nil])
    writer.write(expression)
    writer.writer.close()
    markup = writer.writer
    warnings = parser.warnings
  }

  /// The style rules that formulas need beyond what browsers do by themselves.
  /// They name fonts with the tables that growing delimiters need: one of them is on every usual system.
  public static let styleSheet = """
    math { font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", "Libertinus Math",
      "DejaVu Math TeX Gyre", "TeX Gyre DejaVu Math", math; }
    .math-left { text-align: left; }
    .math-right { text-align: right; }
    .math-aligned > mtr > mtd { padding-left: 0; padding-right: 0; }
    .math-aligned > mtr > .math-right:not(:first-child) { padding-left: 2em; }
    .math-aligned > mtr > mtd, .math-gathered > mtr > mtd { padding-top: 0.3em; padding-bottom: 0.3em; }
    .math-cases > mtr > mtd:first-child, .math-matrix > mtr > mtd:first-child { padding-left: 0; }
    .math-cases > mtr > mtd:last-child, .math-matrix > mtr > mtd:last-child { padding-right: 0; }
    .math-small > mtr > mtd { padding: 0.1em 0.2em; }
    .math-boxed { border: 1px solid; padding: 0.2em 0.3em; }
    .math-unknown { color: var(--bad, #b3261e); font-family: monospace; }
    """
}
