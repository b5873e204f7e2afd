import Diagnostics
import Digests
import Foundation
import Steps

/// One execution of a plan, cell by cell.
struct Execution {
  private let plan: Plan
  private let options: RunOptions
  private let environment: RunnerEnvironment
  private let observer: any RunObserver
  private let selected: Set<CellID>
  private let scratch: ScratchFolder

  private var resolver: DataResolver
  private var data: [DataSourceName: DataRecord] = [:]
  private var outcomes: [CellID: CellOutcome] = [:]
  private var standIns: Set<CellID> = []
  private var outputs: [CellID: StoredBytes] = [:]
  private var worker: WorkerProcess?
  private var wasInterrupted = false
  private var stoppedAfter: CellID?

  init(plan: Plan, options: RunOptions, environment: RunnerEnvironment, observer: any RunObserver) throws {
    self.plan = plan
    self.options = options
    self.environment = environment
    self.observer = observer
    selected = Set(options.only.map { plan.closure(of: $0) } ?? plan.cells.map(\.id))
    scratch = try ScratchFolder(in: "\(environment.stateFolder)/runs")
    resolver = DataResolver(environment: environment, observer: observer, options: options, plan: plan)
  }

  /// Runs every selected cell.
  mutating func run() throws -> RunRecord {
    defer { _ = worker?.end(patience: 0) }
    observer.observe(.started(forecast()))
    for cell in plan.cells {
      let outcome = try outcome(of: cell)
      outcomes[cell.id] = outcome
      if case .failed = outcome, !options.keepGoing, stoppedAfter == nil { stoppedAfter = cell.id }
      observer.observe(.cellEnded(record(of: cell)))
    }
    return RunRecord(
      notebook: plan.notebook.path, title: plan.title, digest: SHA256.digest(of: plan.notebook.text),
      numerics: environment.numerics, cells: plan.cells.map(record), data: data, alterations: options.alterations,
      environment: environment.description, wasInterrupted: wasInterrupted)
  }

  private func forecast() -> RunForecast {
    let cells = plan.cells.filter { selected.contains($0.id) }
    let seconds = cells.compactMap { cell in cell.configured.expectedSeconds.map { (cell.id, $0) } }
    return RunForecast(
      cells: cells.map(\.id), reused: [], expectedSeconds: Dictionary(seconds, uniquingKeysWith: { first, _ in first }))
  }

  // MARK: One cell

  private mutating func outcome(of cell: PlannedCell) throws -> CellOutcome {
    guard selected.contains(cell.id) else { return .notRun(.notSelected) }
    if environment.interruption.count > 0 { wasInterrupted = true }
    if wasInterrupted { return .notRun(.interrupted) }
    if let blocking = plan.cells.first(where: { cell.dependencies.contains($0.id) && !succeeded($0.id) }) {
      return .notRun(.because(blocking.id))
    }
    if let stoppedAfter { return .notRun(.stopped(after: stoppedAfter)) }
    var locations: [DataSourceName: DataLocation] = [:]
    for source in cell.configured.dataSources {
      switch resolver.obtain(source) {
      case .found(let location): locations[source.name] = location
      case .missing(let advice): return .notRun(.noData(source.name, advice))
      case .interrupted:
        wasInterrupted = true
        return .notRun(.interrupted)
      }
    }
    note(locations, of: cell)
    return try compute(cell, data: locations)
  }

  private func succeeded(_ id: CellID) -> Bool {
    outcomes[id]?.succeeded ?? false
  }

  private mutating func note(_ locations: [DataSourceName: DataLocation], of cell: PlannedCell) {
    for (name, location) in locations {
      data[name] = DataRecord(
        files: location.digests, isOriginal: location.isOriginal, isStandIn: location.isStandIn)
    }
    if locations.values.contains(where: \.isStandIn) || cell.configured.inputs.values.contains(where: standIns.contains)
    {
      standIns.insert(cell.id)
    }
  }

