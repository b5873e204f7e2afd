import Running
import Steps

/// The one line of a report's status.
package struct RunSummary: Sendable, Equatable {
  var cells = 0
  var failedCells = 0
  var cellsNotRun = 0
  /// Cells that the run was not asked for.
  var cellsLeftOut = 0
  var claims = 0
  var heldClaims = 0
  var brokenClaims = 0
  var attestedClaims = 0
  /// The cells that failed, that a claim is broken of, and that did not run although they were asked for, in order.
  private(set) var failed: [CellID] = []
  private(set) var broken: [CellID] = []
  private(set) var notRun: [CellID] = []
  /// Whether a cell read a stand-in for its data.
  private(set) var usesStandIn = false
  /// Claims that were not tested because their cell read a stand-in.
  var standInClaims = 0

  /// The summary of a run.
  package init(_ record: RunRecord) {
    passed = record.passed
    for cell in record.cells {
      cells += 1
      switch cell.outcome {
      case .succeeded: break
      case .failed:
        failedCells += 1
        failed.append(cell.id)
      case .notRun(.notSelected): cellsLeftOut += 1
      case .notRun:
        cellsNotRun += 1
        notRun.append(cell.id)
      }
      usesStandIn = usesStandIn || cell.usesStandIn
      if cell.claims.contains(where: { $0.status == .broken }) { broken.append(cell.id) }
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

  /// What a run's mark and colour say. A run of which nothing could be tested has shown nothing, and one on stand-in data nothing
  /// of what it is about.
  package enum State: String, Sendable {
    /// Every cell ran, and what is claimed is true as far as it was tested.
    case passed
    /// Nothing is wrong, but data were stood in for or no claim could be tested.
    case untested
    /// Something is wrong.
    case failed

    /// A mark that needs no colour.
    package var mark: String {
      switch self {
      case .passed: "✓"
      case .untested: "–"
      case .failed: "✗"
      }
    }
  }

  /// How the run went.
  package var state: State {
    State(passed: passed, usesStandIn: usesStandIn, claims: claims, held: heldClaims + attestedClaims)
  }

  /// Cells that a reader should look at first, each with why, in a word or two.
  var troubles: [(what: String, cells: [CellID])] {
    [("failed", failed), ("broken claim", broken), ("not run", notRun)].filter { !$0.1.isEmpty }
  }

  /// What became of the claims: `3 of 14 claims held, 1 broken`, or `2 claims not tested: stand-in data`; nil without claims.
  package var claimsText: String? {
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

extension RunSummary.State {
  /// What is said of a run with so many claims, so many of which held.
  init(passed: Bool, usesStandIn: Bool, claims: Int, held: Int) {
    self = !passed ? .failed : usesStandIn || (claims > 0 && held == 0) ? .untested : .passed
  }
}
