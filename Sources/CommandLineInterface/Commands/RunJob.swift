import NbrunDiagnostics
import NbrunRunning
import NbrunSteps

/// A notebook that is about to run as the command line asks.
struct RunJob {
  let file: NotebookFile
  let plan: Plan
  private let context: RunContext
  private let only: Set<CellID>?

  /// The run of the notebook in `file`.
  /// - Throws: where `--only` names a cell that it has not, and where its report would take the place of something else.
  init(_ file: NotebookFile, plan: Plan, context: RunContext) throws(Diagnostic) {
    var selection: Set<CellID> = []
    for name in context.only {
      do {
        selection.insert(try plan.cell(named: name).id)
      } catch {
        throw .error("--only: \(error.message)")
      }
    }
    self.file = file
    self.plan = plan
    self.context = context
    only = context.only.isEmpty ? nil : selection
    let outputs = ReportFolders(context: context, file: file)
    if !outputs.isScratch(altered: !context.alterations.isEmpty) { try outputs.check() }
  }

  func options(_ settings: RunSettings, isFresh: Bool) -> RunOptions {
    RunOptions(
      only: only, fresh: isFresh, keepGoing: settings.keepsGoing, standIn: settings.allowsStandIn,
      alterations: context.alterations)
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
