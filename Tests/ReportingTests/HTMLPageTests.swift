import Foundation
import NbrunMarkdown
import NbrunNotebooks
import NbrunPlotting
import NbrunSteps
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// What an HTML page owes to every reader.
@Suite struct HTMLPageTests {
  private static let page = HTMLReport.text(SampleNotebook.report)

  private static func page(of source: String) -> String {
    let notebook = NotebookParser.parse(source.utf8, path: "notebooks/x.md", context: .none)
    let record = Samples.record([], title: notebook.title)
    return HTMLReport.text(Report(record: record, notebook: notebook, plan: nil, place: SampleNotebook.place))
  }

  private static func ids(_ page: String) -> [String] {
    page.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
  }

  @Test func everyIDIsThereOnceAndEveryLinkLeadsSomewhere() {
    let ids = Self.ids(Self.page)
    #expect(Set(ids).count == ids.count)
    for link in Self.page.matches(of: /href="#([^"]*)"/) { #expect(ids.contains(String(link.1)), "\(link.1)") }
    for label in Self.page.matches(of: /(?:aria-labelledby|aria-describedby|popovertarget)="([^"]*)"/) {
      #expect(ids.contains(String(label.1)), "\(label.1)")
    }
  }

  @Test(arguments: [
    "cell.race", "figure.race.bars", "table.race", "claim.race.error", "table.2", "the-forward-pass", "listing.Sample",
  ])
  func permalinksCanBeSeen(_ id: String) {
    #expect(Self.ids(Self.page).contains(id))
    #expect(Self.page.contains(/<a class="(id|anchor)" href="#/))
    #expect(Self.page.components(separatedBy: "href=\"#\(id)\"").count >= 2, "\(id)")
    #expect(!StyleSheet.layout.contains("opacity:0}") && !StyleSheet.layout.contains("opacity:0;font"))
  }

  @Test func severalClaimsOnAMetricHaveAddressesOfTheirOwn() throws {
    var record = SampleNotebook.shortRecord
    record.cells[1].claims.append(record.cells[1].claims[0])
    let page = HTMLReport.text(
      Report(record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place))
    #expect(Self.ids(page).contains("claim.race.error") && Self.ids(page).contains("claim.race.error.2"))
  }

  /// A prose's alert has its kind for a class: no rule for a class of that name may hold for it by chance.
  @Test func noRuleForSomethingElseHoldsForAnAlert() {
    let sheets = StyleSheet.colours + StyleSheet.layout + StyleSheet.verdicts
    let chance = sheets.matches(of: /(?:^|[},\s])\.(?:note|tip|important|warning|caution)\b/)
    #expect(chance.map { String($0.output) } == [])
    #expect(sheets.contains("p.note{") && sheets.contains(".alert.tip{"))
  }

  /// The tabulator key stops at what can be used, and at the head of a frame, which is shown while that scrolls.
  @Test func onlyFramesThatScrollAreStops() {
    let stops = Self.page.matches(of: /<(\w+)([^>]*) tabindex="0"([^>]*)>/)
    #expect(!stops.isEmpty)
    for stop in stops { #expect(stop.1 == "span" && stop.2.contains("class=\"stop\"")) }
    #expect(StyleSheet.layout.contains("@container scroll-state(scrollable:x){.stop{display:block}}"))
  }

  @Test func sectionsAreNamedInTheirLinks() {
    #expect(Self.page.contains(#"aria-label="Link to the section The forward pass""#))
    #expect(!Self.page.contains("Link to this section"))
  }

  @Test func figuresAreNamedOnceAndDescribedOnce() {
    let svg = Self.page.matches(of: /<svg[^>]*>/).map { String($0.0) }
    #expect(svg.count >= 2)
    for tag in svg { #expect(tag.contains("aria-labelledby=") && tag.contains("aria-describedby=")) }
    // The name is the caption's, and nothing says it again.
    #expect(!Self.page.contains("</title>\n<desc"))
    #expect(Self.page.components(separatedBy: "Loss and accuracy over ten epochs</span>").count == 2)
  }

  @Test(arguments: [("de", "de"), ("pt-BR", "pt-BR"), ("", "en")])
  func theLanguageIsSaid(_ tag: String, _ expected: String) {
    let page = Self.page(of: "---\ntitle: T\n\(tag.isEmpty ? "" : "lang: \(tag)\n")---\n\nText.\n")
    #expect(page.contains("<html lang=\"\(expected)\">"))
    // The program's own words stay English, and say so among others.
    #expect(page.contains("aria-labelledby=\"provenance.\" lang=\"en\"") == (expected != "en"))
  }

  @Test func titlesAndCaptionsThatRunFromRightToLeftSaySo() {
    #expect(Self.page(of: "---\ntitle: שלום\n---\n\n## مرحبا\n").contains(#"<h1 id="שלום" dir="auto">"#))
    #expect(Self.page(of: "## مرحبا\n").contains(#"dir="auto">مرحبا"#))
    #expect(!Self.page.contains(" dir="))
  }

  /// What a table or a curve shows too is folded; what only the output says stays in sight.
  @Test func repeatedOutputIsFolded() {
    let training = CellView(SampleNotebook.training(), planned: nil)
    #expect(training.printed.ownLines == 0 && training.output.count == 99)
    #expect(Self.page.contains("<summary>output, 99 lines</summary>"))
    var cell = Samples.race
    cell.change { $0.output.insert(.text("kinks: 4 of 1515\n"), at: 1) }
    #expect(CellView(cell, planned: nil).printed.ownLines == 2)
    #expect(Self.page.contains("Testing conv_forward_naive"))
  }

  /// The last that a cell said before it failed is in sight, whatever repeats it and whatever was to be folded.
  @Test func theLastOutputOfAFailureIsInSight() throws {
    var record = SampleNotebook.shortRecord
    let results = try #require(SampleNotebook.training().outcome.results)
    record.cells[2].outcome = .failed(StepFailure("it cannot be"), partial: results)
    let report = Report(record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place)
    let view = CellView(record.cells[2], planned: nil)
    let last = try #require(view.output.last)
    #expect(view.printed.ownLines == 0 && view.output.count == 99)
    let page = HTMLReport.text(report)
    #expect(!page.contains("<summary>output, 99 lines</summary>") && page.contains("<summary>show 93 more</summary>"))
    let end = try #require(page.range(of: "it cannot be"))
    let shown = page[..<end.lowerBound]
    let fold = try #require(shown.range(of: "</details>", options: .backwards))
    #expect(shown[fold.upperBound...].contains(last))
  }

  @Test func coloursOfTheOutputAreShownAndProgressBarsInTheirLastState() {
    var record = SampleNotebook.shortRecord
    record.cells[0].change { $0.output = [.text("10 %\r100 %\n\u{1B}[31mred\u{1B}[0m \u{7}\n")] }
    let report = Report(record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place)
    #expect(HTMLReport.text(report).contains("<pre>100 %\n<span class=\"a1\">red</span> ␇\n</pre>"))
    for text in [MarkdownReport.text(report), JupyterReport.text(report)] {
      #expect(text.contains("100 %") && text.contains("red ␇") && !text.contains("10 %") && !text.contains("[31m"))
      #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    }
  }

  @Test func aCellShowsHowItIsWritten() {
    #expect(Self.page.contains("<summary>how this cell is written</summary>"))
    #expect(Self.page.contains("```nbrun\n<var>step</var>: race\n"))
  }

  @Test func listingsAreNumberedAsInTheirFiles() {
    #expect(
      Self.page.contains(#"<ol class="code" role="none" start="1"><li><i>/// A sample.</i></li>"#))
  }

  /// A claim's line is green where it held, red where it broke, and quiet where nothing could be tested.
  @Test(arguments: [
    (ClaimRecord.Status.held, "goal", "goaltext", ""), (.attested, "goal", "goaltext", ""),
    (.broken, "missed", "missingtext", "✗ "), (.notTested, "floor", "", "– "),
  ])
  func claimsAreLinesOfTheFigureThatShowsTheirMetric(
    _ status: ClaimRecord.Status, line: String, text: String, mark: String
  ) throws {
    var record = SampleNotebook.shortRecord
    record.cells[2].claims[0].status = status
    record.cells[2].change { results in
      guard case .panels(var panels, let xAxis) = results.figures[0].figure.content else { return }
      panels[1].metrics = ["accuracy"]
      panels[1].lines = []
      results.figures[0].figure = Figure(title: "Training", panels: panels, xAxis: xAxis)
    }
    let report = Report(record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place)
    let html = HTMLReport.text(report)
    let label = try #require(html.firstMatch(of: /<text class="([^"]*)halo am"[^>]*>([^<]*)claim: &gt; 65.0 %<\/text>/))
    #expect(label.1.trimmingCharacters(in: .whitespaces) == text && label.2 == mark)
    #expect(html.contains("<path class=\"\(line)\""))
    // In its file too; the results keep what the step made.
    #expect(FigureFile.texts(of: report).files.values.contains { $0.contains("\(mark)claim: &gt; 65.0 %") })
  }

  @Test func dataAreThereAsAFile() throws {
    let link = try #require(
      Self.page.firstMatch(of: /<a download="train-curve.csv" href="data:text\/csv;charset=utf-8,([^"]*)"/))
    let csv = try #require(String(link.1).removingPercentEncoding)
    #expect(csv.hasPrefix("epoch,loss,training accuracy,validation accuracy\n0,"))
    #expect(csv.split(separator: "\n").count > 980)
  }

  /// An exported notebook names no kernel, since there is none, and says in words what its drawings show.
  @Test func notebooksForJupyterSayWhatFiguresShow() throws {
    let notebook = JupyterReport.text(SampleNotebook.report)
    #expect(!notebook.contains("kernelspec"))
    #expect(notebook.contains(". Loss and accuracy over ten epochs: Loss of each minibatch"))
    #expect(notebook.contains("Loss falls from"))
  }

  @Test func committedPagesAreNoLargerThanPromised() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try Data(contentsOf: root.appending(path: "outputs/cnn/report.html"))
    #expect(page.count < 600_000, "\(page.count) bytes")
  }
}
