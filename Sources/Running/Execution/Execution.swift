import NbrunDigests
import NbrunPlatform
import NbrunSteps

/// One execution of a plan, cell by cell.
struct Execution {
  private let plan: Plan
  private let options: RunOptions
  private let environment: RunnerEnvironment
  private let observer: any RunObserver
  private let selected: Set<CellID>
  private let cache: ResultCache
  private let index: KeyIndex

  private var survey: ReuseSurvey
  private var resolver: DataResolver
  private var computer: CellComputer
  private var data: [DataSourceName: DataLocation] = [:]
  private var outcomes: [CellID: CellOutcome] = [:]
  private var standIns: Set<CellID> = []
  private var wasInterrupted = false
  private var stoppedAfter: CellID?

  init(plan: Plan, options: RunOptions, environment: RunnerEnvironment, observer: any RunObserver) throws {
    self.plan = plan
    self.options = options
    self.environment = environment
    self.observer = observer
    selected = Set(options.only.map { plan.closure(of: $0) } ?? plan.cells.map(\.id))
    cache = ResultCache(stateFolder: environment.stateFolder)
    index = KeyIndex(cacheFolder: cache.folder, notebook: plan.notebook.place.name.text)
    survey = ReuseSurvey(plan: plan, environment: environment, cache: cache, isFresh: options.fresh)
    resolver = DataResolver(environment: environment, observer: observer, options: options, plan: plan)
    computer = try CellComputer(environment: environment, observer: observer, isFresh: options.fresh)
  }

  /// Runs every selected cell.
  mutating func run() throws -> RunRecord {
    defer { computer.finish() }
    try survey.look(at: selected, resolver: &resolver)
    for warning in survey.warnings { observer.observe(.warning(warning)) }
    for id in survey.neededOutputs { computer.hold(survey.findings[id]?.entry?.output, of: id) }
    observer.observe(.started(expectedSeconds: expectedSeconds))
    for cell in plan.cells {
      let outcome = try outcome(of: cell)
      outcomes[cell.id] = outcome
      if case .failed = outcome, !options.keepGoing, stoppedAfter == nil { stoppedAfter = cell.id }
      observer.observe(.cellEnded(judge.record(of: cell)))
    }
    if computer.hasComputed {
      cache.trim(to: 2 << 30)  // Two gigabytes stay for other runs.
      CheckpointStore.trim(stateFolder: environment.stateFolder)
    }
    let cells = concurrentMap(plan.cells) { [judge] in judge.record(of: $0) }
    return RunRecord(
      of: plan, in: environment, cells: cells, data: data, alterations: options.alterations,
      wasInterrupted: wasInterrupted)
  }

  private var judge: ClaimJudge { ClaimJudge(outcomes: outcomes, standIns: standIns) }

  private var expectedSeconds: [CellID: Double] {
    var seconds: [CellID: Double] = [:]
    for cell in plan.cells where selected.contains(cell.id) && survey.findings[cell.id]?.entry == nil {
      // Of what is vouched for, only the beginning is run.
      if attestation(of: cell) == nil { seconds[cell.id] = cell.configured.expectedSeconds }
    }
    return seconds
  }

  // MARK: One cell

