import NbrunRunning
import NbrunSteps

extension ReportedResults {
  /// What a committed report says was found, for `plan` to vouch for; nil where it has no results that can be read.
  /// - Parameter numerics: the numeric variant that repeats the beginnings.
  package init?(of report: CommittedReport, plan: Plan, numerics: String) {
    guard let file = try? report.results() else { return nil }
    let told = Dictionary(firstOf: file.cells.map { ($0.id, $0) })
    var results: [CellID: CellResults] = [:]
    for cell in plan.cells {
      guard let said = told[cell.id], said.status == .succeeded, said.step == cell.step.name else { continue }
      var record = CellRecord(notYetRun: cell)
      record.adopt(said, file.volatile.cells[cell.id])
      results[cell.id] = record.outcome.results
    }
    self.init(results: results, isSameVariant: file.numerics == numerics)
  }
}
