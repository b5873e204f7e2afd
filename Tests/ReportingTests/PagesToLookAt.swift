import NbrunFilePaths
import Foundation
import NbrunNotebooks
import NbrunSteps
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// Writes reports for people and browsers to look at, when `REPORTS_TO_LOOK_AT` names a folder.
@Suite struct PagesToLookAt {
  static let folder = ProcessInfo.processInfo.environment["REPORTS_TO_LOOK_AT"]

  /// Both directions of writing, in lists and tables of either.
  static let directions = """
    # Directions

    مرحبا بالعالم.

    - שלום עולם
    - English

    1. English
    2. שלום עולם

    | عربي | x |
    |---|---|
    | مرحبا | 1 |

    | Latin | שלום |
    |---|---|
    | English | عربي |

    > اقتباس بالعربية

    - [ ] English
    - [x] שלום

    """

  @Test(.enabled(if: folder != nil))
  func write() throws {
    let folder = try #require(Self.folder)
    var failed = SampleNotebook.record
    failed.cells[0].claims[0].status = .broken
    failed.cells[1].usesStandIn = true
    failed.cells[1].outcome = .notRun(.because("train"))
    failed.cells[2].outcome = .failed(
      StepFailure("the loss is infinite at iteration 3", hint: "Try a smaller learning rate."),
      partial: CellResults(output: [.text("(Iteration 1 / 4) loss: 2.302585\n")], seconds: 2))
    failed.alterations = ["--set train.learning-rate=1e6", "--stand-in"]
    var long = SampleNotebook.record
    let lines = (1...20_000).map { "\($0): the quick brown fox\n" }.joined()
    long.cells[0].outcome = .succeeded(CellResults(output: [.text(lines)], seconds: 1))
    for (name, record) in [("cnn", SampleNotebook.record), ("failed", failed), ("long", long)] {
      try ReportWriter.write(
        record: record, notebook: SampleNotebook.notebook, plan: nil, to: "\(folder)/outputs/\(name)")
    }
    let notebook = NotebookParser.parse(
      Self.directions.utf8, path: "notebooks/directions.md", context: SampleNotebook.context)
    var record = Samples.record([], title: "Directions")
    record.notebook = notebook.path
    try ReportWriter.write(record: record, notebook: notebook, plan: nil, to: "\(folder)/outputs/directions")
    try IndexPages.write(in: FilePath("\(folder)/outputs"))
  }
}
