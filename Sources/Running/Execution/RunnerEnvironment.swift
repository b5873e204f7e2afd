import NbrunSteps

/// What a run finds around it. Everything that a runner does not get from the plan comes from here.
package struct RunnerEnvironment: Sendable {
  /// The program that its workers are: this one, which calls `WorkerMain.runIfRequested` first.
  package var executable: String
  /// The arguments that make it a worker.
  package var workerArguments: [String]
  /// A command that workers are started through, such as an emulator or a profiler; empty for none. What it says is among what
  /// cells print, so nothing of such a run is stored: neither results nor checkpoints.
  package var workerLauncher: [String]
  /// The folder for what is kept between runs: `.nbrun` beside the outputs.
  package var stateFolder: String
  /// Whether that folder goes with the run.
  var isIsolated = false
  /// The threads that steps may use.
  package var threads: Int
  /// Where to look for data.
  package var dataSearch: DataSearch
  /// The numeric variant that computes: `x86-64-avx2`, `x86-64` or `arm64`.
  package var numerics: String
  /// What the run's record says of the machine and its programs.
  package var description: RunEnvironment
  /// Requests to stop.
  package var interruption: Interruption
  /// How long a cell that was asked to stop may take until it is ended, in seconds.
  package var stopPatience: Double
  /// How long a worker may leave a message unfinished, in seconds.
  package var messagePatience: Double
  /// How many bytes of results are kept between runs.
  package var cacheLimit: Int
  /// The time in seconds from some fixed moment, for durations.
  package var clock: @Sendable () -> Double

  package init(
    executable: String, workerArguments: [String] = [WorkerMain.argument], workerLauncher: [String] = [],
    stateFolder: String, threads: Int, dataSearch: DataSearch, numerics: String, description: RunEnvironment,
    interruption: Interruption = Interruption(), stopPatience: Double = 5, messagePatience: Double = 30,
    cacheLimit: Int = 2 << 30, clock: @escaping @Sendable () -> Double = monotonicSeconds
  ) {
    self.executable = executable
    self.workerArguments = workerArguments
    self.workerLauncher = workerLauncher
    self.stateFolder = stateFolder
    self.threads = threads
    self.dataSearch = dataSearch
    self.numerics = numerics
    self.description = description
    self.interruption = interruption
    self.stopPatience = stopPatience
    self.messagePatience = messagePatience
    self.cacheLimit = cacheLimit
    self.clock = clock
  }
}

extension RunnerEnvironment {
  /// Whether results and checkpoints are kept for other runs: where there will be any, and what cells print is theirs alone.
  var keepsResults: Bool { workerLauncher.isEmpty && !isIsolated }
}

private let clockStart = ContinuousClock.now

/// Seconds since some fixed moment.
@Sendable package func monotonicSeconds() -> Double {
  let (seconds, attoseconds) = (ContinuousClock.now - clockStart).components
  return Double(seconds) + Double(attoseconds) * 1e-18
}
