import NbrunDiagnostics
import NbrunRunning
import NbrunSteps

/// The one line of a report's status.
package struct RunSummary: Sendable, Equatable {
  private let record: RunRecord

  package init(_ record: RunRecord) { self.record = record }

  /// Whether every cell that the run was asked for succeeded and no claim is broken.
  var passed: Bool { record.passed }
  var usesStandIn: Bool { record.cells.contains(where: \.usesStandIn) }
  private var claims: [ClaimRecord.Status] { record.cells.flatMap { $0.claims.map(\.status) } }

  /// The cells of which that is the worst to be said, in order; of those that did not run the ones that were asked for.
  private func cells(_ verdict: CellView.Verdict) -> [CellID] {
    record.cells.filter { $0.verdict == verdict && $0.outcome != .notRun(.notSelected) }.map(\.id)
  }

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

  package var state: State {
    State(passed: passed, usesStandIn: usesStandIn, claims: claims.count, held: claims.count(where: \.holds))
  }

  /// What a reader should look at first.
  var troubles: [(what: CellView.Verdict, cells: [CellID])] {
    [.failed, .broken, .notRun].map { ($0, cells($0)) }.filter { !$0.1.isEmpty }
  }

  /// What became of the claims: `3 of 14 claims held, 1 broken`, or `2 claims not tested: stand-in data`; nil without claims.
  package var claimsText: String? {
    // Those that were not tested because their cell read a stand-in.
    let standIns = record.cells.filter(\.usesStandIn).flatMap(\.claims).count { $0.status == .notTested }
    return Self.text(of: claims, standIns: standIns)
  }

  /// What became of `claims`, of which so many were not tested because of stand-in data.
  static func text(of claims: [ClaimRecord.Status], standIns: Int) -> String? {
    func count(_ status: ClaimRecord.Status) -> Int { claims.count { $0 == status } }
    guard !claims.isEmpty else { return nil }
    let untested = count(.notTested)
    var judged: [String] = []
    if untested < claims.count {
      judged.append("\(claims.count(where: \.holds)) of \(counted(claims.count, "claim")) held")
      if count(.attested) > 0 { judged[0] += " (\(count(.attested)) attested)" }
      if count(.broken) > 0 { judged.append("\(count(.broken)) broken") }
    }
    if untested > 0 {
      let counted = judged.isEmpty ? counted(untested, "claim") : "\(untested)"
      judged.append("\(counted) not tested" + (standIns == untested ? ": stand-in data" : ""))
    }
    return judged.joined(separator: ", ")
  }

  /// Such as `14 of 14 claims held · 9 cells` or `1 cell failed, 2 not run · 3 of 14 claims held, 1 broken`.
  var text: String {
    let leftOut = record.cells.count { $0.outcome == .notRun(.notSelected) }
    let others = [(cells(.failed).count, "failed"), (cells(.notRun).count, "not run"), (leftOut, "left out")]
    let ran = [counted(record.cells.count, "cell")] + others.filter { $0.0 > 0 }.map { "\($0) \($1)" }
    return [claimsText, ran.joined(separator: ", ")].compactMap(\.self).joined(separator: " · ")
  }
}

extension RunSummary.State {
  /// What is said of a run with so many claims, so many of which held.
  init(passed: Bool, usesStandIn: Bool, claims: Int, held: Int) {
    self = !passed ? .failed : usesStandIn || (claims > 0 && held == 0) ? .untested : .passed
  }
}
