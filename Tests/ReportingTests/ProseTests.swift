import NbrunFilePaths
import Foundation
import NbrunNotebooks
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// What notebooks say in Markdown and HTML of their own, in each of the three reports.
@Suite struct ProseTests {
  private func report(_ prose: String, frontMatter: String = "title: T", title: String = "T") -> Report {
    let source = "---\n\(frontMatter)\n---\n\n\(prose)\n"
    let notebook = NotebookParser.parse(source.utf8, path: "notebooks/deep/x.md", context: .none)
    let picture = Data([0x89, 0x50, 0x4E, 0x47])
    let images = ReportImages(of: notebook) { ["im g/p#1.png", "ü.png"].contains($0) ? picture : nil }
    return Report(
      record: Samples.record([], title: title), notebook: notebook, plan: nil,
      place: ReportPlace(
        notebook: NotebookPlace(root: FilePath("/w"), name: FilePath("notebooks/deep/x.md")),
        folder: FilePath("/w/outputs/deep/x")), images: images)
  }

  private func texts(_ report: Report) -> [String] {
    [HTMLReport.text(report), MarkdownReport.text(report), JupyterReport.text(report)]
  }

  @Test(arguments: [
    "a <!-- secret --> b", "<!-- secret -->", "<!--\nsecret\n\nsecret\n-->\n\nx", "- a\n\n<!-- secret -->\n\n- b",
    "> a <!-- secret\n> secret --> b", "# T <!-- secret -->", "| a <!-- secret --> |\n|---|\n| b |",
    "[a <!-- secret -->](https://b.org)", "![a <!-- secret -->](ü.png)", "x[^1]\n\n[^1]: a <!-- secret -->",
    "<details>\n<!-- secret -->\n<summary>a</summary>\n</details>", "[//]: # (secret)\n\nx",
    "[note]: <> \"secret\"\n\nx",
    "<!-- secret --> a",
  ])
  func commentsVanish(_ prose: String) {
    for text in texts(report(prose)) { #expect(!text.contains("secret"), "\(prose)") }
  }

  @Test func commentsOfTheLeadVanishToo() {
    let report = report("x", frontMatter: "title: T\ndescription: a <!-- secret --> b")
    for text in texts(report) { #expect(!text.contains("secret")) }
    #expect(report.plainDescription == "a  b")
  }

  /// No control character gets into a file of a report, wherever a notebook has it; nor does what turns a line's order round.
  @Test func controlCharactersAreShownAsSymbols() {
    let controls = "\u{1} \u{8} \u{1B}[31m \u{7F} \u{9B}\u{202E}\u{2066}"
    let report = report("# H \(controls)\n\na \(controls) &#27; `\(controls)` $\(controls)$\n", title: "T \(controls)")
    let overview = IndexPages.texts(of: [.init(folder: "x", results: ResultsFile(report.record, files: []), files: [])])
    for text in texts(report) + overview.values {
      #expect(text.contains("␁ ␈ ␛") && text.contains("31m ␡ \u{FFFD}\u{FFFD}\u{FFFD}"))
      let categories: [Unicode.GeneralCategory] = [.control, .format]
      #expect(text.unicodeScalars.allSatisfy { !categories.contains($0.properties.generalCategory) || $0 == "\n" })
      #expect(!text.contains("\\u00"))
    }
  }

  @Test func listsThatACommentKeepsApartStayApart() {
    #expect(MarkdownReport.text(report("- a\n\n<!-- x -->\n\n- b")).contains("- a\n\n<!-- -->\n\n- b"))
  }

  @Test func elementsAreKeptAndOtherHTMLIsText() {
    let prose = "H<sub>2</sub>O <i>x</i>\n\n<details>\n<summary>more</summary>\n\ntext\n\n</details>"
    let (html, markdown) = (HTMLReport.text(report(prose)), MarkdownReport.text(report(prose)))
    #expect(html.contains("H<sub>2</sub>O &lt;i&gt;x&lt;/i&gt;"))
    #expect(html.contains("<details>\n<summary>more</summary>\n<p>text</p>\n</details>"))
    #expect(
      markdown.contains("H<sub>2</sub>O &lt;i>x&lt;/i>\n\n<details>\n<summary>more</summary>\n\ntext\n\n</details>"))
  }

  @Test func alertsAreAlertsOrBold() {
    let texts = texts(report("> [!TIP]\n> Do *this*."))
    #expect(
      texts[0].contains(#"<div class="alert tip" role="note">"#)
        && texts[0].contains(#"<p class="alert-title">Tip</p>"#))
    #expect(texts[1].contains("> [!TIP]\n> Do *this*."))
    #expect(texts[2].contains(#""> **Tip**\\\n","#) && !texts[2].contains("[!TIP]"))
  }

  @Test func macrosAreReplacedWhereOtherProgramsRead() {
    let frontMatter = "title: T\ndescription: as $\\v{a}$\nmacros: \\newcommand{\\v}[1]{\\mathbf{#1}}\n  \\def\\w{w}"
    let report = report("$\\v x \\R$\n\n$$\n\\v{\\w}\n$$\n\n$$\\def\\z{1}$$\n\n> $a\n> \\z$", frontMatter: frontMatter)
    #expect(report.notebook.diagnostics.isEmpty)
    let texts = texts(report)
    #expect(texts[0].contains("<mi>𝐱</mi><mi>ℝ</mi>") && texts[0].contains("<mi>𝐚</mi>"))
    for source in [#"$\mathbf{x} \mathbb{R}$"#, "```math\n\\mathbf{w}\n```", "as $\\mathbf{a}$", "$a 1$"] {
      #expect(texts[1].contains(source), "\(source)")
    }
    #expect(texts[2].ranges(of: #"\\mathbf{w}\n"#).count == 1 && !texts[2].contains("```math"))
    for text in texts.dropFirst() { #expect(!text.contains("\\def") && !text.contains("\\\\def")) }
  }

  @Test func addressesOfImagesAreRead() {
    let data = "data:image/svg+xml,%3Csvg%2F%3E"
    let texts = texts(report("![a](im%20g/p%231.png?raw=true#x) ![b](%C3%BC.png) ![c](\(data))"))
    #expect(texts[0].ranges(of: #"<img src="data:image/png;base64,iVBORw=="#).count == 2)
    #expect(texts[0].contains(#"<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="c">"#))
    #expect(
      texts[1].contains("![a](../../../notebooks/deep/im%20g/p%231.png) ![b](../../../notebooks/deep/%C3%BC.png) "))
    #expect(texts[1].contains("*(image, which report.html shows: c)*"))
    #expect(texts[2].ranges(of: "attachment:image-").count == 3)
  }

  @Test func theTitleHasAnAnchor() {
    let own = HTMLReport.text(report("# Another\n\n[a](#t-w)", frontMatter: "title: T w", title: "T w"))
    #expect(own.contains(##"<h1 id="t-w">T w<a class="anchor" href="#t-w""##))
    let heading = HTMLReport.text(report("# T *w*\n\nx", frontMatter: "seed: 1", title: "T w"))
    #expect(heading.contains(##"<h1 id="t-w">T w<a class="anchor" href="#t-w""##))
    let both = report("## T\n\nx")
    #expect(both.titleAnchor == "t" && both.notebook.document.headings.first?.anchor == "t-1")
  }
}
