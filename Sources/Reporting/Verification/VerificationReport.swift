import NbrunDiagnostics
import NbrunSteps

package struct VerificationReport: Sendable, Equatable {
  /// How far a cell of the report is known to be right.
  package enum Status: Sendable, Equatable {
    /// All of it was computed again, and is the same.
    case verified
    /// Some of its iterations were run again, and are the same.
    case attested(iterations: Int)
    /// Nothing of it was run again, and why.
    case unchecked(String)
    /// It failed again, as the report says.
    case failed
    /// It is not what the notebook gives.
    case different

    /// What is known, in a few words.
    var words: String {
      switch self {
      case .verified: "verified"
      case .attested(let iterations): "attested (\(counted(iterations, "iteration")) rerun), not verified"
      case .unchecked(let reason): "not compared: \(reason)"
      case .failed: "failed"
      case .different: "different"
      }
    }
  }

  package struct Cell: Sendable, Equatable {
    package var id: CellID
    package var status: Status
  }

  /// The notebook's path below its project's root, or that of the folder of reports for what belongs to no notebook.
  package var notebook: String
  /// Every cell of the notebook, in order.
  package var cells: [Cell]
  /// What was found, in the order of the notebook; then what concerns files.
  package var findings: [VerificationFinding]
  /// Whether the run was asked to stop, so that not all was compared.
  package var wasInterrupted = false

  /// Whether the committed report is what the notebook gives.
  /// - Parameter strict: whether everything must have been compared.
  package func passed(strict: Bool) -> Bool { !findings.contains { $0.fails(strict: strict) } }
  /// Whether nothing was found that makes the report another one than the notebook's.
  package var isConsistent: Bool { !findings.contains { $0.kind == .difference } }

  /// One line: `9 cells verified`, `2 differences; 1 failure; 5 cells verified, 2 attested, 1 unchecked`.
  package var summary: String {
    var parts = wasInterrupted ? ["interrupted"] : []
    let differences = findings.count { $0.kind == .difference }
    let failures = findings.count { $0.kind == .failure }
    if differences > 0 { parts.append(counted(differences, "difference")) }
    if failures > 0 { parts.append(counted(failures, "failure")) }
    var counts = [counted(cells.count { $0.status == .verified }, "cell") + " verified"]
    let attested = cells.count { if case .attested = $0.status { true } else { false } }
    let unchecked = cells.count { if case .unchecked = $0.status { true } else { false } }
    if attested > 0 { counts.append("\(attested) attested") }
    if unchecked > 0 { counts.append("\(unchecked) unchecked") }
    if !cells.isEmpty { parts.append(counts.joined(separator: ", ")) }
    return parts.isEmpty ? "0 cells verified" : parts.joined(separator: "; ")
  }
}
