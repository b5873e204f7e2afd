import NbrunSteps

/// Makes the records of cells from what has become of them so far, judging their claims. Pure: it can be asked at any time.
struct RecordAssembly {
  let outcomes: [CellID: CellOutcome]
  /// The cells that read a stand-in for their data, themselves or through their inputs.
  let standIns: Set<CellID>

  func record(of cell: PlannedCell) -> CellRecord {
    let judge = ClaimJudge(outcomes: outcomes, standIns: standIns)
    return CellRecord(
      id: cell.id, number: cell.number, step: cell.step.name, parameters: cell.effectiveEntries,
      changedKeys: cell.changedKeys, seed: cell.seed, usesStandIn: standIns.contains(cell.id),
      outcome: (outcomes[cell.id] ?? .notRun(.interrupted)).captioned(cell.captions),
      claims: cell.claims.map { judge.judge($0, of: cell.id) }, references: cell.references,
      metricKinds: Dictionary(firstOf: cell.metrics.map { ($0.key, $0.kind) }),
      seriesKinds: Dictionary(firstOf: cell.series.map { ($0.key, $0.kind) }),
      summaries: Dictionary(firstOf: cell.metrics.compactMap { metric in metric.summary.map { (metric.key, $0) } }),
      codeIdentity: cell.step.codeIdentity)
  }
}

extension CellOutcome {
  /// The same outcome, its figures with the notebook's captions: these are no part of what is kept between runs.
  fileprivate func captioned(_ captions: [FigureName: String]) -> CellOutcome {
    guard var results else { return self }
    for index in results.figures.indices { results.figures[index].caption = captions[results.figures[index].name] }
    return replacing(results)
  }
}

extension CellRecord {
  /// A record of `cell` before it has run or, with `outcome`, while it does; none of its claims is judged.
  package init(notYetRun cell: PlannedCell, outcome: CellOutcome = .notRun(.interrupted)) {
    self = RecordAssembly(outcomes: [:], standIns: []).record(of: cell)
    self.outcome = outcome
  }
}
