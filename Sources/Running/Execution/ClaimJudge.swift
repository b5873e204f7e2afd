import NbrunSteps

/// Makes the records of cells from what has become of them so far, and judges what the notebook claims. Pure: it can be asked at any
/// time.
struct ClaimJudge {
  /// What is known of the cells so far.
  let outcomes: [CellID: CellOutcome]
  /// The cells that read a stand-in for their data, themselves or through their inputs.
  let standIns: Set<CellID>

  /// The verdict on a claim of the cell `id`. Numbers of a cell that failed, or that read stand-in data, prove nothing.
  func judge(_ claim: Claim, of id: CellID) -> ClaimRecord {
    let bounds: [Double?] = claim.bounds.map { bound in
      switch bound {
      case .number(let number): number
      case .metric(let other, let key): outcomes[other]?.results?.metrics[key]?.double
      }
    }
    var record = ClaimRecord(
      claim: claim, measured: outcomes[id]?.results?.metrics[claim.metric], bounds: bounds, status: .notTested)
    let isProof = ([id] + claim.bounds.compactMap(\.cell)).allSatisfy { proof(of: $0) != nil }
    guard isProof, let measured = record.measured, !bounds.contains(nil) else { return record }
    let holds = claim.holds(measured.double, against: bounds.compactMap(\.self))
    record.status = !holds ? .broken : proof(of: id)?.isFromReport == true ? .attested : .held
    return record
  }

  /// Results that a claim can be judged by.
  private func proof(of id: CellID) -> CellResults? {
    guard !standIns.contains(id), case .succeeded(let results) = outcomes[id] else { return nil }
    return results
  }

  /// The record of a cell, its claims judged.
  func record(of cell: PlannedCell) -> CellRecord {
    CellRecord(
      id: cell.id, number: cell.number, step: cell.step.name, parameters: cell.effectiveEntries,
      changedKeys: cell.changedKeys, seed: cell.seed, usesStandIn: standIns.contains(cell.id),
      outcome: (outcomes[cell.id] ?? .notRun(.interrupted)).captioned(cell.captions),
      claims: cell.claims.map { judge($0, of: cell.id) }, references: cell.references,
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
    self = ClaimJudge(outcomes: [:], standIns: []).record(of: cell)
    self.outcome = outcome
  }
}
