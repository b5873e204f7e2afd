import NbrunMarkdown
import Testing

/// Examples of every section of the language, in our own words.
@Suite struct FixtureTests {
  @Test(arguments: FixtureCase.all(in: "blocks.txt"))
  func block(_ example: FixtureCase) {
    // An arrow stands for a tab, which nobody can see.
    let source = example.input.replacing("→", with: "\t")
    #expect(MarkdownDocument(parsing: source).html(.unsafe) == example.expected)
  }

  @Test(arguments: FixtureCase.all(in: "inlines.txt"))
  func inline(_ example: FixtureCase) {
    #expect(MarkdownDocument(parsing: example.input).html(.unsafe) == example.expected)
  }

  @Test(arguments: FixtureCase.all(in: "notebook.txt"))
  func notebook(_ example: FixtureCase) {
    #expect(MarkdownDocument(parsing: example.input, options: .notebook).html() == example.expected)
  }

  /// What GitHub's specification shows of its extensions, each of its examples in other words, and what it makes of footnotes and of
  /// headings.
  @Test(arguments: FixtureCase.all(in: "github.txt"))
  func github(_ example: FixtureCase) {
    #expect(MarkdownDocument(parsing: example.input, options: .notebook).html() == example.expected)
  }

  @Test(arguments: FixtureCase.all(in: "trees.txt"))
  func tree(_ example: FixtureCase) {
    #expect(MarkdownDocument(parsing: example.input, options: .notebook).tree == example.expected)
  }

  @Test(arguments: ["blocks.txt", "inlines.txt", "notebook.txt", "github.txt"])
  func lineEndsMakeNoDifference(_ name: String) {
    for example in FixtureCase.all(in: name) {
      let source = example.input.replacing("→", with: "\t")
      let html = MarkdownDocument(parsing: source, options: .notebook).html()
      for end in ["\r\n", "\r"] {
        let other = MarkdownDocument(parsing: source.replacing("\n", with: end), options: .notebook)
        #expect(other.html() == html, "\(example.title) with \(end.debugDescription)")
      }
    }
  }

  @Test func allSectionsHaveExamples() {
    #expect(FixtureCase.all(in: "blocks.txt").count >= 70)
    #expect(FixtureCase.all(in: "inlines.txt").count >= 40)
    #expect(FixtureCase.all(in: "notebook.txt").count >= 30)
    #expect(FixtureCase.all(in: "github.txt").count >= 35)
  }
}
