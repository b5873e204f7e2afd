import NbrunJSONValues
import NbrunReporting
import NbrunRunning

extension Options {
  var planFormat: Option<Bool?> {
    .value("--format", "FORMAT", "How it is written: json (default).", takes: "json", completion: .words(["json"])) {
      $0 == "json" ? true : nil
    }
  }
}

extension Command {
  static let plan = Command(
    name: "plan", summary: "Prints what each cell needs and whether it would run, as JSON.", arguments: "NOTEBOOK…",
    argumentCount: 1...Int.max, completion: .notebooks,
    options: { [$0.planFormat, $0.output, $0.data] + $0.altering }, isAnswer: true,
    examples: [("plan notebooks", "A list of cells, for programs that share them out; the guide says what each has.")]
  ) { try $0.plan() }
}

extension Invocation {
  /// `nbrun plan`: the cells of notebooks, their needs and their stored results; runs nothing, writes nothing.
  func plan() throws -> ExitStatus {
    let files = try notebooks(arguments.positionals)
    let (plans, areAllValid) = plans(of: files, options: planOptions)
    guard areAllValid else { return .invalid }
    let cells = try plans.flatMap { file, plan in
      let committed = file.report.appending(ResultsFile.name).contents.flatMap { try? ResultsFile.read($0) }
      let statuses = try Runner(environment: runnerEnvironment(file.folders)).explain(plan)
      return zip(plan.cells, statuses).map { cell, status in
        let needs = cell.dependencies.compactMap { plan[$0] }.sorted { $0.number < $1.number }
        return JSONValue.object([
          "cached": .bool(status.isReused),
          "command": .array(command(for: cell, of: file).map(JSONValue.string)),
          "data": .array(cell.configured.dataSources.map { .string($0.name.text) }),
          "id": .string(cell.id.text),
          "key": status.key.map { .string($0.description) } ?? .null,
          "needs": .array(needs.map { .string($0.id.text) }),
          "notebook": .string(file.path),
          "seconds": committed?.volatile.cells[cell.id]?.seconds ?? .null,
          "seed": .integer(Int(cell.seed)),
          "step": .string(cell.step.name.text),
        ])
      }
    }
    console.writeData(JSONWriter.string(.array(cells), layout: .readable))
    return .success
  }

  /// The words of the command that computes a cell, and what it needs, as this plan has it.
  private func command(for cell: PlannedCell, of file: NotebookFile) -> [String] {
    var words = [program.name, file.path, "--only", cell.id.text]
    if let output = arguments.output { words += ["--output", output] }
    if let data = arguments.data { words += ["--data", data] }
    if arguments.standIn { words.append("--stand-in") }
    return words + changes.joined()
  }
}
