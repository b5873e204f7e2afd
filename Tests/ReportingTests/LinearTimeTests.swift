import NbrunDiagnostics
import Foundation
import NbrunNotebooks
import NbrunTestSupport
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// Ten times the cells take at most fifteen times as long to report and to verify, and so do ten times the mistakes.
@Suite(.serialized) struct ReportingLinearTimeTests {
  /// A run of a notebook of so many cells, each with a heading and a value in the prose above it.
  struct Subject {
    let notebook: Notebook
    let record: RunRecord
    let committed: CommittedReport

    init(cells count: Int) {
      let text = (0..<count).map { index in
        "## Part \(index)\n\nIt is {{ c\(index).difference }}.\n\n```nbrun\nstep: conv-forward-example\nid: c\(index)\n```\n"
      }.joined(separator: "\n")
      notebook = NotebookParser.parse("# Many\n\n\(text)".utf8, path: "notebooks/many.md", context: .none)
      var record = Samples.record(
        (0..<count).map { index in
          var cell = Samples.forward
          cell.id = .init(unchecked: "c\(index)")
          cell.number = index + 1
          return cell
        }, title: notebook.title)
      record.notebook = notebook.path
      self.record = record
      let report = Report(record: record, notebook: notebook, plan: nil, place: SampleNotebook.place)
      committed = CommittedReport(files: ReportFiles(report).bytes)
    }

    func verify() -> VerificationReport {
      var verification = Verification(
        record: record, notebook: notebook, plan: nil, place: SampleNotebook.place, committed: committed,
        variants: VerificationTests.variants)
      return verification.report()
    }
  }

  @Test func tenTimesTheCells() {
    #expect(Subject(cells: 400).verify().findings == [])
    let ratio = growth(from: 40)
    // What comes of 40 cells may stay in the processor's caches; what comes of 400 and 4,000 does not.
    #expect(ratio <= 15 || growth(from: 400) <= 15, "first \(ratio)")
  }

  private func growth(from cells: Int) -> Double {
    let (small, large) = (Subject(cells: cells), Subject(cells: 10 * cells))
    // The time that is measured is this thread's: what others did for it would not show.
    return Concurrency.$isAllowed.withValue(false) {
      NbrunTestSupport.growth(enough: 15, rounds: 20, small: { _ = small.verify() }, large: { _ = large.verify() })
    }
  }

  /// Ten times the formulas on one line are written in at most fifteen times the time.
  @Test func tenTimesTheFormulasOnOneLine() {
    func written(_ count: Int) {
      _ = CodeHostTests.text(of: String(repeating: "$a$ ", count: count), form: .codeHost)
    }
    let ratio = Concurrency.$isAllowed.withValue(false) {
      NbrunTestSupport.growth(enough: 15, small: { written(3000) }, large: { written(30_000) })
    }
    #expect(ratio <= 15)
  }

  /// Ten times the mistakes on one line are found, placed and printed in at most fifteen times the time.
  @Test func tenTimesTheMistakesOnOneLine() {
    func printed(_ count: Int) -> String {
      let source = "# T\n\n" + String(repeating: "[é](#gone) ", count: count) + "\n"
      let notebook = NotebookParser.parse(source.utf8, path: "many.md", context: .none)
      #expect(notebook.diagnostics.count == count)
      return DiagnosticPrinter().string(for: notebook.diagnostics, source: { _ in source })
    }
    #expect(NbrunTestSupport.growth(enough: 15, small: { _ = printed(300) }, large: { _ = printed(3000) }) <= 15)
  }
}
