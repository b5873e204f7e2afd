import NbrunDigests
import NbrunPlatform
import NbrunSteps

/// Computes cells in a worker, which it starts when the first is to be computed and again when one has died.
struct CellComputer {
  struct Result {
    var ending: CellSupervisor.Ending
    /// What it printed and reported, in full or up to its end.
    var results: CellResults
    /// Where its output lies, if it has one.
    var output: StoredBytes?
  }

  private let environment: RunnerEnvironment
  private let observer: any RunObserver
  private let isFresh: Bool
  private let scratch: ScratchFolder
  private var worker: WorkerProcess?
  private var outputs: [CellID: StoredBytes] = [:]
  private(set) var hasComputed = false

  /// A computer of cells.
  /// - Parameter isFresh: whether checkpoints of earlier runs are ignored.
  init(environment: RunnerEnvironment, observer: any RunObserver, isFresh: Bool) throws {
    self.environment = environment
    self.observer = observer
    self.isFresh = isFresh
    scratch = try ScratchFolder(in: "\(environment.stateFolder)/runs")
    if !environment.isIsolated { StateFolder.ignoreInGit(environment.stateFolder) }
  }

  func finish() { _ = worker?.end(patience: 0) }

  /// Keeps a stored output within reach of cells that will run, whatever becomes of the cache meanwhile.
  mutating func hold(_ output: ChecksummedFile.Section?, of id: CellID) {
    guard var stored = output?.bytes else { return }
    let path = "\(scratch.path)/\(id).stored"
    // Where there are no hard links, the file itself has to do.
    if link(stored.path, path) == 0 { stored.path = path }
    outputs[id] = stored
  }

  /// Computes `cell`, from its checkpoint if an interrupted run has left one.
  /// - Throws: where no worker can be started.
  mutating func compute(
    _ cell: PlannedCell, key: Digest, inputDigests: [String: Digest], data: [DataSourceName: DataLocation]
  ) throws -> Result {
    let worker = try runningWorker()
    hasComputed = true
    let store =
      environment.keepsResults
      ? CheckpointStore(stateFolder: environment.stateFolder, key: key, inputDigests: inputDigests) : nil
    let checkpoint = store.flatMap { self.checkpoint(in: $0, of: cell.id) }
    observer.observe(.cellStarted(cell.id))
    if let checkpoint { observer.observe(.resumed(cell.id, elapsed: checkpoint.seconds)) }
    let command = command(
      for: cell, data: data, checkpointFolder: store?.folder ?? scratch.path, resumesFrom: checkpoint?.state)
    var supervisor = CellSupervisor(
      command, on: worker, timeout: cell.timeout,
      recorder: CellRecorder(cell, resuming: checkpoint?.report ?? CellReport()),
      earlierSeconds: checkpoint?.seconds ?? 0, environment: environment, observer: observer
    ) { file, report, seconds in
      try store?.keep(file, report: report, seconds: seconds)
    }
    let ending = supervisor.run()
    if !supervisor.workerLives { self.worker = nil }
    var result = Result(ending: ending, results: supervisor.recorder.report.results(seconds: supervisor.seconds))
    switch ending {
    case .finished(let output):
      store?.remove()
      result.results.outputDigest = output?.digest
      result.output = output.map { StoredBytes(path: command.outputPath, offset: 0, count: $0.byteCount) }
      outputs[cell.id] = result.output
    case .failed where checkpoint != nil && supervisor.workerLives:
      // What the step says of a state that it went on from may be about that state.
      store?.remove()
    case .failed, .interrupted: break
    }
    return result
  }

  /// Runs `cell` from its start until it has reported enough.
  /// - Returns: what it had reported then, and how it ended.
  mutating func computeBeginning(
    of cell: PlannedCell, data: [DataSourceName: DataLocation], until isEnough: @escaping (CellReport) -> Bool
  ) throws -> (ending: CellSupervisor.Ending, report: CellReport, seconds: Double) {
    let worker = try runningWorker()
    hasComputed = true
    observer.observe(.cellStarted(cell.id))
    // What it reports on its way out is no longer what a full run would.
    var enough: CellReport?
    var supervisor = CellSupervisor(
      command(for: cell, data: data, checkpointFolder: scratch.path, resumesFrom: nil), on: worker,
      timeout: cell.timeout, recorder: CellRecorder(cell), environment: environment, observer: observer,
      isEnough: { report in
        if enough == nil, isEnough(report) { enough = report }
        return enough != nil
      }
    ) { _, _, _ in }
    let ending = supervisor.run()
    if !supervisor.workerLives { self.worker = nil }
    return (ending, enough ?? supervisor.recorder.report, supervisor.seconds)
  }

  private func command(
    for cell: PlannedCell, data: [DataSourceName: DataLocation], checkpointFolder: String, resumesFrom: StoredBytes?
  ) -> WorkerCell {
    let inputs = cell.inputIDs.compactMap { id in outputs[id].map { (id, $0) } }
    return WorkerCell(
      id: cell.id, step: cell.step.name, values: cell.values, seed: cell.seed, threads: environment.description.threads,
      data: data, files: cell.configured.files, inputs: Dictionary(firstOf: inputs),
      outputPath: "\(scratch.path)/\(cell.id).output", checkpointFolder: checkpointFolder, resumesFrom: resumesFrom)
  }

  private func checkpoint(in store: CheckpointStore, of id: CellID) -> CheckpointStore.Checkpoint? {
    do { if !isFresh, let checkpoint = try store.load() { return checkpoint } } catch {
      observer.observe(.warning(.warning("the checkpoint of the cell \(id) is damaged; it starts afresh")))
    }
    store.remove()
    return nil
  }

  private mutating func runningWorker() throws -> WorkerProcess {
    // A thread that an earlier cell left behind may have ended it: no fault of the next cell.
    if let worker, worker.isRunning { return worker }
    let command = [environment.executable] + environment.workerArguments
    // `env` finds a launcher where the shell would.
    let words = environment.workerLauncher.isEmpty ? command : ["/usr/bin/env"] + environment.workerLauncher + command
    let started = try WorkerProcess(executable: words[0], arguments: Array(words.dropFirst()))
    worker = started
    return started
  }
}
