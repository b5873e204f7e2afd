import NbrunPlatform
import NbrunSteps

/// How a worker process ended without a word.
enum Termination: Equatable {
  case exited(Int32)
  case signalled(Int32)

  /// The ending that `status`, as `waitpid` gives it, tells of.
  init(waitStatus status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
  }

  /// The failure of the cell that ran in it.
  /// - Parameter launcher: the command that it was started through, where nothing was heard of it: then that may be what ended.
  func failure(launchedBy launcher: [String] = []) -> StepFailure {
    switch self {
    case .exited(let status) where !launcher.isEmpty:
      StepFailure(
        "the worker that NBRUN_WORKER starts (\(launcher.joined(separator: " "))) ended with exit status \(status) unheard",
        hint: "is it a command that runs what follows it? What it printed last may say more")
    case .exited(let status):
      StepFailure("the step ended its process with exit status \(status)", hint: "a step returns or throws instead")
    case .signalled(SIGKILL):
      StepFailure("the step was killed (SIGKILL): out of memory?", hint: "smaller batches or sizes need less memory")
    case .signalled(let signal): Self.failure(of: signal)
    }
  }

  private static func failure(of signal: Int32) -> StepFailure {
    let output = "what it printed last may say more"
    switch signal {
    case SIGILL:
      return StepFailure("the step trapped (SIGILL): a condition that it relies on was not met", hint: output)
    case SIGTRAP:
      return StepFailure("the step trapped (SIGTRAP): a condition that it relies on was not met", hint: output)
    case SIGABRT: return StepFailure("the step aborted (SIGABRT)", hint: output)
    case SIGSEGV: return StepFailure("the step read or wrote memory that is not its own (SIGSEGV)", hint: output)
    case SIGBUS: return StepFailure("the step read or wrote memory that is not there (SIGBUS)", hint: output)
    case SIGFPE: return StepFailure("the step made an arithmetic error (SIGFPE)", hint: output)
    case SIGTERM: return StepFailure("the step was ended (SIGTERM) from outside")
    case SIGXCPU: return StepFailure("the step used more processor time than it may (SIGXCPU)")
    default: return StepFailure("the step was ended by the signal \(signal) (\(String(cString: strsignal(signal))))")
    }
  }
}
