import NbrunDiagnostics
@testable import NbrunMarkdown
import Testing

@Suite struct DocumentTests {
  private func document(_ source: String) -> MarkdownDocument {
    MarkdownDocument(parsing: source, options: .notebook)
  }

  // MARK: Replacing in the source

  @Test func linksAndValuesCanBeReplacedInTheSource() {
    let source = "> see [a](b.md \"t\") and ![c](<d e.png>)\n> {{ x.y fixed 2 }} [f] <http://g.h>\n\n[f]: i.md\n"
    let parsed = document(source)
    var edits: [(Range<Int>, String)] = parsed.links.compactMap { link in
      link.destinationByteRange.map { ($0, "NEW") }
    }
    for node in parsed.descendants(of: parsed.root) where parsed.inlineValue(node) != nil {
      edits.append((parsed.byteRange(of: node), "3.14"))
    }
    var bytes = parsed.source.bytes
    for (range, text) in edits.sorted(by: { $0.0.lowerBound > $1.0.lowerBound }) {
      bytes.replaceSubrange(range, with: text.utf8)
    }
    let replaced = String(decoding: bytes, as: UTF8.self)
    #expect(
      replaced == "> see [a](NEW \"t\") and ![c](<NEW>)\n> 3.14 [f] <http://g.h>\n\n[f]: i.md\n")
  }

  @Test func topLevelBlocksCoverTheSource() {
    let source = "# a\n\nb\nc\n\n- d\n\n  e\n\n```\nf\n```\n[x]: y\n\n| g |\n|---|\n"
    let parsed = document(source)
    let texts = parsed.topLevelBlocks.map { parsed.source.string(parsed.lineByteRange(of: $0)) }
    #expect(texts == ["# a\n", "b\nc\n", "- d\n\n  e\n", "```\nf\n```\n", "[x]: y\n", "| g |\n|---|\n"])
  }

  // MARK: Text

  @Test(arguments: [
    ("a *b* `c` [d](e) ![f](g)", "a b c d f"), ("a\nb\\\nc", "a b c"), ("&amp; \\*", "& *"), ("$x^2$", "x^2"),
    ("# T & *u*", "T & u"), ("- a\n- b", "a b"),
  ])
  func plainText(_ source: String, _ text: String) {
    let parsed = document(source)
    #expect(parsed.plainText(of: parsed.root).trimmingPrefix(" ") == text)
  }

  @Test func headingsHaveAnchorsAsOnGitHub() {
    let titles = ["A b", "A b", "A b-1", "1.2 C++: *d*!", "Ünï_c ö", "!"]
    let parsed = document(titles.map { "## \($0)\n" }.joined(separator: "\n"))
    #expect(parsed.headings.map(\.anchor) == ["a-b", "a-b-1", "a-b-1-1", "12-c-d", "ünï_c-ö", nil])
    #expect(parsed.headings.map(\.level).allSatisfy { $0 == 2 })
  }

  // MARK: Inline values

  @Test func inlineValuesAreLocated() {
    let parsed = document("é {{ race-conv.forward-speedup fixed 1 }} `{{ a.b }}` {{c.d}}")
    #expect(
      parsed.inlineValues == [
        InlineValue(
          cell: "race-conv", metric: "forward-speedup", format: "fixed 1",
          range: SourceRange(line: 1, column: 3, length: 39)),
        InlineValue(cell: "c", metric: "d", range: SourceRange(line: 1, column: 55, length: 7)),
      ])
    #expect(parsed.diagnostics.isEmpty)
  }

  @Test(arguments: [
    "{{ a }}", "{{ a.b.c }}", "{{ A.b }}", "{{ a.b fixed }}", "{{ a.b fixed x }}", "{{ a.b round 2 }}",
    "{{ a.b fixed 99 }}",
    "{{ }}", "{{ a.b fixed -1 }}",
  ])
  func malformedInlineValuesAreErrors(_ source: String) {
    let parsed = document("x " + source)
    #expect(parsed.inlineValues.isEmpty)
    #expect(parsed.diagnostics.map(\.severity) == [.error])
    #expect(parsed.diagnostics.first?.range == SourceRange(line: 1, column: 3, length: source.count))
    #expect(parsed.html().contains(source))
  }

  @Test func inlineValuesAreTextInCommonMark() {
    let parsed = MarkdownDocument(parsing: "{{ a }} $x$ www.a.org ~~b~~ [^c]\n\n|d|\n|-|\n\n- [ ] e")
    #expect(parsed.diagnostics.isEmpty)
    #expect(
      parsed.html()
        == "<p>{{ a }} $x$ www.a.org ~~b~~ [^c]</p>\n<p>|d|\n|-|</p>\n<ul>\n<li>[ ] e</li>\n</ul>\n")
  }

  // MARK: Sources

  @Test func linesAndColumnsOfLongLines() {
    let line = String(repeating: "é👩‍🔬a", count: 5_000)
    let parsed = document("x\n" + line + "{{ a.b }}")
    #expect(parsed.inlineValues.first?.range == SourceRange(line: 2, column: 15_001, length: 9))
  }

  @Test func brokenTextIsRepaired() {
    let parsed = MarkdownDocument(parsing: [0xEF, 0xBB, 0xBF, 0x61, 0, 0xFF, 0x62])
    #expect(parsed.html() == "<p>a\u{FFFD}\u{FFFD}b</p>\n")
  }
}
