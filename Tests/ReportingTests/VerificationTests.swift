import Foundation
import NbrunSteps
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

@Suite struct VerificationTests {
  /// The committed files of the sample notebook's report.
  static let committed = CommittedReport(
    files: ReportFiles(SampleNotebook.shortReport).bytes)

  /// The same report without captions. Those of cells that did not run come from the notebook's plan, which the sample does not
  /// have.
  static let uncaptioned: CommittedReport = {
    var record = SampleNotebook.shortRecord
    for cell in record.cells.indices {
      record.cells[cell].change { results in
        for figure in results.figures.indices { results.figures[figure].caption = nil }
      }
    }
    let report = Report(record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place)
    return CommittedReport(files: ReportFiles(report).bytes)
  }()

  static func findings(
    _ committed: CommittedReport = committed, record: RunRecord = SampleNotebook.shortRecord
  ) -> [VerificationFinding] {
    report(committed, record: record).findings
  }

  static func report(
    _ committed: CommittedReport = committed, record: RunRecord = SampleNotebook.shortRecord,
    areInterchangeable: Bool = false
  ) -> VerificationReport {
    var verification = Verification(
      record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place, committed: committed,
      variants: variants, areInterchangeable: areInterchangeable)
    return verification.report()
  }

  static let variants: Set = ["x86-64-avx2", "arm64"]

  @Test func anUntouchedReportIsVerified() {
    let report = Self.report()
    #expect(report.findings == [])
    #expect(report.cells.map(\.status) == [.verified, .verified, .verified])
    #expect(report.summary == "3 cells verified")
  }

  /// An edit of one committed file, and what must be found: the cell and the subject, which `text` starts with.
  struct Edit: CustomTestStringConvertible, Sendable {
    var file: String
    var old: String
    var new: String
    var found: String
    var testDescription: String { "\(file): \(old) → \(new)" }

    init(_ file: String, _ old: String, _ new: String, _ found: String) {
      self.file = file
      self.old = old
      self.new = new
      self.found = found
    }
  }

  static let edits = [
    Edit(
      "results.json", "\"difference\": 2.2121476417505994e-08", "\"difference\": 2.2121476417505995e-08",
      "cell conv-forward, metric difference moved"),
    Edit("results.json", "\"accuracy\": 0.6694", "\"accuracy\": 0.6695", "cell train, metric accuracy moved"),
    Edit("results.json", "\"exact\": 0", "\"exact\": 1", "cell race, metric exact moved"),
    Edit("results.json", "\"loss\": [2.3,", "\"loss\": [2.4,", "cell train, series loss, value 1 moved"),
    Edit(
      "results.json", "\"status\": \"held\"", "\"status\": \"broken\"", "cell conv-forward, claim difference < 1e-07"),
    Edit(
      "results.json", "\"claim\": \"accuracy > 0.65\"", "\"claim\": \"accuracy > 0.66\"",
      "cell train, the claims differ"),
    Edit(
      "results.json", "Testing conv_forward_naive", "Testing conv_forward_naivf",
      "cell conv-forward, line 1 of the output"),
    Edit(
      "results.json", "\"before\": \"difference: \"", "\"before\": \"distance: \"",
      "cell conv-forward, line 3 of the output"),
    Edit("results.json", "(Iteration 11 / 40)", "(Iteration 12 / 40)", "cell train, line 2 of the output"),
    Edit("results.json", "\"stride\": 2", "\"stride\": 3", "cell conv-forward, parameter stride differs"),
    Edit("results.json", "\"value\": 139.2", "\"value\": 139.3", "cell race, the references"),
    Edit(
      "results.json", "\"title\": \"Loss and accuracy", "\"title\": \"Loss or accuracy",
      "cell train, figure curve, title moved"),
    Edit("results.json", "\"y\": [2.3,", "\"y\": [2.4,", "cell train, figure curve, panel 0"),
    Edit(
      "results.json", "\"file\": \"figures/train.curve.svg\"", "\"file\": \"figures/train.curvf.svg\"",
      "cell train, figure curve has another file"),
    Edit("results.json", "\"id\": \"race\"", "\"id\": \"rade\"", "cell race, the cell is not in the report"),
    Edit("results.json", "\"digest\": \"b", "\"digest\": \"c", "the notebook was edited"),
    Edit(
      "results.json", "\"error\": 8.3e-10", "\"error\": 8.3e-02", "cell race, claim error < 1e-06 is said to be held"),
    Edit(
      "results.json", "\"threads\": 2", "\"threads\": 2,\n  \"extra\": 1",
      "the file results.json is not what its results give"),
    Edit("results.json", "\"schema\": 2", "\"schema\": 1", "the results file results.json cannot be compared"),
    Edit("results.json", "{\n", "", "the results file"),
    Edit("README.md", "`2.2121476e-08`", "`2.2121477e-08`", "the file README.md is not what"),
    Edit("README.md", "times faster than", "times slower than", "the file README.md is not what"),
    Edit("README.md", "loss: 1.9", "loss: 1.8", "the file README.md is not what"),
    Edit("report.html", "66.9 %", "67.9 %", "the file report.html is not what"),
    Edit("report.html", "✓ held", "✓ hold", "the file report.html is not what"),
    Edit("report.html", "</main>", "<script>alert(1)</script></main>", "the file report.html is not what"),
    Edit("report.ipynb", "2.2121476417505994e-08", "2.2121476417505995e-08", "the file report.ipynb is not what"),
    Edit("figures/train.curve.svg", "epoch", "epock", "the file figures/train.curve.svg is not what"),
  ]

