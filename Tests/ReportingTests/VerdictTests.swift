import NbrunFilePaths
import NbrunMarkdown
import NbrunNotebooks
import NbrunPlotting
import NbrunSteps
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// What a report says first, and how it leads to what went wrong.
@Suite struct VerdictTests {
  /// A run of the sample notebook with one thing changed.
  static func record(_ change: (inout RunRecord) -> Void) -> RunRecord {
    var record = SampleNotebook.shortRecord
    change(&record)
    return record
  }

  static func report(_ record: RunRecord) -> Report {
    Report(record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place)
  }

  static let broken = record { $0.cells[2].claims[0].status = .broken }
  static let failing = record { record in
    record.cells[2].outcome = .failed(
      StepFailure("it cannot be"), partial: CellResults(metrics: ["accuracy": .float(0.5)]))
    record.cells[1].outcome = .notRun(.because("train"))
    for cell in 1...2 {
      for claim in record.cells[cell].claims.indices { record.cells[cell].claims[claim].status = .notTested }
    }
  }
  static let standIn = record { record in
    for cell in record.cells.indices {
      record.cells[cell].usesStandIn = true
      for claim in record.cells[cell].claims.indices { record.cells[cell].claims[claim].status = .notTested }
    }
  }
  static let oneStandIn = record { record in
    record.cells[2].usesStandIn = true
    record.cells[2].claims[0].status = .notTested
  }
  static let nothingTested = record { record in
    for cell in record.cells.indices {
      for claim in record.cells[cell].claims.indices { record.cells[cell].claims[claim].status = .notTested }
    }
  }
  static let nothingClaimed = record { record in
    for cell in record.cells.indices { record.cells[cell].claims = [] }
  }

  @Test(arguments: [
    (SampleNotebook.shortRecord, RunSummary.State.passed), (broken, .failed), (failing, .failed), (standIn, .untested),
    (oneStandIn, .untested), (nothingTested, .untested), (nothingClaimed, .passed),
  ])
  func aRunIsGreenWhereSomethingWasShown(_ record: RunRecord, _ state: RunSummary.State) {
    #expect(RunSummary(record).state == state)
    let html = HTMLReport.text(Self.report(record))
    #expect(html.contains("<p class=\"status \(state.rawValue)\">\(state.mark) "))
    #expect(MarkdownReport.text(Self.report(record)).contains("\n**\(state.mark) "))
    let entry = IndexPages.Entry(folder: "cnn", results: ResultsFile(record, files: []), files: [])
    #expect(entry.state == state && IndexPages.html([entry]).contains("status \(state.rawValue)"))
  }

  @Test func aCardCarriesItsVerdict() throws {
    func card(_ record: RunRecord) throws -> Headline {
      try #require(Headline.select(record).first { $0.cell == "train" })
    }
    #expect(try card(SampleNotebook.record).claimed == "✓ claimed > 65.0 %")
    #expect(try card(Self.broken).claimed == "✗ claimed > 65.0 %")
    #expect(HTMLReport.text(Self.report(Self.broken)).contains("<li class=\"broken\">"))
    let standIn = try card(Self.standIn)
    #expect(standIn.number == "stand-in" && standIn.claimed == "– claimed > 65.0 %, not tested")
    #expect(HTMLReport.text(Self.report(Self.standIn)).contains("<li class=\"not-tested\"><b>stand-in</b>"))
    // Of several claims on one metric the broken one speaks.
    var record = Self.broken
    record.cells[2].claims.insert(SampleNotebook.record.cells[2].claims[0], at: 0)
    #expect(try card(record).status == .broken)
    // One that is broken has a card, though another cell's number is the same.
    record = SampleNotebook.record
    record.cells.append(record.cells[0])
    record.cells[record.cells.count - 1].id = "again"
    record.cells[record.cells.count - 1].claims[0].status = .broken
    #expect(Headline.select(record).contains { $0.cell == "again" && $0.status == .broken })
  }

