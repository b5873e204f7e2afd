import Diagnostics
import Foundation
import Notebooks
import Running
import Steps

/// `nbrun check`: everything that can be proved without running; runs nothing, writes nothing.
struct CheckCommand {
  let planning: Planning
  let console: Console

  func run(_ arguments: ParsedArguments) throws -> ExitStatus {
    var status = ExitStatus.success
    for file in try NotebookFinder.find(arguments.positionals) {
      guard let plan = planning.plan(file, options: PlanOptions(), console: console) else {
        status = .invalid
        continue
      }
      if !arguments.has("--quiet") {
        let claims = plan.cells.reduce(0) { $0 + $1.claims.count }
        console.write("\(file.path): \(plan.cells.count) cells and \(claims) claims are in order\n")
      }
    }
    return status
  }
}

/// Loads and plans notebooks, saying what is wrong with them: what `run`, `check`, `verify` and `why` begin with.
struct Planning: Sendable {
  let steps: StepList
  let loader: NotebookLoader
  let executable: String

  /// The plan of the notebook in `file`; nil after its mistakes were reported.
  func plan(_ file: NotebookFile, options: PlanOptions, console: Console) -> Plan? {
    do {
      let notebook = try loader.load(file.path)
      let printed: @Sendable (String) -> String? = { $0 == notebook.path ? notebook.text : nil }
      do {
        let plan = try Planner(steps: steps).plan(notebook, options: options)
        let warnings = plan.warnings + loader.staleListings(in: notebook, executable: executable)
        if !warnings.isEmpty { console.report(warnings, source: printed) }
        return plan
      } catch {
        console.report(error.all, source: printed)
        return nil
      }
    } catch {
      console.report([error])
      return nil
    }
  }
}