  @Test(arguments: edits)
  func oneEditIsFoundAndNamed(_ edit: Edit) throws {
    var committed = Self.committed
    let text = try #require(committed.files[edit.file].map { String(decoding: $0, as: UTF8.self) })
    let place = try #require(text.range(of: edit.old), "the report does not hold \(edit.old)")
    committed.files[edit.file] = Data(text.replacingCharacters(in: place, with: edit.new).utf8)
    let findings = Self.findings(committed)
    #expect(findings.contains { $0.kind == .difference && $0.text.hasPrefix(edit.found) }, "\(findings.map(\.text))")
  }

  /// Edits of values that differ from run to run: they stand in the results, and every other file must show those.
  static let volatileEdits = [
    Edit(
      "results.json", "\"speedup\": 41.25", "\"speedup\": 12.5",
      "the files README.md, card.png, report.html, report.ipynb are"),
    Edit(
      "results.json", "\"error\": 8.3e-10", "\"error\": 7.1e-10",
      "the files README.md, card.png, report.html, report.ipynb are"),
    Edit("results.json", "\"seconds\": 211", "\"seconds\": 199", "the file"),
    Edit("results.json", "took 12 ms", "took 14 ms", "the files README.md, report.html, report.ipynb are"),
    Edit("results.json", "Example CPU", "Another CPU", "the files README.md, report.html, report.ipynb are"),
    Edit("README.md", "speedup: 41.2x", "speedup: 39.9x", "the file README.md is"),
    Edit("README.md", "3 min 31 s", "2 min 7 s", "the file README.md is"),
    Edit("report.html", "3 min 31 s", "12 s", "the file report.html is"),
    Edit("report.html", "naive 40 ms", "naive 39 ms", "the file report.html is"),
    Edit("figures/race.bars.svg", "40 ms", "41 ms", "the file figures/race.bars.svg is"),
  ]

  @Test(arguments: volatileEdits)
  func valuesThatDifferFromRunToRunAreThoseOfTheResults(_ edit: Edit) throws {
    var committed = Self.committed
    let text = try #require(committed.files[edit.file].map { String(decoding: $0, as: UTF8.self) })
    let place = try #require(text.range(of: edit.old), "the report does not hold \(edit.old)")
    committed.files[edit.file] = Data(text.replacingCharacters(in: place, with: edit.new).utf8)
    let findings = Self.findings(committed)
    #expect(findings.contains { $0.kind == .difference && $0.text.hasPrefix(edit.found) }, "\(findings.map(\.text))")
  }

  @Test func timesAndNoiseOfAnotherRunAreNoDifference() {
    var record = SampleNotebook.shortRecord
    record.environment.machine = "Another"
    record.cells[1].change { results in
      results.seconds = 99
      results.metrics["speedup"] = .double(7)
      results.metrics["error"] = .double(3.3e-9)
      results.series["times"] = [.double(1), .double(2)]
      results.output[2] = .seriesLine("times", "took 99 ms\n")
      results.figures[0].figure.title = "Other times"
    }
    record.judgeClaims()
    #expect(Self.findings(record: record).map(\.text) == [])
  }

