import Foundation
import NbrunMarkdown
import NbrunTestSupport
import Testing

/// Nothing that a file contains may crash the parser or the renderer.
@Suite struct RobustnessTests {
  @Test(arguments: [">", "[", "- ", "*a ", "![", "> - ", "1. ", "[^a]:", "$$", "a` ", "<a ", "\\", "|", "{{"])
  func deepNesting(_ unit: String) {
    let document = MarkdownDocument(parsing: String(repeating: unit, count: 100_000) + "x", options: .notebook)
    #expect(document.html().utf8.count < 10_000_000)
    #expect(document.plainText(of: document.root).hasSuffix("x"))
  }

  /// Tens of thousands of scripts on one base are no depth.
  @Test(arguments: [
    "^1", "_1", "'", "^\\prime", "\\limits", "{}", "\\not=", "\\over", "\\color{red}", "\\rm", "\\text{$a$}",
  ])
  func longFormulas(_ unit: String) {
    let formula = MathFormula(parsing: "x" + String(repeating: unit, count: 15_000))
    #expect(formula.markup.bytes.count < 10_000_000 && formula.warnings.count <= 20)
  }

  /// Commands in text nest no deeper than those of formulas.
  @Test(arguments: ["\\textcircled{", "\\textcolor{red}{", "\\boxed{$\\text{"])
  func deepText(_ opening: String) {
    let closing = opening.hasSuffix("$\\text{") ? "}$}" : "}"
    let inner = String(repeating: opening, count: 15_000) + String(repeating: closing, count: 15_000)
    let formula = MathFormula(parsing: "\\text{\(inner)}")
    #expect(formula.warnings.contains { $0.message.contains("nested deeper than") })
  }

  @Test func aLineOfTenMegabytes() {
    let line = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000_000)
    #expect(MarkdownDocument(parsing: line, options: .notebook).html().utf8.count == 10_000_000 + 8)
  }

  @Test(arguments: ["", "\n", "\r", "\r\n", "\0", "\u{FEFF}", " ", "\t", "\\", "`", "[", "$", "{{", "<", "&", "~", "|"])
  func tinySources(_ source: String) {
    let document = MarkdownDocument(parsing: source, options: .notebook)
    #expect(document.html().utf8.count <= 40)
    #expect(document.range(of: document.root).start.line == 1)
  }

  // MARK: Fuzzing

  private static let pieces: [String] = [
    "a", "b ", " ", "  ", "    ", "\t", "\n", "\n\n", "\r", "\r\n", "*", "**", "_", "__", "`", "``", "```\n",
    "~~~nbrun\n", "~",
    "~~", "[", "]", "(", ")", "![", "](", "[a]: /u\n", "[a]", "[^1]", "[^1]: ", "<", ">", "<a>", "<!--", "-->",
    "<http://a.b>",
    "&amp;", "&#0;", "&", "\\", "\\\n", "#", "## ", "- ", "+ ", "1. ", "9) ", "> ", "---\n", "===\n", "|", "|-|\n",
    "| a |\n",
    "\\|", "$", "$$", "$$\n", "{{", "}}", "{{ a.b }}", "{{ a.b fixed 2 }}", "{", "}", "^", "\\frac", "\\not", "\\sqrt[",
    "\\left(",
    "\\right)",
    "\\begin{cases}", "\\end{cases}", "\\\\", "www.a.b", "http://", "a@b.c", "- [ ] ", "- [x] ", "é", "👩‍🔬", "\u{0}",
    "\u{A0}",
    "<script>", "</script>", ":", "\"", "'", "=", ".", "<sub>", "</sub>", "<details>\n", "</details>\n", "<summary>",
    "</summary>", "> [!NOTE]\n", "[!TIP]\n", "![^1]", "\\def\\x#1{", "\\x", "\\text{a $", "^1", "\u{B}",
  ]

  @Test func randomPieces() {
    for seed in 0..<fuzzCount(10_000) {
      var random = FuzzGenerator(seed: seed)
      check(joined(Self.pieces, atMost: 60, &random), seed: seed)
    }
  }

  @Test func randomBytes() {
    for seed in 0..<fuzzCount(3_000) {
      var random = FuzzGenerator(seed: seed | 1 << 40)
      let source = (0..<Int.random(in: 1...200, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      check(source, seed: seed)
    }
  }

  /// Parses and renders; every place must lie in the source, and children in their parents.
  private func check(_ source: [UInt8], seed: Int) {
    let document = MarkdownDocument(parsing: source, options: .notebook)
    let bytes = document.source.bytes
    for node in document.descendants(of: document.root) {
      let range = document.byteRange(of: node)
      #expect(range.upperBound <= bytes.count, "seed \(seed)")
      if let parent = document.parent(of: node), !document.kind(of: node).isInline {
        let outer = document.byteRange(of: parent)
        #expect(outer.lowerBound <= range.lowerBound && range.upperBound <= outer.upperBound, "seed \(seed)")
      }
    }
    for block in document.fencedBlocks {
      #expect(block.lines.allSatisfy { $0.line > 0 && $0.column > 0 }, "seed \(seed)")
    }
    for value in document.inlineValues {
      let start = document.source.location(ofByte: 0)
      #expect(value.range.start >= start && value.range.start < value.range.end, "seed \(seed)")
    }
    let html = document.html()
    #expect(!html.contains("<script>"), "seed \(seed)")
    #expect(MarkdownDocument(parsing: source).html(.unsafe).utf8.count >= 0)
  }
}