  private mutating func outcome(of cell: PlannedCell) throws -> CellOutcome {
    guard selected.contains(cell.id) else { return .notRun(.notSelected) }
    if environment.interruption.count > 0 { wasInterrupted = true }
    if wasInterrupted { return .notRun(.interrupted) }
    if let blocking = cell.dependencies.filter({ !succeeded($0) }).compactMap({ plan[$0] }).min(by: {
      $0.number < $1.number
    }) {
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
    guard let parts = try survey.parts(of: cell, data: locations) else {
      preconditionFailure("the cell \(cell.id) runs before the cells that it takes something from")
    }
    let key = try survey.settle(cell.id, parts: parts)
    if let outcome = try attest(cell, data: locations) { return outcome }
    let outcome = try reuseOrCompute(cell, key: key, data: locations)
    if outcome.succeeded, options.alterations.isEmpty, environment.keepsResults {
      index.note(parts, key: key, of: cell.id)
    }
    return outcome
  }

  private func succeeded(_ id: CellID) -> Bool { outcomes[id]?.succeeded ?? false }

  private mutating func note(_ locations: [DataSourceName: DataLocation], of cell: PlannedCell) {
    data.merge(locations) { $1 }
    if locations.values.contains(where: \.isStandIn) || !standIns.isDisjoint(with: cell.inputIDs) {
      standIns.insert(cell.id)
    }
  }

  // MARK: Reusing

  private mutating func reuseOrCompute(
    _ cell: PlannedCell, key: Digest, data locations: [DataSourceName: DataLocation]
  ) throws -> CellOutcome {
    let inputDigests = cell.configured.inputs.compactMapValues { outcomes[$0]?.results?.outputDigest }
    if let entry = survey.findings[cell.id]?.entry, entry.inputDigests == inputDigests {
      return .succeeded(entry.results)
    }
    // Whoever else computes this cell right now is waited for rather than repeated.
    let (isOurs, lock) = try takeTurn(key, of: cell.id)
    guard isOurs else {
      wasInterrupted = true
      return .notRun(.interrupted)
    }
    defer { withExtendedLifetime(lock) {} }
    if let results = storedMeanwhile(cell, key: key, inputDigests: inputDigests) { return .succeeded(results) }
    let result = try computer.compute(cell, key: key, inputDigests: inputDigests, data: locations)
    switch result.ending {
    case .finished:
      if cell.usesCache, environment.keepsResults { keep(result, of: cell.id, key: key, inputDigests: inputDigests) }
      return .succeeded(result.results)
    case .failed(let failure): return .failed(failure, partial: result.results)
    case .interrupted:
      wasInterrupted = true
      if environment.isIsolated { return .notRun(.interrupted) }
      let failure = environment.keepsResults ? .interrupted : StepFailure(StepFailure.interrupted.message)
      return .failed(failure, partial: result.results)
    }
  }

  /// - Returns: whether this run may compute, and the lock while which lives nobody else does; not where it was interrupted.
  private func takeTurn(_ key: Digest, of id: CellID) throws -> (isOurs: Bool, lock: FileLock?) {
    var hasSaidSo = false
    while true {
      switch try FileLock.tryAcquire("\(cache.folder)/running/\(key)") {
      case .acquired(let lock): return (true, lock)
      case .unsupported: return (true, nil)
      case .heldBy:
        if !hasSaidSo { observer.observe(.waiting(id)) }
        hasSaidSo = true
        usleep(100_000)
        if environment.interruption.count > 0 { return (false, nil) }
      }
    }
  }

  private mutating func storedMeanwhile(
    _ cell: PlannedCell, key: Digest, inputDigests: [String: Digest]
  ) -> CellResults? {
    guard cell.usesCache, !options.fresh, let entry = try? cache.entry(key), entry.inputDigests == inputDigests else {
      return nil
    }
    if let output = entry.output {
      guard (try? output.load()) != nil else { return nil }
      computer.hold(output, of: cell.id)
    }
    return entry.results
  }

  private func keep(_ result: CellComputer.Result, of id: CellID, key: Digest, inputDigests: [String: Digest]) {
    do {
      try cache.store(result.results, inputDigests: inputDigests, output: result.output, key: key)
    } catch {
      observer.observe(.warning(.warning("\(id): the result cannot be kept: \(error.message)")))
    }
  }

  // MARK: Vouching

  /// What becomes of `cell` where its results are vouched for; nil where it has to be run in full.
  private mutating func attest(
    _ cell: PlannedCell, data locations: [DataSourceName: DataLocation]
  ) throws -> CellOutcome? {
    guard let reported = options.reported else { return nil }
    // What a cell gives that was not computed is not at hand: a stored result is no better than the report.
    if let source = cell.inputIDs.sorted().first(where: { outcomes[$0]?.results?.isFromReport ?? false }) {
      guard let results = reported.results[cell.id] else { return .notRun(.needsAttested(source)) }
      return .succeeded(results.fromReport(.unchecked))
    }
    guard let attestation = attestation(of: cell) else { return nil }
    let beginning = try computer.computeBeginning(of: cell, data: locations, until: attestation.isEnough)
    if environment.interruption.count > 0 {
      wasInterrupted = true
      return .notRun(.interrupted)
    }
    let partial = beginning.report.results(seconds: beginning.seconds)
    if case .failed(let failure) = beginning.ending { return .failed(failure, partial: partial) }
    if let failure = attestation.disagreement(beginning.report) { return .failed(failure, partial: partial) }
    return .succeeded(attestation.reported.fromReport(.attested(iterations: attestation.iterations)))
  }

  /// How `cell` is vouched for by its beginning; nil where it is not.
  private func attestation(of cell: PlannedCell) -> Attestation? {
    guard let reported = options.reported, let results = reported.results[cell.id] else { return nil }
    return Attestation(of: cell, by: results, isSameVariant: reported.isSameVariant)
  }
}

extension CellResults {
  fileprivate func fromReport(_ origin: Origin) -> CellResults {
    var copy = self
    copy.origin = origin
    return copy
  }
}
