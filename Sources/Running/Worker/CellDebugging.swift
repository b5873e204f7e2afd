import NbrunDiagnostics
import NbrunPlatform
import NbrunSteps
import Synchronization

/// One cell with all that it needs at hand, to be run in this very process: what a debugger can follow. Nothing of it is stored.
package struct DebuggedCell: Sendable {
  package let cell: PlannedCell
  fileprivate let values: WorkerCell

  /// How the run of a cell ended.
  package struct Ending: Sendable {
    /// What it reported.
    package var results: CellResults
    /// Why it failed; nil where it succeeded.
    package var failure: StepFailure?

    /// What is claimed of the cell, judged by what it reported alone.
    package func claims(of cell: PlannedCell) -> [ClaimRecord] {
      let judge = ClaimJudge(outcomes: [cell.id: .succeeded(results)], standIns: [])
      return cell.claims.map { judge.judge($0, of: cell.id) }
    }
  }

  /// Runs the cell on this thread. What it prints goes to standard output, where its numbers' lines follow in their order; its
  /// progress goes to standard error.
  package func run() -> Ending {
    bufferStandardStreamsByLine()
    let services = DebugServices(cell, values)
    let start = monotonicSeconds()
    var failure: StepFailure?
    do {
      let target = Cell(id: cell.id, seed: cell.seed, threads: values.threads, services: services)
      _ = try cell.step.configure(values.values, finding: values.file).run(
        in: target, loading: values.loadInput)
    } catch { failure = StepFailure(describing: error) }
    fflush(nil)
    let recorder = services.recorder
    return Ending(
      results: recorder.report.results(seconds: monotonicSeconds() - start), failure: failure ?? recorder.fault)
  }
}

extension Runner {
  /// The cell `id` of `plan` with its stored inputs. Computes nothing and fetches nothing.
  /// - Throws: what it needs and is not here, and how to get it; `NoData` where that is data.
  package func debugged(_ id: CellID, of plan: Plan, options: RunOptions = RunOptions()) throws -> DebuggedCell {
    guard let target = plan[id] else { preconditionFailure("the plan has no cell \(id)") }
    try SymbolicLinks.refuse(in: environment.stateFolder)
    let cache = ResultCache(stateFolder: environment.stateFolder)
    var survey = ReuseSurvey(plan: plan, environment: environment, cache: cache, isFresh: false)
    var resolver = DataResolver(environment: environment, observer: observer, options: options, plan: plan)
    var (data, inputs): ([DataSourceName: DataLocation], [CellID: StoredBytes]) = ([:], [:])
    let needed = Set(plan.sources(of: target).map(\.id))
    for cell in plan.cells where needed.contains(cell.id) || cell.id == id {
      let locations = try locate(cell.configured.dataSources, &resolver)
      if cell.id == id { data = locations }
      guard let parts = try survey.parts(of: cell, data: locations) else {
        preconditionFailure("the cell \(cell.id) stands before the cells that it takes something from")
      }
      let key = try survey.settle(cell.id, parts: parts)
      guard target.inputIDs.contains(cell.id) else { continue }
      guard let output = try? cache.entry(key)?.output, (try? output.load()) != nil else {
        throw Diagnostic.error(Self.missing(cell, for: target), path: plan.notebook.path, at: target.range)
      }
      inputs[cell.id] = output.bytes
    }
    let values = WorkerCell(
      id: id, step: target.step.name, values: target.values, seed: target.seed,
      threads: environment.description.threads,
      data: data, files: target.configured.files, inputs: inputs, outputPath: "", checkpointFolder: "", resumesFrom: nil
    )
    return DebuggedCell(cell: target, values: values)
  }

  private static func missing(_ input: PlannedCell, for cell: PlannedCell) -> String {
    let needs = "the cell \(cell.id) takes what the cell \(input.id) gives, and "
    return needs
      + (input.usesCache
        ? "no result of that is stored; run it first, with --only \(input.id)"
        : "that is never stored, because it says \"cache: false\"")
  }

  private func locate(
    _ sources: [any DataSource], _ resolver: inout DataResolver
  ) throws -> [DataSourceName: DataLocation] {
    var locations: [DataSourceName: DataLocation] = [:]
    for source in sources {
      switch resolver.locate(source) ?? resolver.standIn(for: source) {
      case .found(let location): locations[source.name] = location
      case .missing(let sentence): throw NoData(message: "the data \(source.name) cannot be had: \(sentence)")
      case .interrupted, nil:
        throw NoData(
          message: "the data \(source.name) is not here; fetch it first, with the command data \(source.name)")
      }
    }
    return locations
  }
}

/// Data that a cell needs and that is not here.
package struct NoData: Error {
  /// What is not here, and what to do.
  package let message: String
}

extension Plan {
  /// The cells that `cell` takes something from, directly or through others.
  fileprivate func sources(of cell: PlannedCell) -> [PlannedCell] {
    var needed = cell.inputIDs
    for candidate in cells.reversed() where needed.contains(candidate.id) { needed.formUnion(candidate.inputIDs) }
    return cells.filter { needed.contains($0.id) }
  }
}

/// The services of a cell that runs in this process: they print what it reports and keep nothing.
private final class DebugServices: CellServices {
  private let values: WorkerCell
  private let state: Mutex<(recorder: CellRecorder, lastProgress: Double)>

  init(_ cell: PlannedCell, _ values: WorkerCell) {
    self.values = values
    state = Mutex((CellRecorder(cell), -.infinity))
  }

  /// What was reported so far.
  var recorder: CellRecorder { state.withLock { $0.recorder } }

  func send(_ event: CellEvent) {
    state.withLock { state in
      state.recorder.record(event)
      switch event {
      case .metric(_, let value, let line?): print(line.before + line.format.text(value) + line.after, terminator: "")
      case .series(_, _, let line?): print(line, terminator: "")
      case .progress(let progress):
        let now = monotonicSeconds()
        guard now - state.lastProgress >= 1 else { return }
        state.lastProgress = now
        let line = Array("\(progress.done) of \(progress.total), \(progress.note)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
      case .metric, .series, .figure, .checkpoint: break
      }
    }
  }

  func data(_ name: DataSourceName) throws -> DataLocation { try values.location(of: name) }

  let shouldStop = false
  func loadCheckpoint() -> [UInt8]? { nil }
  func saveCheckpoint(_ pieces: [Data]) {}
}