  /// The picture for previews says what became of each number, in words and in the verdict's colour.
  @Test func thePictureCarriesItsVerdictsToo() {
    func card(_ record: RunRecord) -> ReportCard { ReportCard(Self.report(record)) }
    // Below a title of two lines and numbers with their claims there is room for the curve.
    var long = SampleNotebook.shortRecord
    long.title = "A convolutional network on CIFAR-10"
    var withoutCurve = long
    for index in withoutCurve.cells.indices { withoutCurve.cells[index].change { $0.figures = [] } }
    #expect(card(long).words == card(withoutCurve).words && card(long).file != card(withoutCurve).file)
    #expect(card(SampleNotebook.shortRecord).words.contains(", ✓ claimed > 65.0 %"))
    #expect(card(Self.broken).words.contains(", ✗ claimed > 65.0 %"))
    #expect(card(Self.standIn).words.contains(": stand-in, – claimed > 65.0 %, not tested"))
    #expect(card(Self.nothingClaimed).words.contains("claimed") == false)
    // The longest verdict has room below its number.
    let verdict = "– claimed > 40.0 %, not tested"
    #expect(ReportCard.fitted(verdict, 13...17, width: 322).text == verdict)
    #expect(ReportCard.fitted(verdict, 17...17, width: 322).text.hasSuffix("…"))
    #expect(ReportCard.fitted("✓ claimed > 1", 13...17, width: 322) == ("✓ claimed > 1", 17))
  }

  @Test func theTopLeadsToAllThatWentWrong() {
    var record = Self.failing
    record.cells[0].claims[0].status = .broken
    let html = HTMLReport.text(Self.report(record))
    #expect(html.contains("failed: <a href=\"#cell.train\">train</a>"))
    #expect(html.contains("broken claim: <a href=\"#claim.conv-forward.difference\">conv-forward.difference</a>"))
    #expect(html.contains("not run: <a href=\"#cell.race\">race</a>"))
    let markdown = MarkdownReport.text(Self.report(record))
    #expect(
      markdown.contains("failed: [train](#cell.train); broken claim: [conv-forward](#cell.conv-forward); not run: "))
    for id in ["train", "conv-forward", "race"] { #expect(markdown.contains("<a id=\"cell.\(id)\"></a>")) }
    #expect(JupyterReport.text(Self.report(record)).contains("failed: [train](#cell-id=train)"))
    #expect(!HTMLReport.text(SampleNotebook.shortReport).contains("class=\"troubles\""))
  }

  @Test func contentsMarkTheSections() {
    var record = Self.failing
    record.cells[0].claims[0].status = .broken
    let marked = Self.report(record).contents.filter { $0.trouble != nil }
    #expect(marked.map(\.heading.text) == ["The forward pass", "What it costs", "Past 65 %"])
    #expect(marked.map(\.trouble) == [.broken, .notRun, .failed])
    #expect(SampleNotebook.shortReport.contents.allSatisfy { $0.trouble == nil })
    // A cell that the run was not asked for is no trouble.
    record.cells[1].outcome = .notRun(.notSelected)
    #expect(Self.report(record).contents.compactMap(\.trouble) == [.broken, .failed])
    #expect(HTMLReport.text(Self.report(record)).contains("<span class=\"trouble failed\">✗ failed</span>"))
  }

