import NbrunDiagnostics
import NbrunTestSupport
import Testing

@testable import NbrunMarkdown

/// The list of commands, from which the parser and its suggestions derive.
@Suite struct MathCommandTests {
  @Test func everyCommandOfTheListIsKnown() {
    #expect(MathCommand.names.count > 550)
    for name in MathCommand.all.keys {
      let formula = MathFormula(parsing: "\\\(name){a}{b}")
      #expect(!formula.warnings.contains { $0.unknownName == .command(name) }, "\(name)")
    }
    for name in MathParser.textCharacters.keys {
      #expect(MathFormula(parsing: "\\text{\\\(name)}").warnings.isEmpty, "\(name)")
    }
    for (name, environment) in MathEnvironment.all {
      let argument = environment.takesArgument ? "{2}" : ""
      #expect(MathFormula(parsing: "\\begin{\(name)}\(argument) a \\end{\(name)}").warnings.isEmpty, "\(name)")
    }
  }

  @Test(arguments: [
    (#"\farc{1}{2}"#, #"unknown TeX command \farc; did you mean \frac?"#),
    (#"\lamda"#, #"unknown TeX command \lamda; did you mean \lambda?"#),
    (#"\textbff{x}"#, #"unknown TeX command \textbff; did you mean \textbf?"#),
    (#"\qaud"#, #"unknown TeX command \qaud; did you mean \quad?"#),
    (#"\matbb{R}"#, #"unknown TeX command \matbb; did you mean \mathbb?"#),
    (#"\newcomand"#, #"unknown TeX command \newcomand; did you mean \newcommand?"#),
    (#"\agrmax"#, #"unknown TeX command \agrmax; did you mean \argmax?"#),
    (#"\text{\textbff}"#, #"unknown TeX command \textbff in text; did you mean \textbf?"#),
    (#"\color{gren} x"#, "a colour is a name or #rrggbb, not gren; did you mean green?"),
    (#"\textcolor{Foo}{x}"#, "a colour is a name or #rrggbb, not Foo"),
    (#"\text{\textcolor{bleu}{x}}"#, "a colour is a name or #rrggbb, not bleu; did you mean blue?"),
    (#"\begin{alinged}a\end{alinged}"#, "unknown TeX environment alinged; did you mean aligned?"),
    (#"\begin{dcase}a\end{dcase}"#, "unknown TeX environment dcase; did you mean dcases?"),
  ])
  func suggestions(_ source: String, _ message: String) {
    let document = MarkdownDocument(parsing: "$\(source)$", options: .notebook)
    #expect(document.diagnostics.first?.message == message)
  }

  private static let spacings: [(source: String, inText: [Int], inScripts: [Int])] = [
    (#"s\cos\theta"#, [0, 3, 3], [0, 3, 3]), (#"n\log n"#, [0, 3, 3], [0, 3, 3]), ("a=b", [0, 5, 5], [0, 0, 0]),
    ("a+b", [0, 4, 4], [0, 0, 0]), ("-a", [0, 0], [0, 0]), ("a=-b", [0, 5, 5, 0], [0, 0, 0, 0]),
    ("a,b", [0, 0, 3], [0, 0, 0]), (#"a,\dots,b"#, [0, 0, 3, 3, 3], [0, 0, 0, 0, 0]), ("f:X", [0, 5, 5], [0, 0, 0]),
    ("a:=b", [0, 5, 0, 5], [0, 0, 0, 0]), (#"x\colon y"#, [0, 0, 3], [0, 0, 0]), (#"(\cdot)"#, [0, 0, 0], [0, 0, 0]),
    (#"\log(x)"#, [0, 0, 0, 0], [0, 0, 0, 0]), ("|-x|", [0, 0, 0, 0], [0, 0, 0, 0]), (#"a\,b"#, [0, 0, 0], [0, 0, 0]),
    (#"\mathop{\arg\max}_x f"#, [0, 3], [0, 3]), (#"f\left(x\right)"#, [0, 3], [0, 0]),
    (#"a\mathbin{@}b"#, [0, 4, 4], [0, 0, 0]), (#"a\mathrel{@}b"#, [0, 5, 5], [0, 0, 0]),
    (#"\sum_i x"#, [0, 3], [0, 3]), ("a{=}b", [0, 0, 0], [0, 0, 0]), (#"a\overset{!}{=}b"#, [0, 5, 5], [0, 0, 0]),
    ("a+=b", [0, 0, 5, 5], [0, 0, 0, 0]), ("n!+1", [0, 0, 4, 4], [0, 0, 0, 0]),
  ]

  /// The space before each atom of a row, in eighteenths of an em: by the TeXbook's table, and none but thin ones in scripts.
  @Test(arguments: spacings)
  func spaces(_ source: String, inText: [Int], inScripts: [Int]) {
    var parser = MathParser(Array(source.utf8))
    guard case .row(let atoms) = parser.parse() else {
      Issue.record("\(source) is no row")
      return
    }
    for (isScript, expected) in [(false, inText), (true, inScripts)] {
      let spaces = MathSpacing.spaces(before: atoms, isScript: isScript).map { Int(($0 * 18).rounded()) }
      #expect(spaces == expected, "\(source), in scripts: \(isScript)")
    }
  }

  // MARK: Macros

  @Test(arguments: [
    (#"\newcommand{\E}[1]{\mathbb{E}[#1]} \E{x}"#, #" \mathbb{E}[x]"#),
    (#"\newcommand\E[2][p]{E_{#1}#2}\E x\E[q]{yz}"#, "E_{p}xE_{q}yz"), (#"\def\x#1#2{#2#1}\x{ab}c"#, "cab"),
    (#"\def\a{\alpha}\a x\a1"#, #"\alpha x\alpha1"#), (#"\def\p#1{#1x}\p\alpha"#, #"\alpha x"#),
    (#"\let\y\alpha \y"#, #" \alpha"#), (#"\DeclareMathOperator*{\am}{arg\,max}\am_x"#, #"\operatorname*{arg\,max}_x"#),
    (#"\providecommand{\R}{r}\R"#, #"\mathbb{R}"#), (#"\renewcommand{\vec}[1]{\mathbf{#1}}\vec a"#, #"\mathbf{a}"#),
    (##"\def\x{1\#1}\x"##, ##"1\#1"##), (#"\def\x{\y}\def\y{2}\x"#, "2"), (#"a\\b\R"#, #"a\\b\mathbb{R}"#), ("x", "x"),
  ])
  func macros(_ source: String, _ plain: String) {
    let document = MarkdownDocument(parsing: "```math\n\(source)\n```", options: .notebook)
    #expect(document.diagnostics.isEmpty)
    let formula = document.topLevelBlocks.compactMap(document.mathematics).first
    #expect(formula?.plainSource == plain + "\n" && formula?.source == source + "\n")
  }

  @Test func macrosHoldFromTheirPlaceOn() {
    let source = "$\\x$ $\\newcommand{\\x}{y}$ $\\x$\n\n> $$\\x$$\n"
    let document = MarkdownDocument(parsing: source, options: .notebook)
    #expect(document.html().ranges(of: "<mi>y</mi>").count == 2)
    #expect(document.diagnostics.map(\.message) == [#"unknown TeX command \x; did you mean \xi?"#])
    let given = MarkdownDocument(parsing: "$\\x$", options: .notebook, macros: #"\def\x{y}"#)
    #expect(given.html() == "<p><math><mi>y</mi></math></p>\n")
  }

  private static let mistakes: [(source: String, message: String, range: Range<Int>)] = [
    (#"\def\x{\x}\x"#, #"\x stands for more than 20000 characters"#, 10..<12),
    (#"\def\x{\x\x}a\x"#, #"\x stands for more than 20000 characters"#, 13..<15),
    (#"\newcommand{\n}[1]{|#1|} a\n"#, #"\n takes 1 argument"#, 26..<28),
    (#"\newcommand x"#, #"\newcommand needs the name that it defines, such as \vect"#, 0..<11),
    (#"\def\x#2{a}"#, #"\def\x takes its arguments as #1#2 only"#, 0..<4),
    (#"\newcommand{\x}[z]{a}"#, #"the number of \x's arguments is 0 to 9"#, 0..<11),
    (#"\newcommand{\x}{\foo} a+\x"#, #"unknown TeX command \foo"#, 24..<26),
  ]

  @Test(arguments: mistakes)
  func macrosThatAreWrong(_ source: String, _ message: String, _ range: Range<Int>) {
    let warnings = MathFormula(parsing: source).warnings
    #expect(warnings.first?.message == message && warnings.first?.range == range)
  }

  /// The place of a command is counted in bytes of the source, not of a name in which broken ones are replaced.
  @Test(arguments: [([0x5C, 0xFF], 0..<2), ([0x61, 0x5C, 0xE2, 0x88, 0x20, 0x62], 1..<4)] as [([UInt8], Range<Int>)])
  func commandsThatAreNoTextStandInTheirPlace(_ source: [UInt8], _ range: Range<Int>) {
    var macros = MathMacros()
    let formula = MathFormula(parsing: source, isDisplay: false, macros: &macros)
    #expect(formula.warnings.map(\.range) == [range])
  }

  @Test func macrosHaveABudget() {
    let bomb = #"\def\a{bbbbbbbbbb}\def\b{\a\a\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b\b\b}"#
    let source = "$\(bomb)$ " + String(repeating: #"$\c$ "#, count: 10_000)
    #expect(MarkdownDocument(parsing: source, options: .notebook).html().utf8.count < 20_000_000)
  }

  // MARK: Fuzzing

  private static let pieces: [String] = {
    var pieces: [String] = MathCommand.names.map { "\\\($0) " }
    for name in MathEnvironment.all.keys.sorted() { pieces += ["\\begin{\(name)}", "\\end{\(name)}"] }
    return pieces + others
  }()

  private static let others: [String] = [
    "{", "}", "[", "]", "^", "_", "&", "\\\\", "$", "'", "a", "b", "1", "23", "+", "-", "=", ",", "(", ")", "|", "~",
    " ",
    "{a}", "#1", "\\x", "\\def\\x{", "\\newcommand{\\x}[1]{", "\\left(", "\\right)", "\\hspace{1em}", "\\text{a $",
    "\\%", "é", "∑", "👩‍🔬", "\\", "-3.5pt", "[4pt]", "{l|c}", "{red}",
  ]

  /// Ten thousand formulas, one half of the language's own words and the other damaged, are set, each in no time.
  @Test func randomFormulas() {
    let sample = Array(
      #"\begin{cases} \frac{a_1'}{\sqrt[3]{b^2}} & \text{if $x \le \left(\sum_{i=1}^n y_i\right)$} \\ \def\q#1{#1^2} \q{z} \end{cases}"#
        .utf8)
    for seed in 0..<fuzzCount(10_000) {
      var random = FuzzGenerator(seed: seed | 1 << 43)
      let source = seed % 2 == 0 ? joined(Self.pieces, atMost: 40, &random) : damaged(sample, &random)
      let start = processorTime()
      var macros = MathMacros()
      let formula = MathFormula(parsing: source, isDisplay: seed % 4 < 2, macros: &macros)
      #expect(
        formula.warnings.allSatisfy { 0 <= $0.range.lowerBound && $0.range.upperBound <= source.count }, "seed \(seed)")
      #expect(processorTime() - start < 1, "seed \(seed)")
    }
  }
}
