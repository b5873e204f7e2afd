import Foundation
import NbrunJSONValues
import NbrunMarkdown
import NbrunNotebooks
import NbrunPlotting
import NbrunSteps
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// Everything that a notebook or a step says is text in a report, whatever it looks like.
@Suite struct HostileTextTests {
  static let texts = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'--><svg onload=alert(1)>",
    "</pre></title></style>",
    "]]></script>", "&lt;b&gt; &amp; &#60;", "`````", "| a | b |\n| - | - |", "</details>",
    "\u{0}\u{1B}[31m\u{7F}\u{FFFE}",
    "\u{202E}gnp.exe", "{{ race.speedup }}", "[x](javascript:alert(1))", "https://tracker.example/pixel.gif",
    "\r\n\u{2028}\u{2029}", "\u{10FFFC}\u{10FFFD}", String(repeating: "a", count: 5000),
  ]

  /// A report in which every text is `text`: the notebook's own, what a step prints, names and labels of figures, errors.
  static func report(saying text: String) -> Report {
    let line = text.replacing("\n", with: " ").replacing("\r", with: " ").replacing("\u{0}", with: " ")
    let source = """
      ---
      title: \(line)
      author: \(line)
      description: \(line)
      ---

      Prose: \(text)

      \(text)

      ## \(line)

      [link](<\(line)> "\(line)") ![image](\(line)) <javascript:alert(1)> [ref]

      [ref]: javascript:alert(2)

      ```\(line)
      \(text)
      ```

      ```nbrun
      step: race
      # \(line)
      ```

      """
    let notebook = NotebookParser.parse(source.utf8, path: "notebooks/x.md", context: .none)
    var cell = Samples.race
    cell.number = 1
    cell.parameters[text] = .string(text)
    cell.parameters["nested"] = .array([.string(text), .object([text: .null])])
    cell.claims[0].claim.text = text
    cell.references[0].text = text
    cell.outcome = .failed(
      StepFailure(text, hint: text),
      partial: CellResults(
        output: [
          .text(text), .text("\n\(text)\n"),
          .metric("speedup", MetricLine(before: text, after: text, format: .shortest)), .seriesLine("times", text),
        ],
        metrics: ["speedup": .double(.nan)],
        figures: [
          FigureRecord(
            name: "bars",
            figure: Figure(
              title: text,
              bars: BarChart(
                axis: .linear(text, unit: text), groups: [text], series: [BarSeries(text, values: [.infinity])])),
            isVolatile: false, caption: text)
        ], seconds: 1.5))
    var record = Samples.record([cell], title: text)
    record.notebook = text
    record.alterations = [text]
    record.environment = RunEnvironment(machine: text, toolchain: text, version: text, threads: 1)
    record.data = [
      "cifar-10": DataLocation(folder: "", digests: [text: Samples.digest("x")], isOriginal: false, isStandIn: true)
    ]
    return Report(record: record, notebook: notebook, plan: nil, place: SampleNotebook.place)
  }

  @Test(arguments: texts.indices)
  func htmlHoldsNoElementOrAttributeOfIt(_ index: Int) throws {
    let text = Self.texts[index]
    let page = HTMLReport.text(Self.report(saying: text))
    let tags = MarkupScan(page)
    #expect(
      tags.elements.isSubset(of: MarkupScan.allowedElements), "\(tags.elements.subtracting(MarkupScan.allowedElements))"
    )
    #expect(tags.attributes.allSatisfy { !$0.hasPrefix("on") && $0 != "style" })
    for address in tags.addresses {
      let isInside =
        address.hasPrefix("#") || address.hasPrefix("data:image/")
        || address.wholeMatch(of: /data:text\/csv;charset=utf-8,[A-Za-z0-9.,()_%-]*/) != nil
      let isLink = !address.lowercased().contains("script:")
      #expect(isInside || isLink, "\(address)")
    }
    #expect(!page.contains("<img src=\"http"))
    #expect(page.contains("default-src 'none'"))
  }

  @Test(arguments: texts.indices)
  func resultsAndJupyterAreJSONAndSaySo(_ index: Int) throws {
    let report = Self.report(saying: Self.texts[index])
    let files = ReportFiles(report)
    for name in ["results.json", "report.ipynb"] {
      _ = try JSONParser.parse(try #require(files.text(of: name)))
    }
    let results = try ResultsFile.read(try #require(files.text(of: "results.json")).utf8)
    #expect(results == files.results)
    #expect(results.cells[0].failure?.message == Self.texts[index])
    #expect(files.bytes.keys.allSatisfy { OutputFolder.staysInside($0) && OutputFolder.isReportFile($0) })
  }

  @Test(arguments: texts.indices)
  func markdownHoldsNoRawElement(_ index: Int) throws {
    let text = MarkdownReport.text(Self.report(saying: Self.texts[index]))
    let document = MarkdownDocument(parsing: text, options: [.gitHub, .footnotes, .mathematics])
    for node in document.descendants(of: document.root) {
      let source = document.source.string(document.byteRange(of: node))
      switch document.kind(of: node) {
      case .htmlBlock, .htmlInline:
        #expect(source.wholeMatch(of: Self.ownElements) != nil, "\(source)")
      case .link, .image:
        let destination = document.link(node)?.destination ?? ""
        #expect(!destination.lowercased().contains("script:"), "\(source)")
      default: break
      }
    }
  }

  /// The elements that a Markdown report writes of its own accord: folds, the places of cells and figures, figures for light and dark pages.
  nonisolated(unsafe) private static let ownElements =
    /<details><summary>(show |What each cell took|\d+ )[^<>]*<\/summary>\s*|<\/(details|a|picture)>\s*|<a id="(cell|table)\.[a-z0-9-]+">|<a id="figure\.[a-z0-9-]+\.[a-z0-9-]+">|<picture>|<source media="\(prefers-color-scheme: dark\)" srcset="figures\/[a-z0-9.-]+\.dark\.svg">|<img alt="[^"<]*" src="figures\/[a-z0-9.-]+\.svg">/

  @Test(arguments: texts.indices)
  func junitIsWellFormed(_ index: Int) throws {
    let xml = JUnitReport.text([Self.report(saying: Self.texts[index]).record])
    #expect(XMLParsing.isWellFormed(xml))
  }

  /// What it takes to make a report grows with the text, not with its square.
  @Test func longOutputTakesLinearTime() {
    func seconds(_ lines: Int) -> Double {
      var record = SampleNotebook.shortRecord
      let text = String(repeating: "the quick brown fox jumps\n", count: lines)
      record.cells[0].change { $0.output = [.text(text)] }
      let report = Report(record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place)
      let start = ContinuousClock.now
      let size = ReportFiles(report).bytes.filter { !$0.key.hasSuffix(".png") }.values.reduce(0) { $0 + $1.count }
      precondition(size > lines)
      return (ContinuousClock.now - start) / .seconds(1)
    }
    _ = seconds(2000)
    #expect(seconds(40_000) < 40 * max(seconds(4000), 0.02))
  }
}