  @Test func aCellThatDidNotRunLeadsToTheOneItNeeds() {
    let report = Self.report(Self.failing)
    #expect(
      HTMLReport.text(report).contains("– not run: it needs the cell <a href=\"#cell.train\">train</a>, which did"))
    #expect(
      MarkdownReport.text(report).contains("> not run: it needs the cell [train](#cell.train), which did not succeed"))
  }

  @Test func aValueOfACellThatFailedSaysSo() throws {
    let report = Self.report(Self.failing)
    let values = Dictionary(
      (SampleNotebook.notebook.inlineValues + (report.lead?.inlineValues ?? [])).map {
        ("\($0.cell).\($0.metric)", InlineValueText($0, in: report))
      }, uniquingKeysWith: { first, _ in first })
    #expect(values["train.accuracy"] == .missing("failed") && values["race.error"] == .missing("not run"))
    #expect(values["nothing.here"] == .missing("not run"))
    #expect(HTMLReport.text(report).contains("title=\"train.accuracy\"><a href=\"#cell.train\">failed</a></em>"))
    #expect(MarkdownReport.text(report).contains("*[failed](#cell.train)*"))
  }

  @Test func aClaimAboutAnotherMetricShowsItsValue() {
    var record = SampleNotebook.shortRecord
    let claim = Claim(
      metric: "accuracy", comparison: .greater, bounds: [.metric("race", "error")], tolerance: 0,
      text: "accuracy > race.error", range: Samples.anywhere)
    record.cells[2].claims = [ClaimRecord(claim: claim, measured: .float(0.6694), bounds: [8.3e-10], status: .held)]
    let report = Self.report(record)
    #expect(HTMLReport.text(report).contains("&gt; <a href=\"#cell.race\">race.error</a> (8.300e-10)</td>"))
    #expect(MarkdownReport.text(report).contains("| \\> [`race.error`](#cell.race) (`8.300e-10`) |"))
    record.cells[2].claims[0].bounds = [nil]
    #expect(HTMLReport.text(Self.report(record)).contains("<a href=\"#cell.race\">race.error</a></td>"))
  }

  @Test func aRangeIsShownWithBothItsBounds() throws {
    let claim = Claim(
      metric: "accuracy", comparison: .interval, bounds: [.number(0.6694), .metric("race", "error")], tolerance: 0,
      text: "accuracy in [0.6694, race.error]", range: Samples.anywhere)
    var record = SampleNotebook.shortRecord
    record.cells[2].claims = [
      ClaimRecord(claim: claim, measured: .double(0.669391), bounds: [0.6694, 8.3e-10], status: .broken)
    ]
    let report = Self.report(record)
    let html = HTMLReport.text(report)
    #expect(html.contains(">in [0.6694, <a href=\"#cell.race\">race.error</a> (8.300e-10)]</td>"))
    #expect(html.contains(">0.669391</td>"), "its first digits alone would be within the range")
    #expect(MarkdownReport.text(report).contains("| in \\[0.6694, [`race.error`](#cell.race) (`8.300e-10`)\\] |"))
    #expect(JUnitReport.text([record]).contains("claimed in [0.6694, race.error]"))
    let panel = Panel(yAxis: .percent("accuracy"), series: [Series("", y: [0.5, 0.7])], metrics: ["accuracy"])
    let figure = Figure(title: "", panels: [panel], xAxis: .linear("epoch")).showing(record.cells[2].claims)
    guard case .panels(let panels, _) = figure.content else { preconditionFailure() }
    #expect(panels[0].lines.map(\.label) == ["✗ claim: >= 66.9 %", "✗ claim: <= race.error"])
    #expect(panels[0].lines.map(\.value) == [0.6694, 8.3e-10] && panels[0].lines.allSatisfy { $0.role == .missed })
  }

  @Test func dataThatAreNotTheAuthorsSayWhatTheyAre() {
    var record = SampleNotebook.shortRecord
    record.data["cifar-10"]?.note = "Pixels from <JPEG> copies."
    let report = Self.report(record)
    #expect(report.notices.map(\.title) == ["Not the authors' files."])
    #expect(HTMLReport.text(report).contains("says: Pixels from &lt;JPEG&gt; copies.</p>"))
    #expect(MarkdownReport.text(report).contains("says: Pixels from \\<JPEG\\> copies."))
    record.data["cifar-10"]?.isOriginal = true
    #expect(Self.report(record).notices.isEmpty)
  }

  @Test func provenanceNamesTheSourcesAndWhatItTook() throws {
    var record = SampleNotebook.shortRecord
    for cell in record.cells.indices {
      record.cells[cell].codeIdentity = cell == 0 ? "one" : "two"
      record.cells[cell].change { $0.use = ResourceUse(cpuSeconds: 60, peakBytes: (cell + 1) * 400_000_000) }
    }
    let report = Self.report(record)
    let entries = Dictionary(report.provenance.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    #expect(
      entries["Sources that computed"]
        == [.digest("SHA-256 of conv-forward-example", "one"), .digest("SHA-256 of race, train", "two")])
    #expect(
      entries["Computed in"]
        == [.text("3 min 32 s; 3 min 0 s of processor time; at most 1.2 GB of memory, by train")])
    #expect(entries["Notebook"]?.first == .link("notebooks/cnn.md", to: "../../notebooks/cnn.md"))
    #expect(report.costs.rows.map(\.memory) == ["400", "800", "1200"])
    #expect(HTMLReport.text(report).contains("title=\"processor 1 min 0 s, memory 400 MB at most\""))
    // The results keep all of it where it differs from run to run, and give it back.
    let results = try ResultsFile.read(ResultsFile(record, files: []).text.utf8)
    #expect(results == ResultsFile(record, files: []))
    #expect(results.volatile.sources == ["one": ["conv-forward-example"], "two": ["race", "train"]])
    #expect(SampleNotebook.shortRecord.adopting(volatileValuesOf: results) == record)
    #expect(ResultsFile(SampleNotebook.shortRecord, files: []).agrees(with: results))
  }
}
