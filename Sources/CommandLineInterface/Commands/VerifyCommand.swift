import Diagnostics
import Foundation
import Reporting
import Running
import Steps

/// `nbrun verify`: runs notebooks afresh and compares with the committed reports; writes nothing there.
struct VerifyCommand {
  let context: RunContext
  let console: Console

  func run(_ arguments: ParsedArguments) throws -> ExitStatus {
    let files = try context.notebooks(arguments.positionals)
    let (plans, areAllValid) = context.planning.plans(of: files, options: PlanOptions(), console: console)
    guard areAllValid else { return .invalid }
    let isStrict = arguments.has("--strict")
    var status = ExitStatus.success
    var reports: [VerificationReport] = []
    for (file, plan) in plans {
      let (report, record) = try verify(file, plan, arguments)
      reports.append(report)
      tell(report, plan: plan, arguments)
      if record.wasInterrupted { return .interrupted }
      if !report.passed(strict: isStrict) { status = max(status, .failure) }
      if record.lacksData { status = max(status, isStrict ? .failure : .noData) }
    }
    if let path = arguments.value("--junit") {
      try console.write(junit: VerificationReport.junit(reports), to: path)
    }
    return status
  }

  private func verify(
    _ file: NotebookFile, _ plan: Plan, _ arguments: ParsedArguments
  ) throws -> (VerificationReport, RunRecord) {
    let folder = file.report.text
    let detail: RunView.Detail = arguments.has("--quiet") ? .quiet : arguments.has("--verbose") ? .verbose : .normal
    let view = RunView(console: console, detail: detail, plan: plan)
    view.announce(plan.notebook)
    let vouched =
      arguments.has("--attest")
      ? VouchedResults(ofReportIn: folder, plan: plan, numerics: context.program.numerics) : nil
    let record = try Runner(environment: context.runnerEnvironment(file.folders), observer: view).execute(
      plan,
      options: RunOptions(
        fresh: true, keepGoing: true, standIn: arguments.has("--stand-in"), vouched: vouched))
    let report = Verification.verify(record: record, notebook: plan.notebook, plan: plan, against: folder)
    return (report, record)
  }

  private func tell(_ report: VerificationReport, plan: Plan, _ arguments: ParsedArguments) {
    let isStrict = arguments.has("--strict")
    let (path, text) = (plan.notebook.path, plan.notebook.text)
    console.report(report.findings.map { $0.diagnostic(strict: isStrict) }, source: { $0 == path ? text : nil })
    let style = Style(usesColor: console.usesColor)
    let passed = report.passed(strict: isStrict)
    if !arguments.has("--quiet") || !passed {
      // What goes to standard output with `--junit -` is XML and nothing else.
      let write = arguments.value("--junit") == "-" ? console.writeError : console.write
      write("\(passed ? style.good("✓") : style.bad("✗")) \(path): \(report.summary)\n")
    }
  }
}
