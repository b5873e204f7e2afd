import Diagnostics
import Running
import Steps

/// The cells whose numbers cannot be compared, and why: their data are not here, not the same, or a stand-in.
struct Excuses {
  private var reasons: [CellID: VerificationFinding] = [:]
  /// A finding for each such cell, in the order of the notebook.
  private(set) var all: [VerificationFinding] = []

  /// - Parameter plan: which cells read which data; without it all may read any.
  init(fresh record: RunRecord, committed results: ResultsFile, plan: Plan?) {
    var tainted: [CellID: String] = [:]
    for cell in record.cells {
      let planned = plan?[cell.id]
      let sources = planned.map { $0.configured.dataSources.map(\.name) } ?? record.data.keys.sorted()
      let inherited = (planned?.dependencies ?? []).sorted().compactMap { tainted[$0] }.first
      let reason =
        Self.reason(cell, results[cell.id]) ?? sources.lazy.compactMap { Self.reason($0, record, results) }.first
        ?? inherited
      guard let reason else { continue }
      tainted[cell.id] = reason
      let finding = VerificationFinding(
        kind: .notCompared, cell: cell.id, subject: "the cell", message: "was not compared: \(reason)",
        path: plan?.notebook.path ?? record.notebook, range: planned?.range)
      reasons[cell.id] = finding
      all.append(finding)
    }
  }

  /// Why a cell's numbers cannot be compared; nil where they can.
  subscript(id: CellID) -> VerificationFinding? {
    reasons[id]
  }

  private static func reason(_ cell: CellRecord, _ old: ResultsFile.Cell?) -> String? {
    if case .notRun(.noData(let source, _)) = cell.outcome, old?.status != .notRun {
      return "the data \(source) is not here"
    }
    if case .notRun(.notSelected) = cell.outcome { return "the run was asked for other cells" }
    if case .notRun(.interrupted) = cell.outcome { return "the run was interrupted" }
    if let old, cell.usesStandIn != old.usesStandIn {
      return cell.usesStandIn ? "it read a stand-in for its data" : "the report's numbers come from a stand-in"
    }
    return nil
  }

  private static func reason(_ name: DataSourceName, _ record: RunRecord, _ results: ResultsFile) -> String? {
    guard let old = results.data[name], let new = record.data[name]?.files, old != new else { return nil }
    let file = Set(old.keys).union(new.keys).sorted().first { old[$0] != new[$0] } ?? ""
    func short(_ digest: String?) -> String { digest.map { String($0.prefix(12)) + "…" } ?? "none" }
    return "the data \(name) is not the report's: \(file) has the digest \(short(new[file]?.description)), "
      + "in the report \(short(old[file]?.description))"
  }
}
