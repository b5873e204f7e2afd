/// One thing to tell the user: what is wrong, where, and what to do. Worded beside the rule that found it; printed by
/// `DiagnosticPrinter` alone.
package struct Diagnostic: Error, Sendable, Equatable, Codable {
  /// How much it matters.
  package enum Severity: String, Sendable, Codable {
    /// Nothing runs, or the run fails.
    case error
    /// The run goes on.
    case warning
    /// Further information.
    case note
  }

  /// How much it matters.
  package var severity: Severity
  /// One sentence without a full stop: what is wrong and, where it is not plain, what to do.
  package var message: String
  /// The file's path as the user would type it; nil for what concerns no file.
  package var path: String?
  /// Where in the file; nil for what concerns the whole of it.
  package var range: SourceRange?

  /// A diagnostic of `severity` at `range` of the file at `path`.
  package init(_ severity: Severity, _ message: String, path: String? = nil, at range: SourceRange? = nil) {
    self.severity = severity
    self.message = message
    self.path = path
    self.range = range
  }

  package static func error(_ message: String, path: String? = nil, at range: SourceRange? = nil) -> Diagnostic {
    Diagnostic(.error, message, path: path, at: range)
  }

  package static func warning(_ message: String, path: String? = nil, at range: SourceRange? = nil) -> Diagnostic {
    Diagnostic(.warning, message, path: path, at: range)
  }

  /// The same diagnostic, said of the file at `path` unless it names one already.
  package func inFile(_ path: String) -> Diagnostic {
    var copy = self
    copy.path = self.path ?? path
    return copy
  }
}

extension Diagnostic: CustomStringConvertible {
  /// What it says, without its place.
  package var description: String { message }
}

extension [Diagnostic] {
  package mutating func addError(_ message: String, path: String? = nil, at range: SourceRange? = nil) {
    append(.error(message, path: path, at: range))
  }

  package mutating func addWarning(_ message: String, path: String? = nil, at range: SourceRange? = nil) {
    append(.warning(message, path: path, at: range))
  }
}

/// Several diagnostics thrown together: all of a notebook's mistakes come out in one go.
package struct DiagnosticList: Error, Sendable, Equatable {
  /// The diagnostics, in the order of their places.
  package var all: [Diagnostic]

  package init(_ all: [Diagnostic]) { self.all = all }
}