  /// One cause is one finding.
  @Test(arguments: [
    ("results.json", "\"accuracy\": 0.6694", "\"accuracy\": 0.6695", "cell train, metric accuracy moved"),
    ("results.json", "\"stride\": 2", "\"stride\": 3", "cell conv-forward, parameter stride differs"),
    ("results.json", "\"title\": \"A CNN", "\"title\": \"A NNN", "the title differs"),
    (
      "results.json", "\"status\": \"passed\"", "\"status\": \"failed\"",
      "the file results.json is not what its results give"
    ),
    (
      "results.json", "\"status\": \"held\"", "\"status\": \"not-tested\"",
      "cell conv-forward, claim difference < 1e-07"
    ),
    ("results.json", "\"y\": [2.3,", "\"y\": [\"2.3\",", "cell train, figure curve has no readable data in the report"),
    ("results.json", "x86-64-avx2", "x86-65", "the arithmetic is none that this program has"),
    ("results.json", "Example CPU", "Another CPU", "the files README.md, report.html, report.ipynb are not what"),
    ("report.ipynb", "Example CPU", "Another CPU", "the file report.ipynb is not what its results give"),
  ])
  func oneCauseIsOneFinding(file: String, old: String, new: String, found: String) throws {
    var committed = Self.committed
    let text = try #require(committed.files[file].map { String(decoding: $0, as: UTF8.self) })
    try #require(text.contains(old))
    committed.files[file] = Data(text.replacing(old, with: new, maxReplacements: 1).utf8)
    let findings = Self.findings(committed)
    #expect(findings.count == 1 && findings.allSatisfy { $0.text.hasPrefix(found) }, "\(findings.map(\.text))")
  }

  @Test func aRenamedCellIsOneThatIsMissingAndOneThatIsStrange() throws {
    var committed = Self.committed
    let text = String(decoding: try #require(committed.files[ResultsFile.name]), as: UTF8.self)
    let renamed = text.replacing("\"id\": \"race\"", with: "\"id\": \"rade\"", maxReplacements: 1)
    committed.files[ResultsFile.name] = Data(renamed.utf8)
    #expect(
      Self.findings(committed).map(\.text) == [
        "cell race, the cell is not in the report",
        "the report shows a cell rade that the notebook does not have",
      ])
  }

