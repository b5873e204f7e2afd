import NbrunSteps

/// Judges what a notebook claims, from what its cells reported. A pure function.
struct ClaimJudge {
  /// What is known of the cells so far.
  let outcomes: [CellID: CellOutcome]
  /// The cells that read a stand-in for their data, themselves or through their inputs.
  let standIns: Set<CellID>

  /// The verdict on a claim of the cell `id`. Numbers of a cell that failed, or that read stand-in data, prove nothing.
  func judge(_ claim: Claim, of id: CellID) -> ClaimRecord {
    let measured = outcomes[id]?.results?.metrics[claim.metric]
    let bound: Double?
    var isProof = proof(of: id) != nil
    switch claim.bound {
    case .number(let number): bound = number
    case .metric(let other, let key):
      bound = outcomes[other]?.results?.metrics[key]?.double
      isProof = isProof && proof(of: other) != nil
    }
    guard isProof, let measured, let bound else {
      return ClaimRecord(claim: claim, measured: measured, bound: bound, status: .notTested)
    }
    let holds = claim.holds(measured.double, against: bound)
    let isFromReport = proof(of: id)?.isFromReport ?? false
    return ClaimRecord(
      claim: claim, measured: measured, bound: bound, status: holds ? (isFromReport ? .attested : .held) : .broken)
  }

  /// Results that a claim can be judged by.
  private func proof(of id: CellID) -> CellResults? {
    guard !standIns.contains(id), case .succeeded(let results) = outcomes[id] else { return nil }
    return results
  }
}
