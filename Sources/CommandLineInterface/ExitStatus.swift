/// How the program ends. Help and the manual page say what each means.
public enum ExitStatus: Int32, Sendable, Comparable, CaseIterable {
  /// All well.
  case success = 0
  /// A cell failed, a claim broke, `verify` found a difference, `why` found staleness.
  case failure = 1
  /// Bad usage or an invalid notebook.
  case invalid = 2
  /// Data cannot be had; the cells that do not need it have run.
  case noData = 3
  /// It was interrupted by a hangup (SIGHUP).
  case hungUp = 129
  /// It was interrupted (SIGINT, SIGTERM).
  case interrupted = 130
  /// What was asked for could not be written to standard output.
  case outputLost = 141

  /// What it tells, in a few words.
  var meaning: String {
    switch self {
    case .success: "all well"
    case .failure: "a cell failed, a claim broke, verify found a difference or why found staleness"
    case .invalid: "bad usage or an invalid notebook"
    case .noData: "data cannot be had"
    case .hungUp: "ended by a hangup"
    case .interrupted: "interrupted"
    case .outputLost: "what was asked for could not be written"
    }
  }

  /// Whether `left` is less severe than `right`.
  public static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.severity < right.severity }

  /// What interrupts is the most severe.
  private var severity: Int { [.success, .noData, .failure, .invalid, .outputLost].firstIndex(of: self) ?? 5 }
}