  @Test func anEditedNotebookIsOneFindingThatNamesWhatChanged() {
    var record = SampleNotebook.shortRecord
    record.digest = Samples.digest("edited")
    let prose = Self.findings(record: record)
    #expect(prose.map(\.text) == ["the notebook was edited after its report was written; run it again"])
    record.cells[0].parameters["stride"] = .integer(3)
    record.cells[0].change { $0.metrics["difference"] = .double(1) }
    record.cells[2].change { $0.metrics["accuracy"] = .float(0.5) }
    let both = Self.findings(record: record).map(\.text)
    #expect(both.count == 2, "the number that another parameter gives is no cause of its own: \(both)")
    #expect(
      both.first == "the notebook was edited after its report was written; run it again "
        + "(cell conv-forward, parameter stride differs: expected 2, got 3)")
    #expect(both.last?.hasPrefix("cell train, metric accuracy moved") == true)
  }

  // MARK: What needs no run

  /// Edits of what a report says of itself, with every file made again from the edited results: what a forger would do.
  @Test func whatContradictsItselfIsFoundWithoutARun() {
    func found(_ change: (inout CellRecord) -> Void) -> [String] {
      var record = SampleNotebook.shortRecord
      record.cells[2].summaries = ["accuracy": Metric("accuracy", .noise).being(.last, of: "loss").summary!]
      record.cells[2].change { $0.metrics["accuracy"] = $0.series["loss"]?.last }
      // What writes a report has computed its cells: only the run that it is held against has attested one.
      var forged = record
      change(&forged.cells[2])
      record.cells[2].change { $0.origin = .attested(iterations: 20) }
      record.judgeClaims()
      forged.judgeClaims()
      let report = Report(
        record: forged, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place)
      let committed = CommittedReport(files: ReportFiles(report).bytes)
      return Self.findings(committed, record: record).filter { $0.kind == .difference }.map(\.text)
    }
    // What vouches for a cell takes its word for all but the beginning.
    #expect(found { _ in } == [])
    #expect(
      found { $0.change { $0.metrics["accuracy"] = .double(0.99) } }.first
        == "cell train, metric accuracy is not the last value of the series loss: got 0.99")
    #expect(
      found { $0.change { $0.output[2] = .seriesLine("loss", "(Iteration 21 / 40) loss: 0.123\n") } }.first
        == "cell train, a line of the output shows no value of the series loss that it could show: "
        + "got “(Iteration 21 / 40) loss: 0.123”")
    #expect(
      found { $0.change { $0.series["surprise"] = [.integer(1)] } } == [
        "cell train, series surprise is none of its step's"
      ])
  }

  /// Lines of a training as its steps print them, one of them forged: what must be found, in lines that no run printed again, too.
  @Test(arguments: [
    ("", "", nil, false), ("val_acc: 0.389000", "val_acc: 0.989000", "validation-accuracy", false),
    ("acc: 0.458000; val_acc: 0.389000", "acc: 0.389000; val_acc: 0.989000", "validation-accuracy", false),
    ("train acc: 0.458000", "train acc: 0.858000", "training-accuracy", false),
    ("train acc: 0.458000", "train acc: 0.389000", "training-accuracy", false),
    ("loss: 1.449460", "loss: 0.000001", "loss", false), ("loss: 2.302585", "loss: 0.000001", "loss", false),
    ("loss: 1.449460", "loss: 0.000001 [1.449460]", nil, true),
    ("loss: 1.449460", "loss: 1.449460 accuracy of 99 %", nil, true), ("191 / 200", "191 / 900", nil, true),
    ("181 / 200", "141 / 200", nil, true), ("Epoch 2 / 2", "Epoch 20 / 20", nil, true),
    ("loss: nan", "loss: inf", "loss", false),
  ])
  func aForgedLineIsFound(old: String, new: String, series: String?, isOdd: Bool) throws {
    let text = """
      (Iteration 1 / 200) loss: 2.302585
      (Epoch 0 / 2) train acc: 0.098000; val_acc: 0.112000
      (Iteration 171 / 200) loss: 1.700001
      (Epoch 1 / 2) train acc: 0.398000; val_acc: 0.379000
      (Iteration 181 / 200) loss: nan
      (Iteration 191 / 200) loss: 1.449460
      (Epoch 2 / 2) train acc: 0.458000; val_acc: 0.389000
      """
    var record = SampleNotebook.shortRecord.cells[2]
    func values(_ numbers: Double...) -> [MetricValue] { numbers.map(MetricValue.double) }
    record.change { results in
      results.series = [
        "loss": values(2.3025851, 2.1, 1.7000012, 1.6, .nan, 1.44946), "training-accuracy": values(0.098, 0.398, 0.458),
        "validation-accuracy": values(0.112, 0.379, 0.389),
      ]
      results.output = text.replacing(old.isEmpty ? "none" : old, with: new).split(separator: "\n").map { line in
        .seriesLine(line.hasPrefix("(I") ? "loss" : "validation-accuracy", "\(line)\n")
      }
    }
    let report = InnerConsistency(told: record, said: ResultsFile.Cell(record))
    let found = report.faults.filter { $0.subject == "a line of the output" }
    #expect(found.map(\.message) == (series.map { ["shows no value of the series \($0) that it could show"] } ?? []))
    #expect(report.unlikeOthers.isEmpty == !isOdd, "\(report.unlikeOthers)")
    if let line = found.first?.got ?? report.unlikeOthers.first?.got { #expect(line.contains(new)) }
  }

  /// A sign that stands for numbers elsewhere is none in a line.
  @Test(arguments: ["# #", "5 # #", "#", "", "nan # inf", "# 5 # 5"])
  func noLineTraps(line: String) {
    var record = SampleNotebook.shortRecord.cells[2]
    record.change { results in
      results.series = ["loss": [5, 5].map(MetricValue.double), "rate": [5, 5.001].map(MetricValue.double)]
      results.output = ["# 5.0000", line, "5.0000 #", line].map { .seriesLine("loss", $0 + "\n") }
    }
    let report = InnerConsistency(told: record, said: ResultsFile.Cell(record))
    #expect(report.faults.count + report.unlikeOthers.count > 0)
  }

  /// Lines of other steps: several numbers, in any order, with words that come and go.
  @Test func honestLinesOfOtherStepsAreRight() {
    var record = SampleNotebook.shortRecord.cells[2]
    record.change { results in
      results.series = [
        "loss": [0.5, 0.25, 0.125].map(MetricValue.double), "rate": [0.4, 0.45, 0.43].map(MetricValue.double),
      ]
      results.output = [
        "start with 1 of 3: loss 0.5000, best rate 0.4000", "loss 0.2500 after 2 (new best!), best rate 0.4500",
        "restarted 1 time; loss 0.1250, best rate 0.4500",
      ].map { .seriesLine("loss", $0 + "\n") }
    }
    let report = InnerConsistency(told: record, said: ResultsFile.Cell(record))
    #expect(report.faults.filter { $0.subject == "a line of the output" } == [])
  }

  /// Only verifying attests, and it writes no report: one that says so of a claim was forged, in however many files.
  @Test func noReportSaysThatItIsAttested() {
    var record = SampleNotebook.shortRecord
    record.cells[2].change { $0.origin = .attested(iterations: 20) }
    record.judgeClaims()
    let report = Report(record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place)
    let findings = Self.findings(CommittedReport(files: ReportFiles(report).bytes))
    let found = "cell train, claim accuracy > 0.65 is said to be attested, but the report's own number says otherwise"
    #expect(findings.first?.text.hasPrefix(found) == true, "\(findings.map(\.text))")
    #expect(findings.first?.kind == .difference)
  }

  @Test(arguments: [
    ("loss: 2.302585", 2.3025851, true), ("loss: 2.302585", 2.302587, false), ("acc 45.3 %", 0.4531, true),
    ("[9.33 8.9 9.1106]", 9.11056, true), ("error 1.2e-05", 1.23e-5, true), ("error 1.2e-05", 1.26e-5, false),
    ("took 12 ms", 12, true), ("loss: nan", .nan, true), ("none", 1, false), ("-0.5 of 3", -0.5, true),
    ("3. and .5", 0.5, true), ("loss inf", .infinity, true), ("1e999", 3, false),
  ])
  func whatALineShows(line: String, number: Double, shows: Bool) {
    #expect(ShownLine(line).numbers.contains { $0.shows(number) } == shows)
  }

  // MARK: Failures

  @Test func anUnchangedReportOfFailuresGivesItsOwnFindings() {
    let record = Self.failedAsWritten
    let written = Report(record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place)
    let committed = CommittedReport(files: ReportFiles(written).bytes)
    let findings = Self.findings(committed, record: record)
    #expect(
      findings.map(\.text) == [
        "cell conv-forward, claim difference < 1e-07 is broken: got 0.5",
        "cell train, the cell failed: the loss is infinite at iteration 3; Try a learning rate below 1.",
      ])
    #expect(findings.allSatisfy { $0.kind == .failure && $0.fails(strict: false) })
    let report = Self.report(committed, record: record)
    // What failed or did not run is not verified.
    #expect(report.cells[0].status == .verified && report.cells[2].status == .failed)
    #expect(report.cells[1].status == .unchecked("it was not run: it needs the cell train, which did not succeed"))
    #expect(report.summary == "2 failures; 1 cell verified, 1 unchecked")
    let xml = VerificationReport.junit([report], strict: false)
    #expect(xml.contains("tests=\"4\" failures=\"2\" errors=\"0\" skipped=\"1\""), "\(xml)")
    // What failed and does so no more is a difference.
    #expect(Self.findings(committed).contains { $0.kind == .difference && $0.text.contains("ended otherwise") })
  }

  /// The sample notebook's run with a broken claim, a cell that failed and one that did not run for it.
  static let failedAsWritten: RunRecord = {
    var record = SampleNotebook.shortRecord
    record.cells[0].change { $0.metrics["difference"] = .double(0.5) }
    record.cells[2].outcome = .failed(
      StepFailure("the loss is infinite at iteration 3", hint: "Try a learning rate below 1."),
      partial: CellResults(output: [.text("(Iteration 1 / 4) loss: 2.302585\nlast line")], seconds: 2))
    record.cells[1].outcome = .notRun(.because("train"))
    record.judgeClaims()
    return record
  }()

  /// Files are named in the order of their names, whatever is wrong with them.
  @Test func filesThatAreMissingOrThatNothingWritesAreNamed() {
    var committed = Self.committed
    committed.files["report.html"] = nil
    committed.files["figures/gone.old.svg"] = Data()
    #expect(
      Self.findings(committed).map(\.text) == [
        "the file figures/gone.old.svg is there, but nothing writes it any more", "the file report.html is missing",
      ])
  }

  // MARK: What cannot be compared

  @Test func dataThatAreNotHereOrNotTheSameExcuse() {
    var missing = SampleNotebook.shortRecord
    for index in missing.cells.indices { missing.cells[index].outcome = .notRun(.noData("cifar-10", "Fetch it.")) }
    missing.data = [:]
    var committed = Self.uncaptioned
    let without = Self.findings(committed, record: missing)
    #expect(without.filter { $0.kind == .difference } == [])
    #expect(
      without.map(\.text) == ["3 cells were not compared: the data cifar-10 is not here (conv-forward, race, train)"])
    #expect(without.contains { $0.fails(strict: true) } && !without.contains { $0.fails(strict: false) })
    // What is drawn from the committed numbers is held against them all the same.
    let name = "figures/train.curve.svg"
    committed.files[name]?.append(contentsOf: Data("<!-- 67 % -->\n".utf8))
    #expect(
      Self.findings(committed, record: missing).filter { $0.kind == .difference }.map(\.subject) == ["the file \(name)"]
    )

    var other = SampleNotebook.shortRecord
    other.data["cifar-10"]?.digests["data_batch_1.bin"] = Samples.digest("other")
    other.data["cifar-10"]?.isOriginal.toggle()
    let findings = Self.findings(record: other)
    #expect(
      findings.count == 1 && findings[0].text.contains("data_batch_1.bin has the digest"), "\(findings.map(\.text))")
    #expect(findings[0].kind == .difference)
    #expect(Self.report(record: other).summary == "1 difference; 0 cells verified, 3 unchecked")
  }

  @Test func anAttestedCellIsSaidToBeSo() {
    var record = SampleNotebook.shortRecord
    record.cells[2].change { $0.origin = .attested(iterations: 20) }
    record.cells[2].claims[0].status = .attested
    let findings = Self.findings(record: record)
    #expect(findings.map(\.text) == ["cell train, the cell is attested (20 iterations rerun), not verified"])
    #expect(!findings[0].fails(strict: false) && findings[0].fails(strict: true))
    record.cells[0].change { $0.origin = .unchecked }
    #expect(Self.report(record: record).summary == "1 cell verified, 1 attested, 1 unchecked")
  }

  @Test func anInterruptedRunComparesWhatItCan() {
    var record = SampleNotebook.shortRecord
    record.cells[1].outcome = .notRun(.interrupted)
    record.cells[2].outcome = .notRun(.interrupted)
    record.wasInterrupted = true
    record.judgeClaims()
    #expect(
      Self.findings(Self.uncaptioned, record: record).map(\.text) == [
        "2 cells were not compared: the run was interrupted (race, train)"
      ])
    let summary = Self.report(Self.uncaptioned, record: record).summary
    #expect(summary == "interrupted; 1 cell verified, 2 unchecked")
  }

  @Test func findingsAsJUnit() throws {
    var record = SampleNotebook.shortRecord
    record.cells[0].change { $0.metrics["difference"] = .double(1) }
    let xml = VerificationReport.junit([Self.report(record: record)], strict: false)
    #expect(xml.contains("<testcase classname=\"notebooks/cnn.md\" name=\"cell race\" time=\"0.000\"></testcase>"))
    #expect(xml.contains("tests=\"4\" failures=\"1\""))
    #expect(xml.contains("expected 2.2121476417505994e-08, got 1.0"))
  }
}

extension CellRecord {
  /// Changes what the cell found.
  mutating func change(_ change: (inout CellResults) -> Void) {
    guard var results = outcome.results else { return }
    change(&results)
    outcome = outcome.replacing(results)
  }
}
