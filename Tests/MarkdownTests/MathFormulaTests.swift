import NbrunDiagnostics
import NbrunMarkdown
import Testing

@Suite struct MathFormulaTests {
  /// Formulas as MathML, each followed by its warnings. All were looked at in a browser when they were recorded.
  @Test(arguments: FixtureCase.all(in: "mathematics.txt"))
  func formula(_ example: FixtureCase) {
    let formula = MathFormula(parsing: String(example.input.dropLast()))
    let warnings = formula.warnings.map { "\($0.range) \($0.message)\n" }.joined()
    #expect(formula.markup.string + "\n" + warnings == example.expected)
  }

  @Test func thereAreEnoughFormulas() {
    #expect(FixtureCase.all(in: "mathematics.txt").count >= 40)
  }

  @Test func displayIsAnAttribute() {
    #expect(MathFormula(parsing: "x", isDisplay: true).markup.string == #"<math display="block"><mi>x</mi></math>"#)
  }

  /// An integral is as tall as TeX's in display style, and only there: not in a fraction's halves, nor in scripts.
  @Test func integralsAreTallInDisplay() {
    func tall(_ source: String, isDisplay: Bool = true) -> Int {
      MathFormula(parsing: source, isDisplay: isDisplay).markup.string.ranges(of: "minsize=\"2.22em\"").count
    }
    #expect(tall(#"\int_0^1 f + \oint g"#) == 2)
    #expect(tall(#"\int_0^1 f + \oint g"#, isDisplay: false) == 0)
    #expect(tall(#"\frac{\int f}{2} + x^{\int g} + \begin{matrix} \int h \end{matrix} + \textstyle \int k"#) == 0)
    #expect(tall(#"\begin{aligned} \int f &= \sqrt{\int g} \end{aligned}"#, isDisplay: false) == 2)
  }

  @Test func warningsHaveTheirPlaceInTheFile() {
    let source = "text $a$\n\n> é $\\alhpa + \\foo$\n\n```math\nx\n\\bar\n```\n"
    let document = MarkdownDocument(parsing: source, options: .notebook, firstLine: 11)
    #expect(
      document.diagnostics == [
        .warning("unknown TeX command \\alhpa; did you mean \\alpha?", at: SourceRange(line: 13, column: 6, length: 6)),
        .warning("unknown TeX command \\foo", at: SourceRange(line: 13, column: 15, length: 4)),
        .warning("\\bar has nothing to apply to", at: SourceRange(line: 17, column: 1, length: 4)),
      ])
  }

  @Test(arguments: ["{", "\\frac{1", "\\left(", "x^{", "\\sqrt{", "\\begin{matrix}", "\\hat", "\\not", "\\text{"])
  func deepNestingIsRefused(_ opening: String) {
    let formula = MathFormula(parsing: String(repeating: opening, count: 20_000))
    #expect(!formula.warnings.isEmpty)
    #expect(formula.warnings.count <= 20)
    #expect(formula.markup.bytes.count < 10_000_000)
  }

  @Test func everythingUnknownStaysVisible() {
    let formula = MathFormula(parsing: #"\foo{x} \begin{bar} y \end{bar} & # \left x"#)
    for piece in [#"\foo"#, #"\begin{bar}"#, #"\end{bar}"#, "&amp;", "#", #"\left"#] {
      #expect(formula.markup.string.contains(">\(piece)<"), "\(piece)")
    }
  }
}
