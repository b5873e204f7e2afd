import NbrunDiagnostics
import NbrunDigests
import NbrunSteps

/// Looks, before anything runs, at which stored results can be used. It fetches no data and starts no worker.
struct ReuseSurvey {
  /// What was found for one cell.
  struct Finding {
    /// What the cell depends on; nil where that cannot be told before others have run or data has been fetched.
    var parts: CellKeyParts?
    var key: Digest?
    var entry: ResultCache.Entry?
    /// Why there is none that can be used.
    var obstacle: CacheStatus.Reason?
  }

  let plan: Plan
  let environment: RunnerEnvironment
  let cache: ResultCache
  /// Whether stored results are ignored.
  let isFresh: Bool
  private(set) var findings: [CellID: Finding] = [:]
  /// The cells whose outputs cells that run need.
  private(set) var neededOutputs: Set<CellID> = []
  /// What was damaged.
  private(set) var warnings: [Diagnostic] = []
  private(set) var codeOfExecutable: String?

  mutating func look(at selected: Set<CellID>, resolver: inout DataResolver) throws {
    let cells = plan.cells.filter { selected.contains($0.id) }
    for cell in cells { findings[cell.id] = try keyed(cell, &resolver) }
    let keys = cells.map { $0.usesCache && !isFresh ? findings[$0.id]?.key : nil }
    let stored = concurrentMap(keys) { [cache] key in
      Result { () throws(DamagedFile) in try key.flatMap { (key) throws(DamagedFile) in try cache.entry(key) } }
    }
    for (cell, stored) in zip(cells, stored) { take(stored, for: cell) }
    var unsettled: Set<CellID> = []
    for cell in cells where findings[cell.id]?.entry == nil || !unsettled.isDisjoint(with: cell.inputIDs) {
      unsettled.insert(cell.id)
    }
    // From the last cell to the first: one that must run after all needs its own inputs in turn.
    for cell in cells.reversed() {
      if neededOutputs.contains(cell.id), let output = findings[cell.id]?.entry?.output {
        do { _ = try output.load() } catch { discard(cell.id) }
      }
      if unsettled.contains(cell.id) || findings[cell.id]?.entry == nil { neededOutputs.formUnion(cell.inputIDs) }
    }
  }

  private mutating func discard(_ id: CellID) {
    if let key = findings[id]?.key { cache.remove(key) }
    findings[id]?.entry = nil
    noteDamage(id)
  }

  private mutating func noteDamage(_ id: CellID) {
    findings[id, default: Finding()].obstacle = .damaged
    warnings.append(.warning("the stored result of the cell \(id) is damaged; it is computed again"))
  }

  /// What can be said of `cell` by its key alone.
  private mutating func keyed(_ cell: PlannedCell, _ resolver: inout DataResolver) throws -> Finding {
    var locations: [DataSourceName: DataLocation] = [:]
    for source in cell.configured.dataSources {
      guard case .found(let location) = resolver.locate(source) else {
        return Finding(obstacle: .lacksData(source.name))
      }
      locations[source.name] = location
    }
    guard let parts = try parts(of: cell, data: locations) else { return Finding(obstacle: .unknownInputs) }
    return Finding(parts: parts, key: try parts.key, obstacle: cell.usesCache ? nil : .uncached)
  }

  /// Notes what is stored under the key of `cell`, if it can be used.
  private mutating func take(_ stored: Result<ResultCache.Entry?, DamagedFile>, for cell: PlannedCell) {
    guard case .success(let entry) = stored else { return noteDamage(cell.id) }
    guard let entry else { return }
    if isConsistent(entry, cell) {
      findings[cell.id]?.entry = entry
    } else {
      findings[cell.id]?.obstacle = .otherInputs
    }
  }

  /// What `cell` depends on; nil where the keys of its inputs are not known.
  mutating func parts(of cell: PlannedCell, data: [DataSourceName: DataLocation]) throws -> CellKeyParts? {
    var inputs: [String: Digest] = [:]
    for (key, id) in cell.configured.inputs {
      guard let digest = findings[id]?.key else { return nil }
      inputs[key] = digest
    }
    return CellKeyParts(
      of: cell, inputs: inputs, data: data, environment: environment, code: try codeIdentity(of: cell))
  }

  /// Notes what was learned of `cell` when its turn came.
  /// - Returns: its key.
  mutating func settle(_ cell: CellID, parts: CellKeyParts) throws -> Digest {
    if let known = findings[cell], known.parts == parts, let key = known.key { return key }
    let key = try parts.key
    findings[cell] = Finding(parts: parts, key: key)
    return key
  }

  /// Whether the inputs that `entry` was computed from are those that the stored results of other cells hold.
  private func isConsistent(_ entry: ResultCache.Entry, _ cell: PlannedCell) -> Bool {
    cell.configured.inputs.allSatisfy { key, id in
      guard let stored = findings[id]?.entry else { return true }
      return stored.results.outputDigest == entry.inputDigests[key]
    }
  }

  private mutating func codeIdentity(of cell: PlannedCell) throws -> String {
    if let identity = cell.step.codeIdentity { return identity }
    if let codeOfExecutable { return codeOfExecutable }
    let digest = try ExecutableIdentity.digest(of: environment.executable, cacheFolder: cache.folder)
    codeOfExecutable = digest.description
    return digest.description
  }
}

extension PlannedCell {
  /// The cells that it takes something from.
  var inputIDs: Set<CellID> { Set(configured.inputs.values) }
}
