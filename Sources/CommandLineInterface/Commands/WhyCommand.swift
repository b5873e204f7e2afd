import Diagnostics
import Digests
import Foundation
import Notebooks
import Reporting
import Running
import Steps

/// `nbrun why`: which cells would be reused, which would run, and which part of what they depend on changed.
struct WhyCommand {
  let context: RunContext
  let console: Console

  func run(_ arguments: ParsedArguments) throws -> ExitStatus {
    let files = try context.notebooks([arguments.positionals[0]])
    let (plans, areAllValid) = context.planning.plans(of: files, options: context.planOptions, console: console)
    guard areAllValid else { return .invalid }
    var status = ExitStatus.success
    for (file, plan) in plans {
      let cell = try arguments.positionals.dropFirst().first.map { try self.cell($0, in: plan) }
      if try !explain(plan, file: file, only: cell) { status = .failure }
    }
    return status
  }

  private func cell(_ name: String, in plan: Plan) throws(Diagnostic) -> CellID {
    guard let id = CellID(name), plan[id] != nil else {
      let advice = NearNames.advice(for: name, among: plan.cells.map(\.id.text))
      throw .error("\(plan.notebook.path) has no cell \"\(name)\"\(advice)")
    }
    return id
  }

  /// Prints what would happen to each cell.
  /// - Returns: whether the committed report still says what the notebook and the program would.
  private func explain(_ plan: Plan, file: NotebookFile, only cell: CellID?) throws -> Bool {
    let style = Style(usesColor: console.usesColor)
    let standings = try Runner(environment: context.runnerEnvironment(file.folders)).explain(plan)
    let shown = standings.filter { cell == nil || $0.id == cell }
    console.write("\(file.path)\n")
    for standing in shown {
      let number = "[\(plan[standing.id]?.number ?? 0)]".padding(to: 5)
      let verdict = standing.isReused ? style.good("reused") : style.accent("run")
      let reasons = standing.reasons.isEmpty ? "" : ": " + standing.reasons.joined(separator: "; ")
      console.write("  \(number) \(standing.id.text.padding(to: 26)) \(verdict)\(reasons)\n")
    }
    let changes = staleness(of: file, plan: plan, standings: shown, checksNotebook: cell == nil)
    let folder = context.shown(file.report, in: file.folders.project)
    if changes.isEmpty {
      console.write("  \(folder) is up to date\n")
    } else {
      console.write("  \(folder) is \(style.bad("stale")): \(changes.joined(separator: "; "))\n")
    }
    return changes.isEmpty
  }

  /// What the committed report no longer says. A cell that never ran on this machine is held against the report itself.
  private func staleness(
    of file: NotebookFile, plan: Plan, standings: [CellStanding], checksNotebook: Bool
  ) -> [String] {
    guard let bytes = file.report.appending(ResultsFile.name).contents else {
      return ["there is no \(ResultsFile.name)"]
    }
    guard let committed = try? ResultsFile.read(bytes) else { return ["\(ResultsFile.name) cannot be read"] }
    var changes: [String] = []
    if checksNotebook, committed.digest != SHA256.digest(of: plan.notebook.text) {
      changes.append("the notebook was edited")
    }
    for standing in standings where !standing.isReused {
      guard let reported = committed[standing.id], let cell = plan[standing.id] else {
        changes.append("it has no cell \(standing.id)")
        continue
      }
      var parameters = cell.configured.parameters
      for (key, id) in cell.configured.inputs { parameters[key] = .string(id.text) }
      if reported.step != cell.step.name || reported.parameters != parameters {
        changes.append("\(standing.id) has other parameters")
      } else if standing.reasons != ["never run"], standing.reasons != ["its stored result is gone"] {
        changes.append("\(standing.id) would run")
      }
    }
    return changes
  }
}