/// The elements, attributes and addresses of a page, found without building it.
struct MarkupScan {
  static let allowedElements: Set<String> = [
    "!doctype", "html", "head", "meta", "title", "style", "body", "a", "nav", "ol", "ul", "li", "main", "header", "h1",
    "h2",
    "h3", "p", "b", "span", "strong", "em", "section", "div", "details", "summary", "pre", "code", "figure",
    "figcaption",
    "svg", "defs", "use", "i", "var", "desc", "g", "path", "rect", "line", "text", "circle", "tspan", "image", "table",
    "caption", "thead",
    "tbody",
    "tr", "th", "td", "dl", "dt", "dd", "br", "img", "polyline", "polygon", "fieldset", "legend", "label", "input",
    "button",
  ]

  var elements: Set<String> = []
  var attributes: Set<String> = []
  var addresses: [String] = []

  init(_ page: String) {
    var rest = page[...]
    while let open = rest.firstIndex(of: "<") {
      rest = rest[page.index(after: open)...]
      guard let close = rest.firstIndex(of: ">") else { return }
      let tag = rest[..<close]
      rest = rest[page.index(after: close)...]
      let name = tag.prefix { !$0.isWhitespace && $0 != "/" || $0 == "!" }.lowercased()
      if tag.hasPrefix("/") { continue }
      elements.insert(name)
      for match in tag.matches(of: /\s([A-Za-z:-]+)="([^"]*)"/) {
        attributes.insert(match.1.lowercased())
        if ["href", "src", "xlink:href"].contains(match.1.lowercased()) { addresses.append(String(match.2)) }
      }
      if name == "style" { rest = rest[(rest.range(of: "</style>")?.upperBound ?? rest.endIndex)...] }
    }
  }
}

/// A check of XML's well-formedness for what this program writes: tags nest, and no raw `<` or `&` stands in text.
enum XMLParsing {
  static func isWellFormed(_ xml: String) -> Bool {
    var open: [Substring] = []
    var rest = xml[...]
    for scalar in xml.unicodeScalars where scalar.value < 0x20 && ![0x09, 0x0A, 0x0D].contains(scalar.value) {
      return false
    }
    while let start = rest.firstIndex(of: "<") {
      guard let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("?") || tag.hasSuffix("/") { continue }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else {
        open.append(tag.prefix { !$0.isWhitespace })
      }
    }
    return open.isEmpty && !xml.matches(of: /&(?!(amp|lt|gt|quot);)/).contains { _ in true }
  }
}
