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
  /// Where to look for data.
  package var dataSearch: DataSearch
  /// The numeric variant that computes: `x86-64-avx2`, `x86-64` or `arm64`.
  package var numerics: String
  /// What the run's record says of the machine and its programs.
  package var description: RunEnvironment
  /// Requests to stop.
  package var interruption: Interruption
  /// How long a cell that was asked to stop may take until it is ended, in seconds.
  package var stopPatience = 5.0
  /// How long a worker may leave a message unfinished, in seconds.
  package var messagePatience = 30.0

  package init(
    executable: String, workerArguments: [String] = [WorkerMain.argument], workerLauncher: [String] = [],
    stateFolder: String, dataSearch: DataSearch, numerics: String, description: RunEnvironment,
    interruption: Interruption = Interruption()
  ) {
    (self.executable, self.workerArguments, self.workerLauncher) = (executable, workerArguments, workerLauncher)
    (self.stateFolder, self.dataSearch, self.numerics) = (stateFolder, dataSearch, numerics)
    (self.description, self.interruption) = (description, interruption)
  }

  /// Whether results and checkpoints are kept for other runs: where there will be any, and what cells print is theirs alone.
  var keepsResults: Bool { workerLauncher.isEmpty && !isIsolated }
}

private let clockStart = ContinuousClock.now

/// Seconds since some fixed moment.
package func monotonicSeconds() -> Double {
  let (seconds, attoseconds) = (ContinuousClock.now - clockStart).components
  return Double(seconds) + Double(attoseconds) * 1e-18
}
