import NbrunSteps

/// Judges what a notebook claims, from what its cells reported. A pure function.
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
}
