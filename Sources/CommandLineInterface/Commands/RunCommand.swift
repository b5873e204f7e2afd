import Diagnostics
import Foundation
import Reporting
import Running
import Steps

/// `nbrun NOTEBOOK…`: runs notebooks and writes their reports.
struct RunCommand {
  let context: RunContext
  let console: Console

  /// A notebook that is about to run.
  private struct Job {
    let file: NotebookFile
    let plan: Plan
    let only: Set<CellID>?
    let alterations: [String]
  }

  func run(_ arguments: ParsedArguments) throws -> ExitStatus {
    let settings = try RunSettings(arguments)
    let files = try context.notebooks(arguments.positionals)
    if arguments.has("--live") {
      return try LiveRun(context: context, console: console, settings: settings).watch(files)
    }
    guard let jobs = try plan(files, arguments) else { return .invalid }
    var status = ExitStatus.success
    var records: [RunRecord] = []
    for job in jobs {
      let outcome = try execute(job, settings)
      status = max(status, outcome.status)
      records.append(outcome.record)
      if outcome.status == .interrupted { break }
    }
    if let path = settings.junit { try console.write(junit: JUnitReport.text(records), to: path) }
    return status
  }

  /// Plans every notebook before any runs; nil after the mistakes of all of them were reported.
  private func plan(_ files: [NotebookFile], _ arguments: ParsedArguments) throws -> [Job]? {
    let (plans, areAllValid) = context.planning.plans(of: files, options: context.planOptions, console: console)
    guard areAllValid else { return nil }
    return try plans.map { file, plan in
      let alterations = alterations(arguments)
      let outputs = ReportFolders(context: context, file: file)
      if !outputs.isScratch(altered: !alterations.isEmpty) { try outputs.check() }
      return Job(
        file: file, plan: plan, only: try selection(arguments.all("--only"), in: plan), alterations: alterations)
    }
  }

  private func selection(_ names: [String], in plan: Plan) throws -> Set<CellID>? {
    guard !names.isEmpty else { return nil }
    return Set(
      try names.map { name in
        guard let id = CellID(name), plan[id] != nil else {
          let advice = NearNames.advice(for: name, among: plan.cells.map(\.id.text))
          throw Diagnostic.error("--only: \(plan.notebook.path) has no cell \"\(name)\"\(advice)")
        }
        return id
      })
  }

  private func alterations(_ arguments: ParsedArguments) -> [String] {
    arguments.all("--only").map { "--only \($0)" } + arguments.all("--set").map { "--set \($0)" }
      + (arguments.value("--seed").map { ["--seed \($0)"] } ?? [])
  }

  private func execute(_ job: Job, _ settings: RunSettings) throws -> (record: RunRecord, status: ExitStatus) {
    let outputs = ReportFolders(context: context, file: job.file)
    let lock = outputs.isScratch(altered: !job.alterations.isEmpty) ? nil : try outputs.lock()
    defer { withExtendedLifetime(lock) {} }
    let view = RunView(console: console, detail: settings.detail, plan: job.plan)
    view.announce(job.plan.notebook)
    let runner = Runner(environment: context.runnerEnvironment(job.file.folders), observer: view)
    let record = try runner.execute(
      job.plan,
      options: RunOptions(
        only: job.only, fresh: settings.isFresh, keepGoing: settings.keepsGoing, standIn: settings.allowsStandIn,
        alterations: job.alterations))
    let folder = try outputs.write(record, plan: job.plan, options: settings.report, console: console)
    view.conclude(record, report: folder, formats: settings.report.formats)
    return (record, Self.status(of: record))
  }

  /// How the program ends after a run.
  static func status(of record: RunRecord) -> ExitStatus {
    if record.wasInterrupted { return .interrupted }
    let hasFailed = record.cells.contains { cell in
      if case .failed = cell.outcome { return true }
      return cell.claims.contains { $0.status == .broken }
    }
    if hasFailed { return .failure }
    return record.lacksData ? .noData : .success
  }
}
