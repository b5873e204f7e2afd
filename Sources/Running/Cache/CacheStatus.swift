import NbrunDiagnostics
import NbrunDigests
import NbrunSteps

/// Whether a cell's stored result would be used, and if not, why not.
package struct CacheStatus: Sendable, Equatable {
  package var id: CellID
  /// What its result is stored under; nil where that is not known before data are here or other cells have run.
  package var key: Digest?
  /// Why its stored result would not be used; empty where it would.
  package var reasons: [Reason]
  /// The digests of the data that it would read, where they are here.
  package var data: [DataSourceName: [String: Digest]]

  package var isReused: Bool { reasons.isEmpty }

  /// Why a stored result is not used.
  package enum Reason: Sendable, Equatable {
    /// Something that the cell depends on is not what it was when it last ran here: what, and how it changed.
    case changed(Part, String)
    case neverRun
    /// Its result is kept no more.
    case gone
    case damaged
    /// The notebook asks for it: `cache: false`.
    case uncached
    /// The run was asked for it.
    case ignored
    case lacksData(DataSourceName)
    /// What it takes from other cells is not known before they have run.
    case unknownInputs
    /// What it takes from other cells came out differently.
    case otherInputs

    /// The reason in words: `parameter stride: 1 → 2`, `code`.
    package var text: String {
      switch self {
      case .changed(_, let text): text
      case .neverRun: "never run"
      case .gone: "its stored result is gone"
      case .damaged: "its stored result is damaged"
      case .uncached: "cache: false"
      case .ignored: "stored results are ignored"
      case .lacksData(let source): "the data \(source) is not here"
      case .unknownInputs: "what it takes from other cells is not known yet"
      case .otherInputs: "what it takes from other cells came out differently"
      }
    }
  }

  /// A part of what a result depends on.
  package enum Part: Sendable, Equatable {
    case step, parameter, seed, input, data, numerics, compiler, code
    /// The form in which results are stored: it changes none.
    case format
  }
}

extension Runner {
  /// Whether each cell of `plan` would be reused or run. Runs nothing and fetches nothing.
  /// - Throws: what keeps that from being found out, such as a program that cannot be read.
  package func explain(_ plan: Plan, options: RunOptions = RunOptions()) throws(Diagnostic) -> [CacheStatus] {
    try SymbolicLinks.refuse(in: environment.stateFolder)
    let cache = ResultCache(stateFolder: environment.stateFolder)
    let index = KeyIndex(cacheFolder: cache.folder, notebook: plan.notebook.place.name.text)
    let selected = options.only.map { plan.closure(of: $0) } ?? plan.cells.map(\.id)
    var survey = ReuseSurvey(plan: plan, environment: environment, cache: cache, isFresh: options.fresh)
    var resolver = DataResolver(environment: environment, observer: SilentObserver(), options: options, plan: plan)
    do {
      try survey.look(at: Set(selected), resolver: &resolver)
    } catch {
      throw .error("\(error)")
    }
    return selected.map { id in
      let finding = survey.findings[id] ?? ReuseSurvey.Finding()
      return status(of: id, finding, last: index.parts(of: id), isFresh: options.fresh)
    }
  }

  private func status(
    of id: CellID, _ finding: ReuseSurvey.Finding, last: CellKeyParts?, isFresh: Bool
  ) -> CacheStatus {
    var data: [DataSourceName: [String: Digest]] = [:]
    for (name, files) in finding.parts?.data ?? [:] { data[DataSourceName(unchecked: name)] = files }
    if finding.entry != nil { return CacheStatus(id: id, key: finding.key, reasons: [], data: data) }
    var changes: [CacheStatus.Reason] = []
    if let last, let parts = finding.parts { changes = KeyComparison.changes(from: last, to: parts) }
    let reason = finding.obstacle ?? (isFresh ? .ignored : last == nil ? .neverRun : nil)
    // What changed is worth knowing also where the result would not be used in any case.
    let reasons = (reason.map { [$0] } ?? []) + changes
    return CacheStatus(id: id, key: finding.key, reasons: reasons.isEmpty ? [.gone] : reasons, data: data)
  }
}
