import NbrunDiagnostics
import NbrunRunning
import NbrunSteps

/// A notebook that is about to run as the command line asks.
struct RunJob {
  let file: NotebookFile
  let plan: Plan
  private let invocation: Invocation
  private let folders: ReportFolders
  private let only: Set<CellID>?

  /// The run of the notebook in `file`.
  /// - Throws: where `--only` names a cell that it has not, and where its report would take the place of something else.
  init(_ file: NotebookFile, plan: Plan, of invocation: Invocation) throws(Diagnostic) {
    var selection: Set<CellID> = []
    for name in invocation.arguments.only {
      do {
        selection.insert(try plan.cell(named: name).id)
      } catch {
        throw .error("--only: \(error.message)")
      }
    }
    (self.file, self.plan, self.invocation) = (file, plan, invocation)
    folders = ReportFolders(invocation: invocation, file: file)
    only = selection.isEmpty ? nil : selection
    if !writesElsewhere { try folders.check() }
  }

  /// Whether its report goes to no folder that others share.
  private var writesElsewhere: Bool { folders.isScratch(altered: !invocation.alterations.isEmpty) }

  /// Keeps other runs off the outputs while the result lives; nil where its report goes elsewhere.
  func lock() throws(Diagnostic) -> RunLock? { writesElsewhere ? nil : try folders.lock() }

  /// Runs the notebook and writes its report, and its live page where it has one.
  func run(isFresh: Bool, live: LiveFolder? = nil) throws -> (record: RunRecord, status: ExitStatus) {
    let (arguments, console) = (invocation.arguments, invocation.console)
    let environment = invocation.runnerEnvironment(file.folders)
    let view = RunView(invocation, plan: plan, keepsCheckpoints: invocation.workerLauncher.isEmpty)
    view.announce(plan.notebook)
    let observer: any RunObserver =
      live.map { LiveObserver(view: view, console: console, folder: $0, plan: plan, environment: environment) } ?? view
    let record = try Runner(environment: environment, observer: observer).execute(
      plan,
      options: RunOptions(
        only: only, fresh: isFresh, keepGoing: arguments.keepGoing, standIn: arguments.standIn,
        alterations: invocation.alterations))
    if let live {
      try live.show(record, plan: plan, isRunning: false)
      if record.wasInterrupted { return (record, .interrupted) }
    }
    view.conclude(record, report: try folders.write(record, plan: plan), formats: arguments.formats)
    return (record, Self.status(of: record))
  }

  private static func status(of record: RunRecord) -> ExitStatus {
    if record.wasInterrupted { return .interrupted }
    let hasFailed = record.cells.contains { cell in
      if case .failed = cell.outcome { return true }
      return cell.claims.contains { $0.status == .broken }
    }
    if hasFailed { return .failure }
    return record.lacksData ? .noData : .success
  }
}

extension Plan {
  /// The cell that the user calls `name`.
  /// - Throws: where there is none, saying which one may be meant.
  func cell(named name: String) throws(Diagnostic) -> PlannedCell {
    guard let id = CellID(name), let cell = self[id] else {
      let advice = NearNames.advice(for: name, among: cells.map(\.id.text))
      throw .error("\(notebook.path) has no cell \"\(name)\"\(advice)")
    }
    return cell
  }
}
