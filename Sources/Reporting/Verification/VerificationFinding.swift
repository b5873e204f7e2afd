import Diagnostics
import Steps

/// One thing that verifying a report found.
public struct VerificationFinding: Sendable, Equatable {
  /// What it means for the report.
  public enum Kind: Sendable, Equatable {
    /// The committed report is not what the notebook gives: verifying fails.
    case difference
    /// Something could not be compared: verifying fails where it is strict.
    case notCompared
    /// A cell was vouched for by running some of its iterations again, not computed: verifying fails where it is strict.
    case attested(iterations: Int)
  }

  /// What it means.
  public var kind: Kind
  /// The cell that it concerns; nil for the report as a whole.
  public var cell: CellID?
  /// What of the cell or report: `metric difference`, `line 3 of the output`, `report.html`.
  public var subject: String
  /// What is wrong with it, in a few words.
  public var message: String
  /// What the committed report has.
  public var expected: String?
  /// What the notebook gives now.
  public var got: String?
  /// How far both may be apart; nil where they must be equal.
  public var allowed: String?
  /// The notebook's path, as messages name it.
  public var path: String
  /// The place in the notebook that it concerns; nil for the report as a whole.
  public var range: SourceRange?

  /// The finding in one line: `cell conv-forward, metric difference moved: expected 2.2e-08, got 2.3e-08, allowed 1e-06 relative`.
  public var text: String {
    var text = cell.map { "cell \($0), " } ?? ""
    text += "\(subject) \(message)"
    var details: [String] = []
    if let expected { details.append("expected \(expected)") }
    if let got { details.append("got \(got)") }
    if let allowed { details.append("allowed \(allowed)") }
    if !details.isEmpty { text += ": " + details.joined(separator: ", ") }
    return text
  }

  /// The finding as a diagnostic on the notebook's line, for terminals and for annotations.
  public func diagnostic(strict: Bool = false) -> Diagnostic {
    Diagnostic(fails(strict: strict) ? .error : .warning, text, path: path, at: range)
  }

  /// Whether verifying fails because of it.
  public func fails(strict: Bool) -> Bool {
    kind == .difference || strict
  }
}

/// What verifying a notebook's report found out.
public struct VerificationReport: Sendable, Equatable {
  /// The notebook's path below its project's root.
  public var notebook: String
  /// Every cell of the notebook, in order, by id.
  public var cells: [CellID]
  /// What was found, in the order of the notebook; then what concerns files.
  public var findings: [VerificationFinding]

  /// Whether the committed report is what the notebook gives.
  /// - Parameter strict: whether everything must have been compared.
  public func passed(strict: Bool) -> Bool {
    !findings.contains { $0.fails(strict: strict) }
  }

  /// One line: `verified: 9 cells`, `2 differences; 1 thing could not be compared; 8 cells`.
  public var summary: String {
    let differences = findings.count { $0.kind == .difference }
    let skipped = findings.count { $0.kind == .notCompared }
    let attested = findings.count { if case .attested = $0.kind { true } else { false } }
    var parts: [String] = []
    if differences > 0 { parts.append(NumberText.count(differences, "difference")) }
    if skipped > 0 { parts.append("\(NumberText.count(skipped, "thing")) could not be compared") }
    if attested > 0 { parts.append("\(NumberText.count(attested, "cell")) attested, not verified") }
    parts.append(NumberText.count(cells.count, "cell"))
    return (differences == 0 && skipped == 0 && attested == 0 ? "verified: " : "") + parts.joined(separator: "; ")
  }
}
