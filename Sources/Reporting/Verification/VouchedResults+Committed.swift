import FilePaths
import Running
import Steps

extension VouchedResults {
  /// What the report in `folder` says was found, for `plan` to vouch for; nil where there is no report that can be read.
  /// - Parameter numerics: the numeric variant that repeats the beginnings.
  public init?(ofReportIn folder: String, plan: Plan, numerics: String) {
    guard let bytes = FilePath(folder).appending(ResultsFile.name).contents,
      let file = try? ResultsFile.read(bytes)
    else { return nil }
    var results: [CellID: CellResults] = [:]
    for cell in plan.cells {
      guard let told = file[cell.id], told.status == .succeeded, told.step == cell.step.name else { continue }
      var record = CellRecord(blank: cell)
      record.adopt(told, file.volatile.cells[cell.id])
      results[cell.id] = record.outcome.results
    }
    self.init(results: results, isSameVariant: file.numerics == numerics)
  }
}

extension CellRecord {
  /// A record of `cell` that has found nothing yet.
  fileprivate init(blank cell: PlannedCell) {
    self.init(
      id: cell.id, number: cell.number, step: cell.step.name, parameters: cell.configured.parameters,
      changedKeys: cell.changedKeys, seed: cell.seed, usesStandIn: false, outcome: .succeeded(CellResults()),
      claims: [],
      references: cell.references,
      metricKinds: Dictionary(cell.metrics.map { ($0.key, $0.kind) }, uniquingKeysWith: { first, _ in first }),
      seriesKinds: Dictionary(cell.series.map { ($0.key, $0.kind) }, uniquingKeysWith: { first, _ in first }))
  }
}
