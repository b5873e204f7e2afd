import NbrunRunning
import NbrunSteps

/// Which cells' numbers can be compared with a fresh run's, and of the others why not.
struct SkippedCells {
  /// Why a cell is not compared.
  struct Reason: Equatable {
    /// What a reader is told: `the data cifar-10 is not here`.
    var text: String
    /// Whether another finding says the same, so that this needs none.
    var isExplained = false
  }

  private var reasons: [CellID: Reason] = [:]

  /// Why the cell is not compared; nil where it is.
  subscript(id: CellID) -> Reason? { reasons[id] }

  /// - Parameters:
  ///   - told: the run that the report tells of.
  ///   - redefined: the cells that the report shows with other parameters.
  ///   - plan: which cells read which data and take from which others; without it all may read any.
  init(
    fresh record: RunRecord, told: RunRecord, redefined: Set<CellID>, differingData: Set<DataSourceName>, plan: Plan?
  ) {
    for (cell, old) in zip(record.cells, told.cells) {
      let planned = plan?[cell.id]
      let sources = planned.map { $0.configured.dataSources.map(\.name) } ?? record.data.keys.sorted()
      let inherited = planned.map {
        Set($0.configured.inputs.values).sorted().lazy.compactMap { [reasons] in reasons[$0] }.first
      }
      if redefined.contains(cell.id) {
        reasons[cell.id] = Reason(text: "the report shows other parameters", isExplained: true)
      } else if let source = sources.first(where: differingData.contains) {
        reasons[cell.id] = Reason(text: "the data \(source) are not the report's", isExplained: true)
      } else if let reason = Self.reason(cell, old) ?? inherited ?? nil {
        reasons[cell.id] = reason
      }
    }
  }

  private static func reason(_ cell: CellRecord, _ told: CellRecord) -> Reason? {
    let text: String? =
      switch cell.outcome {
      case .notRun(.noData(let source, _)): "the data \(source) is not here"
      case .notRun(.notSelected): "the run was asked for other cells"
      case .notRun(.interrupted): "the run was interrupted"
      case .notRun(.needsAttested(let source)): "the cell \(source), which is needed, is only attested"
      case .succeeded(let results) where results.origin == .unchecked: "an input is only attested"
      default: cell.usesStandIn && !told.usesStandIn ? "a stand-in was read for the data" : nil
      }
    return text.map { Reason(text: $0) }
  }
}
