import Foundation
import Markdown
import Testing

/// Inputs that have made other parsers slow. Ten times the input may take about ten times as long; the limit is generous, for
/// these tests run beside others, but far from the hundred times of a quadratic search.
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
    Pattern("unclosed script with end tags") { "<script>" + times("</", $0) },
    Pattern("a long tag") { "a <b" + times(" c", $0) },
  ]

  @Test(arguments: repeated + composed)
  func tenTimesTheInput(_ pattern: Pattern) {
    let size = 4_000
    let small = seconds(pattern.text(size))
    let large = seconds(pattern.text(10 * size))
    // What takes no time at all cannot be compared.
    #expect(large < 0.05 || large < 40 * small, "\(small) s, then \(large) s")
  }

  /// The best of three runs, in processor time of this thread, which other processes do not spoil.
  private func seconds(_ source: String) -> Double {
    let bytes = Array(source.utf8)
    var best = Double.infinity
    for _ in 0..<3 {
      let start = Self.processorTime()
      _ = MarkdownDocument(parsing: bytes, options: .notebook).html().utf8.count
      best = min(best, Self.processorTime() - start)
    }
    return best
  }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