  private mutating func compute(
    _ cell: PlannedCell, data locations: [DataSourceName: DataLocation]
  ) throws -> CellOutcome {
    let worker = try runningWorker()
    observer.observe(.cellStarted(cell.id))
    let outputPath = "\(scratch.path)/\(cell.id).output"
    let inputs = cell.configured.inputs.values.compactMap { id in outputs[id].map { (id, $0) } }
    let command = WorkerCell(
      id: cell.id, step: cell.step.name, values: cell.values, seed: cell.seed, threads: environment.threads,
      data: locations, inputs: Dictionary(inputs, uniquingKeysWith: { first, _ in first }), outputPath: outputPath,
      checkpointFolder: scratch.path, resumesFrom: nil)
    var supervisor = CellSupervisor(
      command, on: worker, timeout: cell.timeout, recorder: CellRecorder(cell), environment: environment,
      observer: observer
    ) { _, _ in }
    let ending = supervisor.run()
    var results = supervisor.recorder.results(seconds: supervisor.seconds)
    if !supervisor.workerLives { self.worker = nil }
    switch ending {
    case .finished(let output):
      results.outputDigest = output?.digest
      if let output { outputs[cell.id] = StoredBytes(path: outputPath, offset: 0, count: output.byteCount) }
      return .succeeded(results)
    case .failed(let failure): return .failed(failure, partial: results)
    case .interrupted:
      wasInterrupted = true
      return .failed(CellFailure("the run was interrupted while this cell ran"), partial: results)
    }
  }

  private mutating func runningWorker() throws -> WorkerProcess {
    if let worker { return worker }
    let started = try WorkerProcess(executable: environment.executable, arguments: environment.workerArguments)
    worker = started
    return started
  }

  // MARK: Records

  private func record(of cell: PlannedCell) -> CellRecord {
    let evidence = plan.cells.map {
      ($0.id, ClaimJudge.Evidence(outcome: outcomes[$0.id], usesStandIn: standIns.contains($0.id)))
    }
    let judge = ClaimJudge(evidence: Dictionary(evidence, uniquingKeysWith: { first, _ in first }))
    var parameters = cell.configured.parameters
    for (key, id) in cell.configured.inputs { parameters[key] = .string(id.text) }
    return CellRecord(
      id: cell.id, number: cell.number, step: cell.step.name, parameters: parameters, changedKeys: cell.changedKeys,
      seed: cell.seed, usesStandIn: standIns.contains(cell.id),
      outcome: (outcomes[cell.id] ?? .notRun(.interrupted)).captioned(cell.captions),
      claims: cell.claims.map { judge.judge($0, of: cell.id) }, references: cell.references,
      metricKinds: Dictionary(cell.metrics.map { ($0.key, $0.kind) }, uniquingKeysWith: { first, _ in first }),
      seriesKinds: Dictionary(cell.series.map { ($0.key, $0.kind) }, uniquingKeysWith: { first, _ in first }))
  }
}

extension CellOutcome {
  /// The same outcome, its figures with the notebook's captions: these are no part of what is kept between runs.
  func captioned(_ captions: [FigureName: String]) -> CellOutcome {
    func captioned(_ results: CellResults) -> CellResults {
      var copy = results
      copy.figures = results.figures.map {
        FigureRecord(name: $0.name, figure: $0.figure, isVolatile: $0.isVolatile, caption: captions[$0.name])
      }
      return copy
    }
    return switch self {
    case .succeeded(let results): .succeeded(captioned(results))
    case .failed(let failure, let results): .failed(failure, partial: captioned(results))
    case .notRun: self
    }
  }
}

extension Plan {
  /// The notebook's title: of its front matter, or else its file's name.
  var title: String {
    notebook.frontMatter.title?.value
      ?? ((notebook.path as NSString).lastPathComponent as NSString).deletingPathExtension
  }
}
