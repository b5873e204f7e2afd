import NbrunPlatform
import NbrunDiagnostics

/// Executes plans. The only phase with effects: it starts workers, reads data and keeps results; everything that it finds out
/// is in the record that it returns.
package struct Runner: Sendable {
  let environment: RunnerEnvironment
  let observer: any RunObserver

  /// A runner that tells `observer` what happens.
  package init(environment: RunnerEnvironment, observer: any RunObserver = SilentObserver()) {
    self.environment = environment
    self.observer = observer
  }

  /// Runs the cells of `plan` in their order and judges its claims. A failing cell, missing data and an interruption are part
  /// of the record.
  /// - Throws: what keeps anything from running at all, such as a state folder that cannot be written, or holds a symbolic link.
  package func execute(_ plan: Plan, options: RunOptions = RunOptions()) throws(Diagnostic) -> RunRecord {
    try SymbolicLinks.refuse(in: environment.stateFolder)
    return try perform(plan, options)
  }

  /// Runs the cells of `plan` as if nothing had run before: stored results, checkpoints and stand-ins of earlier runs are neither
  /// believed nor touched, and none are left. For whoever checks what an earlier run left.
  /// - Throws: what keeps anything from running at all.
  package func executeInIsolation(_ plan: Plan, options: RunOptions = RunOptions()) throws(Diagnostic) -> RunRecord {
    try SymbolicLinks.refuse(in: environment.stateFolder)
    return try told {
      let folder = try ScratchFolder(in: "\(environment.stateFolder)/runs")
      defer { withExtendedLifetime(folder) {} }
      var isolated = environment
      isolated.stateFolder = folder.path
      isolated.isIsolated = true
      return try Runner(environment: isolated, observer: observer).perform(plan, options)
    }
  }

  private func perform(_ plan: Plan, _ options: RunOptions) throws(Diagnostic) -> RunRecord {
    try told {
      var execution = try Execution(plan: plan, options: options, environment: environment, observer: observer)
      return try execution.run()
    }
  }

  /// What `work` finds, its errors as they are told to the user.
  private func told(_ work: () throws -> RunRecord) throws(Diagnostic) -> RunRecord {
    do {
      return try work()
    } catch { throw (error as? SystemError)?.diagnostic ?? error as? Diagnostic ?? .error("\(error)") }
  }
}
