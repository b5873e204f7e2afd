import NbrunDiagnostics
import NbrunDigests
import NbrunPlatform
import NbrunReporting
import NbrunRunning
import NbrunSteps

extension Command {
  static let why = Command(
    name: "why", summary: "Says which cells would run, and what changed since their last result.",
    arguments: "NOTEBOOK [CELL]", argumentCount: 1...2, completion: .notebooks,
    options: { [$0.output, $0.data] + $0.altering },
    examples: [
      ("why notebooks/cnn.md", "Every cell; exit status 1 when the committed report is stale."),
      ("why notebooks/cnn.md best", "One cell."),
    ]
  ) { try $0.why() }
}

extension Invocation {
  /// `nbrun why`: which cells would be reused, which would run, and which part of what they depend on changed.
  func why() throws -> ExitStatus {
    let files = try notebooks([arguments.positionals[0]])
    let (plans, areAllValid) = plans(of: files, options: planOptions)
    guard areAllValid else { return .invalid }
    var status = ExitStatus.success
    for (file, plan) in plans {
      let cell = try arguments.positionals.dropFirst().first.map { try plan.cell(named: $0).id }
      if try !explain(plan, file: file, only: cell) { status = .failure }
    }
    return status
  }

  /// Prints what would happen to each cell.
  /// - Returns: whether the committed report still says what the notebook and the program would.
  private func explain(_ plan: Plan, file: NotebookFile, only cell: CellID?) throws -> Bool {
    let statuses = try Runner(environment: runnerEnvironment(file.folders)).explain(plan)
    console.write("\(file.path)\n")
    for status in statuses where cell == nil || status.id == cell {
      let number = "[\(plan[status.id]?.number ?? 0)]".padding(to: 5)
      let verdict: TerminalText = status.isReused ? .painted("reused", .good) : .painted("run", .accent)
      let reasons = status.reasons.isEmpty ? "" : ": " + status.reasons.map(\.text).joined(separator: "; ")
      console.write(styled: "  \(number) \(status.id.text.padding(to: 26)) \(verdict)\(reasons)\n")
    }
    let changes = staleness(of: file, plan: plan, statuses: statuses, only: cell)
    let folder = shown(file.report, in: file.folders.project)
    if changes.isEmpty {
      console.write("  \(folder) is up to date\n")
    } else {
      console.write(styled: "  \(folder) is \("stale", .bad): \(changes.joined(separator: "; "))\n")
    }
    return changes.isEmpty
  }

  /// What the committed report says and would not say if it were written now. A cell that would only be computed again is no such
  /// thing: nor what is not here, or damaged here, can tell.
  private func staleness(of file: NotebookFile, plan: Plan, statuses: [CacheStatus], only cell: CellID?) -> [String] {
    let place = file.report.appending(ResultsFile.name)
    guard let bytes = place.contents, let committed = try? ResultsFile.read(bytes) else {
      let isMissing = place.problem == .system(ENOENT)
      return [isMissing ? "there is no \(ResultsFile.name)" : "\(ResultsFile.name) cannot be read"]
    }
    let reported = Dictionary(firstOf: committed.cells.map { ($0.id, $0) })
    var changes: [String] = []
    if cell == nil, committed.digest != SHA256.digest(of: plan.notebook.text) {
      changes.append("the notebook was edited")
    }
    let concerned = cell.map { Set(plan.closure(of: [$0])) }
    for status in statuses where concerned?.contains(status.id) ?? true {
      guard let reported = reported[status.id], let planned = plan[status.id] else {
        changes.append("it has no cell \(status.id)")
        continue
      }
      if let change = Self.change(of: planned, status, reported, data: committed.data) {
        changes.append("\(status.id) \(change)")
      }
    }
    return changes
  }

  /// What the report says of a cell that it would not say now; nil where nothing is known of any such thing.
  private static func change(
    of cell: PlannedCell, _ status: CacheStatus, _ reported: ResultsFile.Cell, data: [DataSourceName: DataLocation]
  ) -> String? {
    if reported.step != cell.step.name || reported.parameters != cell.effectiveEntries { return "has other parameters" }
    if reported.seed != cell.seed { return "has another seed" }
    for (name, files) in status.data where data[name].map({ $0.digests != files }) ?? false { return "has other data" }
    switch reported.reason {
    case .noData(let source, _) where status.data[source] != nil:
      return "did not run for want of its data, which are here"
    case .interrupted: return "did not run: the run was interrupted"
    default: break
    }
    let parts = status.reasons.compactMap { if case .changed(let part, _) = $0 { part } else { nil } }
    // The report itself has told of parameters, seed and data. Other arithmetic gives the same numbers within their tolerances.
    let computing = parts.filter { [.step, .compiler, .code].contains($0) }
    return computing.isEmpty ? nil : "would run"
  }
}
