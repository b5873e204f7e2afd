import NbrunMarkdown
import NbrunMarkup
import Testing

@Suite struct RenderingDelegateTests {
  /// Writes cells, values and images in a way of its own, and sends links elsewhere.
  private struct Recording: HTMLRenderingDelegate {
    var cells = 0

    mutating func render(
      _ block: FencedBlock, in document: MarkdownDocument, to writer: inout MarkupWriter
    ) -> Bool {
      guard block.language == "nbrun" else { return false }
      cells += 1
      writer.element("section", text: "cell \(cells)")
      return true
    }

    mutating func destination(of link: Link, in document: MarkdownDocument) -> String? {
      if link.destination == "gone.md" { return nil }
      return link.destination.replacing(".md", with: "/report.html")
    }

    mutating func render(image: Link, description: String, to writer: inout MarkupWriter) -> Bool {
      writer.void("img", ["src": "data:,", "alt": description])
      return true
    }

    mutating func render(_ value: InlineValue, to writer: inout MarkupWriter) -> Bool {
      writer.element("b", text: "\(value.cell)/\(value.metric)")
      return true
    }
  }

  @Test func delegateWritesInsteadOfTheRenderer() {
    let source = "[a](x.md) [*b*](gone.md) ![c *d*](e.png) {{ f.g }}\n\n```nbrun\nh\n```\n\n```swift\ni\n```\n"
    let document = MarkdownDocument(parsing: source, options: .notebook)
    var renderer = HTMLRenderer(document, form: .plain, delegate: Recording())
    var writer = MarkupWriter()
    for block in document.topLevelBlocks { renderer.render(block, to: &writer) }
    #expect(renderer.delegate.cells == 1)
    #expect(
      writer.string == """
        <p><a href="x/report.html">a</a> <em>b</em> <img src="data:," alt="c d"> <b>f/g</b></p>
        <section>cell 1</section><pre><code class="language-swift">i
        </code></pre>

        """)
  }

  @Test func blocksOneByOneAreTheWhole() {
    let source = "# a\n\nb[^1] *c*\n\n> d\n\n[^1]: e\n"
    let document = MarkdownDocument(parsing: source, options: .notebook)
    var renderer = HTMLRenderer(document, form: .plain, delegate: PlainHTMLRendering())
    var writer = MarkupWriter()
    for block in document.topLevelBlocks { renderer.render(block, to: &writer) }
    renderer.renderFootnotes(to: &writer)
    #expect(writer.string == document.html())
  }

  @Test func inlinesOfAHeadingAlone() throws {
    let document = MarkdownDocument(parsing: "# a *b*\n")
    var renderer = HTMLRenderer(document, form: .plain, delegate: PlainHTMLRendering())
    var writer = MarkupWriter()
    renderer.renderInlines(of: try #require(document.headings.first).node, to: &writer)
    #expect(writer.string == "a <em>b</em>")
  }

  @Test func styledPagesHaveClassesAndLabels() {
    let source = "| a |\n|--:|\n| b |\n\n- [ ] c\n- [x] d\n"
    let html = MarkdownDocument(parsing: source, options: .notebook).html(.styled)
    #expect(html.contains(#"<th class="right">a</th>"#) && html.contains(#"<td class="right">b</td>"#))
    #expect(html.contains(#"type="checkbox" aria-label="to do"> c"#))
    #expect(html.contains(#"<input checked="" disabled="" type="checkbox" aria-label="done"> d"#))
    #expect(!html.contains("align="))
    // A box is mark enough.
    #expect(html.components(separatedBy: #"<li class="task">"#).count == 3)
  }

  /// What runs from right to left says so, in lists, quotations and tables too; documents of one direction say nothing.
  @Test(arguments: [
    ("# Title\n\nplain – “quoted” 日本\n\n- a\n\n> b\n", 0),
    ("مرحبا\n", 1), ("plain\n\n- שלום\n- hello\n", 4), ("> ١. مرحبا\n>\n> English\n", 3),
    ("| שלום |\n|--|\n| b |\n", 3), ("<details>\n<summary>שלום</summary>\n\nb\n\n</details>\n", 2),
  ])
  func directions(source: String, count: Int) {
    let document = MarkdownDocument(parsing: source, options: .notebook)
    #expect(document.html(.styled).components(separatedBy: " dir=").count - 1 == count)
    #expect(!document.html().contains("dir="))
  }

  @Test func marksStandWhereTheTextBegins() {
    let html = MarkdownDocument(parsing: "> - שלום\n> - b\n\n1. a\n2. שלום\n").html(.styled)
    #expect(html.contains(#"<blockquote dir="rtl">"#) && html.contains(#"<ul dir="rtl">"#))
    let alert = MarkdownDocument(parsing: "> [!NOTE]\n> שלום\n", options: .notebook).html(.styled)
    #expect(alert.contains(#"role="note" dir="rtl""#))
    let table = MarkdownDocument(parsing: "| שלום | b |\n|--|--|\n", options: .notebook).html(.styled)
    #expect(table.contains(#"<table dir="rtl">"#))
    #expect(html.contains(#"<ol dir="ltr">"#) && html.contains(#"<li dir="auto">שלום</li>"#))
  }

  /// Paper shows each address once: not behind a link whose text it is, nor behind a second one.
  @Test func addressesAreShownOnce() {
    let source = "<https://a.org/x> [b](https://b.org) [again](https://b.org) www.c.org [d](d.md) [d](d.md)\n"
    let html = MarkdownDocument(parsing: source, options: .notebook).html(.styled)
    #expect(html.components(separatedBy: #"class="shown""#).count - 1 == 3)
    #expect(html.contains(#"<a href="https://b.org">b</a>"#))
    #expect(html.contains(#"<a class="shown" href="https://b.org">again</a>"#))
  }

  @Test(arguments: [
    ("From 59 % to 88 %, a % b, 5% and `7 %`", "<p>From 59\u{A0}% to 88\u{A0}%, a % b, 5% and <code>7 %</code></p>\n"),
    ("9 %", "<p>9\u{A0}%</p>\n"), (" %%", "<p>%%</p>\n"),
  ])
  func percentSignsStayWithTheirNumbersOnStyledPages(source: String, html: String) {
    #expect(MarkdownDocument(parsing: source).html(.styled) == html)
    #expect(MarkdownDocument(parsing: source).html() == html.replacing("\u{A0}", with: " "))
  }
}
