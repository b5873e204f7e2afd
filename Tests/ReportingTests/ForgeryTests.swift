import Foundation
import NbrunFilePaths
import NbrunTestSupport
import Synchronization
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// No committed file can be forged past `verify --strict`: nor a value in it, nor its name, nor its place.
@Suite struct ForgeryTests {
  static let folder = "cnn"

  /// What a run of the sample notebook leaves.
  static func outputs(of record: RunRecord) -> ForgedOutputs {
    let report = Report(record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place)
    var files: [String: Data] = [:]
    for (name, bytes) in ReportFiles(report).bytes { files["\(folder)/\(name)"] = bytes }
    for (name, text) in pages(CommittedOutputs(files: files)) { files[name] = Data(text.utf8) }
    return ForgedOutputs(files: files)
  }

  static func pages(_ outputs: CommittedOutputs) -> [String: String] {
    let entries = outputs.folders.compactMap { name in
      outputs.results(in: name).map { results in
        IndexPages.Entry(
          folder: name.text, results: results,
          files: Set(outputs.entries.keys.compactMap { $0.below(name)?.text }))
      }
    }
    return IndexPages.texts(of: entries.filter { $0.folder == folder })
  }

  /// Whether strict verifying lets it pass: what the command does, without running anything.
  static func passes(_ forged: ForgedOutputs, record: RunRecord) -> Bool {
    let outputs = forged.outputs
    let report = VerificationTests.report(
      outputs.report(in: FilePath(folder), among: [FilePath(folder)]), record: record)
    let rest = OutputsVerification.verify(
      "outputs", outputs: outputs, reports: [FilePath(folder)], pages: report.isConsistent ? pages(outputs) : nil)
    return report.passed(strict: true) && rest?.passed(strict: true) ?? true
  }

  @Test func everyForgeryIsRefused() throws {
    let record = SampleNotebook.shortRecord
    let outputs = Self.outputs(of: record)
    #expect(Self.passes(outputs, record: record))
    let forgeries = try Forgery.all(of: outputs, report: Self.folder)
    let tried = shareOfTrials(forgeries)
    let (refused, passed) = Self.tally(tried, outputs, record)
    #expect(passed == [])
    print("\(refused) of \(tried.count) forgeries are refused under --strict, of \(forgeries.count) that there are")
    #expect(forgeries.count >= 893)
  }

  /// A report of failures fails in any case; here its forgeries must be found besides.
  @Test func forgedReportsOfFailuresAreRefused() throws {
    let record = VerificationTests.failedAsWritten
    let outputs = Self.outputs(of: record)
    let known = VerificationTests.findings(
      outputs.outputs.report(in: FilePath(Self.folder), among: [FilePath(Self.folder)]), record: record)
    #expect(known.allSatisfy { $0.kind == .failure })
    let forgeries = shareOfTrials(
      try Forgery.all(of: outputs, report: Self.folder).filter { $0.description.contains("results.json") })
    var passed: [String] = []
    for forgery in forgeries {
      var forged = outputs
      forgery.apply(&forged)
      let report = VerificationTests.report(
        forged.outputs.report(in: FilePath(Self.folder), among: [FilePath(Self.folder)]), record: record)
      if report.isConsistent { passed.append(forgery.description) }
    }
    #expect(passed == [])
    print("\(forgeries.count - passed.count) of \(forgeries.count) forged results of a failed run are refused")
  }

  /// The forgeries that are refused, how many, and those that pass.
  private static func tally(
    _ forgeries: [Forgery], _ outputs: ForgedOutputs, _ record: RunRecord
  ) -> (refused: Int, passed: [String]) {
    var passed: [String] = []
    for forgery in forgeries {
      var forged = outputs
      forgery.apply(&forged)
      if forged.files == outputs.files, forged.others.isEmpty {
        Issue.record("\(forgery) changes nothing")
      } else if passes(forged, record: record) {
        passed.append(forgery.description)
      }
    }
    return (forgeries.count - passed.count, passed)
  }
}
