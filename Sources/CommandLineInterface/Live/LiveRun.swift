import Diagnostics
import Foundation
import Reporting
import Running
import Steps

/// `nbrun --live NOTEBOOK`: keeps a live page while the notebook runs and, after it, watches the notebook: an edit reruns what it
/// changed. Ends when it is interrupted.
struct LiveRun {
  let context: RunContext
  let console: Console
  let settings: RunSettings

  /// How often the notebook's file is looked at, in seconds.
  private static let interval = 0.25

  func watch(_ files: [NotebookFile]) throws -> ExitStatus {
    guard files.count == 1 else { throw Diagnostic.error("--live follows one notebook; \(files.count) are given") }
    let file = files[0]
    let folder = LiveFolder(of: file)
    let environment = context.runnerEnvironment(file.folders)
    let outputs = ReportFolders(context: context, file: file)
    try outputs.check()
    let lock = try outputs.lock()
    defer { withExtendedLifetime(lock) {} }
    var hasSaidWhere = false
    while true {
      let contents = file.place.file.contents
      if case .plan(let plan) = context.planning.plan(file, options: context.planOptions, console: console) {
        if !hasSaidWhere { say("live page: \(folder.page.fileAddress)") }
        hasSaidWhere = true
        let status = try run(plan, file: file, folder: folder, environment: environment)
        if status == .interrupted { return status }
      }
      say("watching \(file.path) for edits; interrupt to end")
      while file.place.file.contents == contents {
        if environment.interruption.count > 0 { return .interrupted }
        Thread.sleep(forTimeInterval: Self.interval)
      }
    }
  }

  private func run(
    _ plan: Plan, file: NotebookFile, folder: LiveFolder, environment: RunnerEnvironment
  ) throws -> ExitStatus {
    let view = RunView(console: console, detail: settings.detail, plan: plan)
    view.announce(plan.notebook)
    let observer = LiveObserver(view: view, console: console, folder: folder, plan: plan, environment: environment)
    let record = try Runner(environment: environment, observer: observer).execute(
      plan, options: RunOptions(keepGoing: true, standIn: settings.allowsStandIn))
    try folder.show(record, notebook: plan.notebook, plan: plan, isRunning: false)
    if record.wasInterrupted { return .interrupted }
    let report = try ReportFolders(context: context, file: file)
      .write(record, plan: plan, options: settings.report, console: console)
    view.conclude(record, report: report, formats: settings.report.formats)
    return RunCommand.status(of: record)
  }

  private func say(_ text: String) {
    if settings.detail != .quiet { console.writeError(text + "\n") }
  }
}
