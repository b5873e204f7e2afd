import Foundation
import NbrunMarkdown
import NbrunTestSupport
import Testing

/// Inputs that have made other parsers slow. Ten times the input takes at most fifteen times as long.
@Suite(.serialized) struct LinearTimeTests {
  struct Pattern: Sendable, CustomTestStringConvertible {
    var name: String
    var text: @Sendable (Int) -> String

    var testDescription: String { name }

    init(_ name: String, _ text: @escaping @Sendable (Int) -> String) {
      self.name = name
      self.text = text
    }

    /// A pattern that only repeats.
    init(repeating unit: String) {
      self.init(unit.debugDescription) { times(unit, $0) }
    }
  }

  private static func times(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  static let repeated: [Pattern] = [
    "[a](", "[a](<b", "[a](b", "[a](b \"c", "*a **a ", "*a_ ", "a_ ", "**x* ", "`a``b", "a <!--", "a <?", "a <!A ",
    "a <![CDATA[", "<a b=\"", "![[]()", "- ", "1. ", "> - ", "-\t", "- a\n\n", "-\n", "[a]: b\n\"c\n", "[a]: ",
    "|-|-\n", "|a|b|\n", "&", "&amp;", "&#x", "[^", "[^a]: ", "$a ", "$a", "$$a ", "$`a", "$$\na\n", "{{ a ",
    "{{ bad }} ",
    "~~a ~", "www.", "_www._", "(www.a.b", "a@", "a.b@c.d_", "http://a", "# a\n", "a\n=\n", "# ", "```a\n", "- ~~~\n",
    "a  \n", "\\", "    a\n\n", "<div>\n\n", "<a>\n", "\r", "\0", "`http://a.b/`", "\\frac", "$\\foo$ ",
    "<sub>", "a</sub>", "</details>\n\n", "<details>\n\n", "<sub><kbd></sub>", "![^", "![^a] ", "a[^b] ",
    "> [!NOTE]\n> a\n\n",
    "$\\text{", "$\\R$ ", "$\\def\\x#1{#1}\\x{a}$ ", "[a]: b\n", "|a|\n|-|\n|b|c|\n\n",
  ].map(Pattern.init(repeating:))

  static let composed: [Pattern] = [
    Pattern("nested brackets") { times("[", $0) + "a" + times("]", $0) },
    Pattern("links after brackets") { times("[", $0) + times("[a](b)", $0) },
    Pattern("links after image brackets") { times("![", $0) + times("[a](b)", $0) },
    Pattern("nested images") { times("![", $0) + times("](a)", $0) },
    Pattern("nested quotes, lazy lines") { times(">", $0) + "a\n" + times("b\n", $0) },
    Pattern("nested quotes, shallow lines") { times(">", $0) + "a\n" + times("> b\n", $0) },
    Pattern("nested lists, blank lines") { times("- ", $0) + "a\n" + times("\n", $0) },
    Pattern("nested lists, a deep line") { times("- ", $0) + "a\n" + times(" ", 2 * $0) + "b\n" },
    Pattern("a row of bullets, then text") { times("* ", $0) + "a" },
    Pattern("nested emphasis") { times("*a **a ", $0) + times("b** b*", $0) },
    Pattern("growing runs of backticks") { count in
      (1...Int(Double(2 * count).squareRoot())).map { "e" + times("`", $0) }.joined()
    },
    Pattern("definitions and uses") { count in
      (0..<count).map { "[a\($0)]: /u\n" }.joined() + "\n" + (0..<count).map { "[a\($0)] " }.joined()
    },
    Pattern("many uses of a long definition") { "[a]: " + times("x", $0) + "\n\n" + times("[a]", $0) },
    Pattern("a wide table of short rows") {
      "|" + times("a|", $0) + "\n|" + times("-|", $0) + "\n" + times("|b\n", $0)
    },
    Pattern("footnotes") { count in "[^a]: b\n\n" + times("[^a]", count) },
    Pattern("brackets in a bare link") { times("[", $0) + "www.a.com" + times("]", $0) },
    Pattern("parentheses after a bare link") { "www.a.b" + times(")", $0) },
    Pattern("a long formula") { "$x" + times("+\\frac{a}{b}", $0) + "$" },
    Pattern("many scripts") { "$x" + times("^1", $0) + "$" },
    Pattern("texts that are never closed") { "$$" + times("\\text{", $0) + "$$" },
    Pattern("dollars in a text") { "$$\\text{" + times("$ { ", $0) + "}$$" },
    Pattern("a macro used often") { "$\\def\\x{abc}$" + times("$\\x$ ", $0) },
    Pattern("a macro that has no end") { "$\\def\\x{a\\x}$" + times("$\\x$ ", $0) },
    Pattern("arguments that are never closed") { "$\\def\\x#1{#1}" + times("\\x{", $0) + "$" },
    Pattern("unclosed script with end tags") { "<script>" + times("</", $0) },
    Pattern("a long tag") { "a <b" + times(" c", $0) },
  ]

  @Test(arguments: repeated + composed)
  func tenTimesTheInput(_ pattern: Pattern) {
    let ratio = growth(of: pattern, from: shareOfTrials(4_000).count)
    // The processor's caches hold what comes of some small inputs and not of the large ones: valgrind counts 24.1 million instructions
    // for 4,000 scripts and 241.2 million for 40,000, and yet the latter may take 16 times as long. From there on nothing fits, and ten
    // times the input takes ten times as long again; a quadratic search shows at any size.
    #expect(ratio <= 15 || growth(of: pattern, from: 40_000) <= 15, "first \(ratio)")
  }

  private func growth(of pattern: Pattern, from count: Int) -> Double {
    let (small, large) = (Array(pattern.text(count).utf8), Array(pattern.text(10 * count).utf8))
    return NbrunTestSupport.growth(enough: 15, rounds: 12, small: { render(small) }, large: { render(large) })
  }

  private func render(_ source: [UInt8]) {
    _ = MarkdownDocument(parsing: source, options: .notebook).html().utf8.count
  }
}
