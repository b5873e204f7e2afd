import Running

/// The one line of a report's status.
public struct RunSummary: Sendable, Equatable {
  var cells = 0
  var failedCells = 0
  var cellsNotRun = 0
  /// Cells that the run was not asked for.
  var cellsLeftOut = 0
  var claims = 0
  var heldClaims = 0
  var brokenClaims = 0
  var attestedClaims = 0
  /// Claims that were not tested because their cell read a stand-in.
  var standInClaims = 0

  /// The summary of a run.
  public init(_ record: RunRecord) {
    passed = record.passed
    for cell in record.cells {
      cells += 1
      switch cell.outcome {
      case .succeeded: break
      case .failed: failedCells += 1
      case .notRun(.notSelected): cellsLeftOut += 1
      case .notRun: cellsNotRun += 1
      }
      for claim in cell.claims {
        claims += 1
        switch claim.status {
        case .held: heldClaims += 1
        case .broken: brokenClaims += 1
        case .attested: attestedClaims += 1
        case .notTested: standInClaims += cell.usesStandIn ? 1 : 0
        }
      }
    }
  }

  /// Whether every cell that the run was asked for succeeded and no claim is broken.
  let passed: Bool

  /// What became of the claims: `3 of 14 claims held, 1 broken`, or `2 claims not tested: stand-in data`; nil without claims.
  public var claimsText: String? {
    guard claims > 0 else { return nil }
    let held = heldClaims + attestedClaims
    let untested = claims - held - brokenClaims
    var judged: [String] = []
    if untested < claims {
      judged.append("\(held) of \(NumberText.count(claims, "claim")) held")
      if attestedClaims > 0 { judged[0] += " (\(attestedClaims) attested)" }
      if brokenClaims > 0 { judged.append("\(brokenClaims) broken") }
    }
    if untested > 0 {
      let counted = judged.isEmpty ? NumberText.count(untested, "claim") : "\(untested)"
      judged.append("\(counted) not tested" + (standInClaims == untested ? ": stand-in data" : ""))
    }
    return judged.joined(separator: ", ")
  }

  /// Such as `14 of 14 claims held · 9 cells` or `1 cell failed, 2 not run · 3 of 14 claims held, 1 broken`.
  var text: String {
    var parts: [String] = []
    if let claimsText { parts.append(claimsText) }
    var ran = [NumberText.count(cells, "cell")]
    if failedCells > 0 { ran.append("\(failedCells) failed") }
    if cellsNotRun > 0 { ran.append("\(cellsNotRun) not run") }
    if cellsLeftOut > 0 { ran.append("\(cellsLeftOut) left out") }
    parts.append(ran.joined(separator: ", "))
    return parts.joined(separator: " · ")
  }
}
