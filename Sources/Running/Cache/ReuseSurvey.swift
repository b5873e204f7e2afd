import Diagnostics
import Digests
import Steps

/// Looks, before anything runs, at which stored results can be used. It fetches no data and starts no worker.
struct ReuseSurvey {
  /// What was found for one cell.
  struct Finding {
    /// What the cell depends on; nil where that cannot be told before others have run or data has been fetched.
    var parts: CellKeyParts?
    var key: Digest?
    /// The stored result, if there is one.
    var entry: ResultCache.Entry?
    /// Why there is none that can be used.
    var obstacle: CellStanding.Reason?
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
  private var codeOfExecutable: String?

  init(plan: Plan, environment: RunnerEnvironment, cache: ResultCache, isFresh: Bool) {
    self.plan = plan
    self.environment = environment
    self.cache = cache
    self.isFresh = isFresh
  }

  /// Looks at the selected cells.
  mutating func look(at selected: Set<CellID>, resolver: inout DataResolver) throws {
    let cells = plan.cells.filter { selected.contains($0.id) }
    for cell in cells { findings[cell.id] = try finding(for: cell, &resolver) }
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

  private mutating func finding(for cell: PlannedCell, _ resolver: inout DataResolver) throws -> Finding {
    var locations: [DataSourceName: DataLocation] = [:]
    for source in cell.configured.dataSources {
      guard case .found(let location) = resolver.locate(source) else {
        return Finding(obstacle: .lacksData(source.name))
      }
      locations[source.name] = location
    }
    guard let parts = try parts(of: cell, data: locations) else {
      return Finding(obstacle: .unknownInputs)
    }
    let key = try parts.key
    var finding = Finding(parts: parts, key: key)
    if !cell.usesCache {
      finding.obstacle = .uncached
    } else if !isFresh {
      do {
        finding.entry = try cache.entry(key)
      } catch {
        findings[cell.id] = finding
        noteDamage(cell.id)
        finding = findings[cell.id] ?? finding
      }
    }
    if let entry = finding.entry, !isConsistent(entry, cell) {
      finding.entry = nil
      finding.obstacle = .otherInputs
    }
    return finding
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
  mutating func settle(_ cell: CellID, parts: CellKeyParts, key: Digest) {
    if findings[cell]?.key != key { findings[cell] = Finding(parts: parts, key: key) }
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
    let digest = try ExecutableIdentity(executable: environment.executable, cacheFolder: cache.folder).digest()
    codeOfExecutable = digest.description
    return digest.description
  }
}

extension PlannedCell {
  /// The cells that it takes something from.
  var inputIDs: Set<CellID> {
    Set(configured.inputs.values)
  }
}
