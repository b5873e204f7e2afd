import NbrunFilePaths
import Foundation
import NbrunMarkdown
import NbrunNotebooks
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// Reports as a code host and Jupyter need them written.
@Suite struct CodeHostTests {
  /// Prose in a notebook of its own, as the two write it.
  static func text(of prose: String, form: MarkdownForm) -> String {
    let notebook = NotebookParser.parse(prose.utf8, path: "notebooks/a.md", context: .none)
    let report = Report(
      record: Samples.record([]), notebook: notebook, plan: nil,
      place: ReportPlace(
        notebook: NotebookPlace(root: FilePath("/w"), name: FilePath("notebooks/a.md")),
        folder: FilePath("/w/outputs/a")))
    let source = ProseSource(report: report, document: notebook.document, form: form) { _ in nil }
    return source.text(of: Array(notebook.document.topLevelBlocks))
  }

  /// What a notebook writes, what a code host gets, and what Jupyter gets.
  @Test(arguments: [
    ("$N$ and $x + 1$", "$N$ and $x + 1$", "$N$ and $x + 1$"),
    (#"$\beta^2$"#, #"$\beta^2$"#, #"$\beta^2$"#),
    (#"$a\,b$ and $x_i$"#, #"$`a\,b`$ and $`x_i`$"#, #"$a\,b$ and $x_i$"#),
    (#"$\{a\}$, $a*b$, $a<b$, $[a]$"#, #"$`\{a\}`$, $`a*b`$, $`a<b`$, $`[a]`$"#, #"$\{a\}$, $a*b$, $a<b$, $[a]$"#),
    ("$`x_i`$ so", "$`x_i`$ so", "$x_i$ so"),
    ("$a_i +\nb$", "$`a_i + b`$", "$a_i + b$"),
    ("$$\na \\\\ b\n$$", "```math\na \\\\ b\n```", "$$\na \\\\ b\n$$"),
    ("```math\nx_1\n```", "```math\nx_1\n```", "$$\nx_1\n$$"),
    ("> $$\n> x_1\n> $$", "> ```math\n> x_1\n> ```", "> $$\n> x_1\n> $$"),
    ("- so\n\n  $$\n  x_1\n  $$", "- so\n\n  ```math\n  x_1\n  ```", "- so\n\n  $$\n  x_1\n  $$"),
    ("so $$x_1$$ it is", "so $`\\displaystyle x_1`$ it is", "so $$x_1$$ it is"),
    ("so $$x$$ it is", "so $$x$$ it is", "so $$x$$ it is"),
    (
      "| a |\n|---|\n| $\\|x_1\\|$ |", "| a |\n|---|\n| $`\\|x_1\\|`$ |\n\n<a id=\"table.1\"></a>Table 1",
      "| a |\n|---|\n| $\\|x_1\\|$ |\n\nTable 1"
    ),
    (#"$\operatorname{err}(a)$"#, #"$\mathop{\mathrm{err}}\nolimits(a)$"#, #"$\operatorname{err}(a)$"#),
    (#"$\operatorname{err}_i(a)$"#, #"$`\mathop{\mathrm{err}}\nolimits_i(a)`$"#, #"$\operatorname{err}_i(a)$"#),
    (#"$\operatorname*{arg\,max}_x$"#, #"$`\mathop{\mathrm{arg\,max}}\limits_x`$"#, #"$\operatorname*{arg\,max}_x$"#),
    (#"$a \mbox{ if } \phantom{xy} b$"#, #"$a \text{ if } \hspace{1em} b$"#, #"$a \mbox{ if } \phantom{xy} b$"#),
    (#"$\def\w#1{\hat{#1}} \w y$ $\newcommand{\v}{v} \v$"#, #"$\hat{y}$ $v$"#, #"$\hat{y}$ $v$"#),
    (#"$\mbox{a \mbox{b}}$"#, #"$\text{a \text{b}}$"#, #"$\mbox{a \mbox{b}}$"#),
  ])
  func formulas(_ written: String, _ host: String, _ jupyter: String) {
    #expect(Self.text(of: written, form: .codeHost) == host)
    #expect(Self.text(of: written, form: .jupyter) == jupyter)
  }

  @Test func theReportLeadsToItsNotebookDataAndNeighbours() {
    let markdown = MarkdownReport.text(SampleNotebook.shortReport)
    #expect(markdown.contains("- Notebook: [notebooks/cnn.md](../../notebooks/cnn.md), "))
    #expect(markdown.hasSuffix("[All reports](../README.md)\n"))
    #expect(markdown.contains("[the layers](../conv_layers/README.md#forward)"))
    // Where the data are published is the source's to say, and the plan's to know.
    var place = SampleNotebook.place
    place.outputs = nil
    let alone = Report(record: SampleNotebook.shortRecord, notebook: SampleNotebook.notebook, plan: nil, place: place)
    #expect(!MarkdownReport.text(alone).contains("All reports"))
  }

  @Test func figuresComeInTheColoursOfThePage() throws {
    let markdown = MarkdownReport.text(SampleNotebook.shortReport)
    let start =
      "<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"figures/train.curve.dark.svg\"><img alt=\""
    #expect(markdown.contains(start) && markdown.contains("\" src=\"figures/train.curve.svg\"></picture>"))
    let figures = FigureFile.texts(of: SampleNotebook.shortReport)
    let (light, dark) = (
      try #require(figures.files["figures/train.curve.svg"]),
      try #require(figures.files["figures/train.curve.dark.svg"])
    )
    #expect(!light.contains("prefers-color-scheme") && !dark.contains("prefers-color-scheme") && light != dark)
    #expect(figures.adaptive["figures/train.curve.svg"]?.contains("prefers-color-scheme:dark") == true)
  }

  /// Jupyter shows a drawing to those who do not trust a notebook only as an image of a page, which is announced in words.
  @Test func figuresInJupyterAreImagesWithTheirWords() throws {
    let text = JupyterReport.text(SampleNotebook.shortReport)
    #expect(!text.contains("image/svg+xml\""))
    let images = text.matches(of: #/<img alt=\\"([^"]+)\\" src=\\"data:image/svg\+xml;base64,([A-Za-z0-9+\/=]+)\\">/#)
    #expect(images.count == FigureFile.texts(of: SampleNotebook.shortReport).adaptive.count && !images.isEmpty)
    for image in images {
      #expect(image.1.count > 40)
      let drawing = String(decoding: try #require(Data(base64Encoded: String(image.2))), as: UTF8.self)
      #expect(drawing.contains("<svg") && drawing.contains("prefers-color-scheme:dark"))
    }
  }

  /// A listing's link leads to its lines, where the project has the file and holds the report, wherever the program was built.
  @Test(arguments: [
    (true, nil, "[Sources/Sample.swift, lines 1–8](../../Sources/Sample.swift#L1-L8)"),
    (false, nil, "Sources/Sample.swift, lines 1–8\n"),
    (true, FilePath("/elsewhere/cnn"), "Sources/Sample.swift, lines 1–8\n"),
  ])
  func listingsLeadToTheirLines(_ isInProject: Bool, _ folder: FilePath?, _ expected: String) {
    var context = SampleNotebook.context
    context.isInProject = { _ in isInProject }
    let notebook = NotebookParser.parse(
      SampleNotebook.source.utf8, path: SampleNotebook.notebook.path, context: context)
    var place = SampleNotebook.place
    if let folder { place.folder = folder }
    let report = Report(record: SampleNotebook.shortRecord, notebook: notebook, plan: nil, place: place)
    #expect(MarkdownReport.text(report).contains(expected))
  }
}
