/// How the program ends; documented in `nbrun --help` and the README.
public enum ExitStatus: Int32, Sendable, Comparable {
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

  /// Whether `left` is less severe than `right`.
  public static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.severity < right.severity }

  private var severity: Int {
    switch self {
    case .success: 0
    case .noData: 1
    case .failure: 2
    case .invalid: 3
    case .outputLost: 4
    case .interrupted, .hungUp: 5
    }
  }
}
