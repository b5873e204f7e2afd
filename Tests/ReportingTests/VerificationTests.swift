import Foundation
import Steps
import Testing

@testable import Reporting
@testable import Running

@Suite struct VerificationTests {
  /// The committed files of the sample notebook's report.
  static let committed = CommittedReport(
    files: ReportFiles(SampleNotebook.shortReport).texts.mapValues { Data($0.utf8) })

  static func findings(
    _ committed: CommittedReport = committed, record: RunRecord = SampleNotebook.shortRecord
  ) -> [VerificationFinding] {
    var verification = Verification(
      record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place, committed: committed)
    return verification.report().findings
  }

  @Test func anUntouchedReportIsVerified() {
    #expect(Self.findings() == [])
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
    Edit("results.json", "\"schema\": 1", "\"schema\": 2", "the results file"),
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

  /// Edits of values of which nothing is compared.
  static let volatileEdits = [
    Edit("results.json", "\"speedup\": 41.25", "\"speedup\": 12.5", ""),
    Edit("results.json", "\"error\": 8.3e-10", "\"error\": 7.1e-10", ""),
    Edit("results.json", "\"seconds\": 211", "\"seconds\": 199", ""),
    Edit("results.json", "took 12 ms", "took 14 ms", ""),
    Edit("results.json", "Example CPU", "Another CPU", ""),
    Edit("README.md", "speedup: 41.2x", "speedup: 39.9x", ""),
    Edit("README.md", "3 min 31 s", "2 min 7 s", ""),
    Edit("report.html", "3 min 31 s", "12 s", ""),
    Edit("report.html", "naive 40 ms", "naive 39 ms", ""),
    Edit("figures/race.bars.svg", "40 ms", "41 ms", ""),
  ]

  @Test(arguments: volatileEdits)
  func volatileValuesMayDiffer(_ edit: Edit) throws {
    var committed = Self.committed
    let text = try #require(committed.files[edit.file].map { String(decoding: $0, as: UTF8.self) })
    let place = try #require(text.range(of: edit.old), "the report does not hold \(edit.old)")
    committed.files[edit.file] = Data(text.replacingCharacters(in: place, with: edit.new).utf8)
    #expect(Self.findings(committed).map(\.text) == [])
  }

  @Test func filesThatAreMissingOrThatNothingWritesAreNamed() {
    var committed = Self.committed
    committed.files["report.html"] = nil
    committed.files["figures/gone.old.svg"] = Data()
    #expect(
      Self.findings(committed).map(\.text) == [
        "the file report.html is missing", "the file figures/gone.old.svg is there, but nothing writes it any more",
      ])
  }

  // MARK: Across variants

  /// A fresh run on another variant, with `change` made to its cells.
  static func onAnotherVariant(_ change: (inout RunRecord) -> Void) -> RunRecord {
    var record = SampleNotebook.shortRecord
    record.numerics = "arm64"
    change(&record)
    return record
  }

  @Test func toleratedDifferencesAcrossVariantsAreNone() {
    let record = Self.onAnotherVariant { record in
      record.cells[0].change { $0.metrics["difference"] = .double(2.21214772e-08) }
      record.cells[2].change { results in
        results.series["loss"] = results.series["loss"]?.enumerated().map { index, value in
          .double(value.double * (index < 2 ? 1.00005 : 1.2))
        }
        results.output[1] = .seriesLine("loss", "(Iteration 11 / 40) loss: 2.5\n")
      }
    }
    #expect(Self.findings(record: record).map(\.text) == [])
    var here = record
    here.numerics = SampleNotebook.record.numerics
    #expect(Self.findings(record: here).count == 3)
  }

  @Test(arguments: [
    (
      "metric",
      "cell conv-forward, metric difference moved: expected 2.2121476417505994e-08, got 2.3e-08, allowed 1e-06 relative"
    ),
    ("series", "cell train, series loss, value 1 moved: expected 2.3, got 2.31, allowed 0.0001 relative"),
    ("line", "cell train, line 2 of the output differs"), ("exact", "cell race, metric exact moved: expected 0, got 1"),
  ])
  func largerOnesAreDifferences(_ change: String, _ found: String) {
    let record = Self.onAnotherVariant { record in
      switch change {
      case "metric": record.cells[0].change { $0.metrics["difference"] = .double(2.3e-08) }
      case "series": record.cells[2].change { $0.series["loss"]?[0] = .double(2.31) }
      case "line": record.cells[2].change { $0.output[1] = .seriesLine("loss", "(Iteration 12 / 40) loss: 2.5\n") }
      default: record.cells[1].change { $0.metrics["exact"] = .integer(1) }
      }
    }
    let findings = Self.findings(record: record)
    #expect(findings.contains { $0.text.hasPrefix(found) }, "\(findings.map(\.text))")
  }

  // MARK: What cannot be compared

  @Test func dataThatAreNotHereOrNotTheSameExcuse() {
    var missing = SampleNotebook.shortRecord
    for index in missing.cells.indices { missing.cells[index].outcome = .notRun(.noData("cifar-10", "Fetch it.")) }
    missing.data = [:]
    // Captions come from the notebook's plan, which the sample does not have.
    var uncaptioned = SampleNotebook.shortRecord
    for cell in uncaptioned.cells.indices {
      uncaptioned.cells[cell].change { results in
        for figure in results.figures.indices { results.figures[figure].caption = nil }
      }
    }
    var committed = CommittedReport(
      files: ReportFiles(
        Report(record: uncaptioned, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place)
      ).texts.mapValues { Data($0.utf8) })
    let without = Self.findings(committed, record: missing)
    #expect(without.filter { $0.kind == .difference } == [])
    #expect(without.first?.text == "cell conv-forward, the cell was not compared: the data cifar-10 is not here")
    #expect(without.contains { $0.fails(strict: true) } && !without.contains { $0.fails(strict: false) })
    // What is drawn from the committed numbers is held against them all the same.
    let name = "figures/train.curve.svg"
    committed.files[name]?.append(contentsOf: Data("<!-- 67 % -->\n".utf8))
    #expect(
      Self.findings(committed, record: missing).filter { $0.kind == .difference }.map(\.subject) == ["the file \(name)"]
    )

    var other = SampleNotebook.shortRecord
    other.data["cifar-10"]?.files["data_batch_1.bin"] = Samples.digest("other")
    other.data["cifar-10"]?.isOriginal.toggle()
    let findings = Self.findings(record: other)
    #expect(findings.filter { $0.kind == .difference }.map(\.text) == [])
    #expect(findings.count >= 3 && findings[0].text.contains("data_batch_1.bin has the digest"))
  }

  @Test func anAttestedCellIsSaidToBeSo() {
    var record = SampleNotebook.shortRecord
    record.cells[2].change { $0.origin = .attested(iterations: 20) }
    record.cells[2].claims[0].status = .attested
    let findings = Self.findings(record: record)
    #expect(findings.map(\.text) == ["cell train, the cell is attested (20 iterations rerun), not verified"])
    #expect(!findings[0].fails(strict: false) && findings[0].fails(strict: true))
  }

  @Test func findingsAsJUnit() throws {
    var record = SampleNotebook.shortRecord
    record.cells[0].change { $0.metrics["difference"] = .double(1) }
    var verification = Verification(
      record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place,
      committed: Self.committed)
    let xml = VerificationReport.junit([verification.report()])
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
