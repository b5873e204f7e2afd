import Running

/// The one line of a report's status.
struct RunSummary: Sendable, Equatable {
  var cells = 0
  var failedCells = 0
  var cellsNotRun = 0
  var claims = 0
  var heldClaims = 0
  var brokenClaims = 0
  var attestedClaims = 0

  init(_ record: RunRecord) {
    for cell in record.cells {
      cells += 1
      switch cell.outcome {
      case .succeeded: break
      case .failed: failedCells += 1
      case .notRun: cellsNotRun += 1
      }
      for claim in cell.claims {
        claims += 1
        switch claim.status {
        case .held: heldClaims += 1
        case .broken: brokenClaims += 1
        case .attested: attestedClaims += 1
        case .notTested: break
        }
      }
    }
  }

  /// Whether every cell succeeded and no claim is broken.
  var passed: Bool { failedCells == 0 && cellsNotRun == 0 && brokenClaims == 0 }

  /// Such as `14 of 14 claims held · 9 cells` or `1 cell failed, 2 not run · 3 of 14 claims held, 1 broken`.
  var text: String {
    var parts: [String] = []
    if claims > 0 {
      var judged = ["\(heldClaims + attestedClaims) of \(NumberText.count(claims, "claim")) held"]
      if attestedClaims > 0 { judged[0] += " (\(attestedClaims) attested)" }
      if brokenClaims > 0 { judged.append("\(brokenClaims) broken") }
      let untested = claims - heldClaims - brokenClaims - attestedClaims
      if untested > 0 { judged.append("\(untested) not tested") }
      parts.append(judged.joined(separator: ", "))
    }
    var ran = [NumberText.count(cells, "cell")]
    if failedCells > 0 { ran.append("\(failedCells) failed") }
    if cellsNotRun > 0 { ran.append("\(cellsNotRun) not run") }
    parts.append(ran.joined(separator: ", "))
    return parts.joined(separator: " · ")
  }
}
