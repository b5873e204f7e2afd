import Diagnostics
import Steps

/// Whether a cell's stored result would be used, and if not, why not.
public struct CellStanding: Sendable, Equatable {
  /// The cell.
  public var id: CellID
  /// Whether its stored result would be used.
  public var isReused: Bool
  /// What has changed since it last ran, in words: `parameter stride: 1 → 2`, `code`; empty where it is reused.
  public var reasons: [String]
  /// Whether something that it depends on is known to have changed, rather than its result being absent.
  public var hasChanged: Bool
}

extension Runner {
  /// Whether each cell of `plan` would be reused or run. Runs nothing and fetches nothing.
  /// - Throws: what keeps that from being found out, such as a program that cannot be read.
  public func explain(_ plan: Plan, options: RunOptions = RunOptions()) throws(Diagnostic) -> [CellStanding] {
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
      return standing(of: id, finding, last: index.parts(of: id), isFresh: options.fresh)
    }
  }

  private func standing(
    of id: CellID, _ finding: ReuseSurvey.Finding, last: CellKeyParts?, isFresh: Bool
  ) -> CellStanding {
    if finding.entry != nil { return CellStanding(id: id, isReused: true, reasons: [], hasChanged: false) }
    var changes: [String] = []
    if let last, let parts = finding.parts { changes = KeyComparison.changes(from: last, to: parts) }
    let reason = finding.obstacle ?? (isFresh ? "stored results are ignored" : last == nil ? "never run" : nil)
    let reasons = reason.map { [$0] } ?? (changes.isEmpty ? ["its stored result is gone"] : changes)
    return CellStanding(id: id, isReused: false, reasons: reasons, hasChanged: !changes.isEmpty)
  }
}
