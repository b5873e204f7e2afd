import NbrunDiagnostics
import NbrunSteps

package struct VerificationFinding: Sendable, Equatable {
  /// What it means for the report.
  package enum Kind: Sendable, Equatable {
    /// The committed report is not what the notebook gives: verifying fails.
    case difference
    /// The committed report is what the notebook gives, a cell that failed or a claim that is broken: verifying fails.
    case failure
    /// Something could not be compared, or not in full: verifying fails where it is strict.
    case incomplete
    /// Something to know.
    case remark
  }

  package var kind = Kind.difference
  /// The cell that it concerns; nil for the report as a whole.
  package var cell: CellID?
  /// What of the cell or report: `metric difference`, `line 3 of the output`, `report.html`.
  package var subject: String
  /// What is wrong with it, in a few words.
  package var message: String
  /// What the committed report has.
  package var expected: String?
  /// What the notebook gives now.
  package var got: String?
  /// How far both may be apart; nil where they must be equal.
  package var allowed: String?
  /// The notebook's path, as messages name it.
  package var path = ""
  /// The place in the notebook that it concerns; nil for the report as a whole.
  package var range: SourceRange?

  /// A finding that is still to be given its notebook.
  init(
    _ subject: String, _ message: String, kind: Kind = .difference, expected: String? = nil, got: String? = nil,
    allowed: String? = nil, cell: CellID? = nil, at range: SourceRange? = nil
  ) {
    (self.subject, self.message, self.kind) = (subject, message, kind)
    (self.expected, self.got, self.allowed) = (expected, got, allowed)
    (self.cell, self.range) = (cell, range)
  }

  /// The finding in one line: `cell conv-forward, metric difference moved: expected 2.2e-08, got 2.3e-08, allowed 1e-06 relative`.
  package var text: String {
    let text = "\(cell.map { "cell \($0), " } ?? "")\(subject) \(message)"
    let details = [("expected", expected), ("got", got), ("allowed", allowed)].compactMap { word, value in
      value.map { "\(word) \($0)" }
    }
    return details.isEmpty ? text : "\(text): \(details.joined(separator: ", "))"
  }

  /// The finding as a diagnostic on the notebook's line, for terminals and for annotations.
  package func diagnostic(strict: Bool = false) -> Diagnostic {
    Diagnostic(fails(strict: strict) ? .error : .warning, text, path: path, at: range)
  }

  /// Whether verifying fails because of it.
  package func fails(strict: Bool) -> Bool {
    switch kind {
    case .difference, .failure: true
    case .incomplete: strict
    case .remark: false
    }
  }
}
