import Steps

/// Judges what a notebook claims, from what its cells reported. A pure function.
struct ClaimJudge {
  /// What is known of one cell.
  struct Evidence {
    var outcome: CellOutcome?
    var usesStandIn: Bool

    /// Results that a claim can be judged by.
    var results: CellResults? {
      guard !usesStandIn, case .succeeded(let results) = outcome else { return nil }
      return results
    }
  }

  let evidence: [CellID: Evidence]

  /// The verdict on a claim of the cell `id`. Numbers of a cell that failed, or that read stand-in data, prove nothing.
  func judge(_ claim: Claim, of id: CellID) -> ClaimRecord {
    let measured = evidence[id]?.outcome?.results?.metrics[claim.metric]
    let bound: Double?
    var isProof = evidence[id]?.results != nil
    switch claim.bound {
    case .number(let number): bound = number
    case .metric(let other, let key):
      bound = evidence[other]?.outcome?.results?.metrics[key]?.double
      isProof = isProof && evidence[other]?.results != nil
    }
    guard isProof, let measured, let bound else {
      return ClaimRecord(claim: claim, measured: measured, bound: bound, status: .notTested)
    }
    let holds = claim.holds(measured.double, against: bound)
    let isAttested = if case .attested = evidence[id]?.results?.origin { true } else { false }
    return ClaimRecord(
      claim: claim, measured: measured, bound: bound, status: holds ? (isAttested ? .attested : .held) : .broken)
  }
}
