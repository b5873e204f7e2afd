import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunReporting
import NbrunRunning

extension Options {
  var html: Option<String?> {
    .text(
      "--html", "DIR", "Also write a page for each notebook here: committed and fresh side by side.",
      completion: .folders)
  }
  var strict: Option<Bool> { .flag("--strict", "Fail also on what could not be compared, or not in full.") }
  var attest: Option<Bool> {
    .flag("--attest", aliases: ["--sample"], "Vouch for long trainings by repeating their first iterations only.")
  }
  var acrossNumerics: Option<Bool> {
    .flag(
      "--across-numerics",
      "Accept, where strict, a report of another kind of processor: numbers are compared within their tolerances.")
  }
}

extension Command {
  static let verify = Command(
    name: "verify", summary: "Runs notebooks afresh and compares with the committed reports.", arguments: "NOTEBOOK…",
    argumentCount: 1...Int.max, completion: .notebooks,
    options: {
      [$0.output, $0.data, $0.threads, $0.strict, $0.attest, $0.acrossNumerics, $0.standIn, $0.junit, $0.html]
        + $0.verbosity
    },
    examples: [
      ("verify notebooks", "Which number moved: expected, got, allowed."),
      ("verify notebooks --strict --junit verify.xml", "For CI."),
      ("verify notebooks --html compared", "See what moved: both reports side by side."),
    ]
  ) { try $0.verify() }
}

extension Invocation {
  /// `nbrun verify`: runs notebooks afresh and compares with the committed reports; writes nothing there.
  func verify() throws -> ExitStatus {
    let files = try notebooks(arguments.positionals)
    let (plans, areAllValid) = plans(of: files, options: PlanOptions())
    guard areAllValid else { return .invalid }
    try arguments.junitFile?.check(besides: files)
    if let folder = arguments.html {
      for file in files { try NamedFile.comparison(of: file, in: folder).check(besides: files) }
    }
    var status = ExitStatus.success
    var reports: [VerificationReport] = []
    let folders = Dictionary(grouping: plans.map(\.file), by: \.folders).mapValues { OutputsToVerify(of: $0, self) }
    for (file, plan) in plans {
      guard let outputs = folders[file.folders] else { continue }
      let (report, record) = try verify(file, plan, outputs)
      reports.append(report)
      tell(report, as: file.path, source: plan.notebook.text)
      if !report.passed(strict: arguments.strict) { status = max(status, .failure) }
      if record.lacksData { status = max(status, arguments.strict ? .failure : .noData) }
      if record.wasInterrupted {
        status = .interrupted
        break
      }
    }
    if status != .interrupted {
      for outputs in folders.values.sorted(by: { $0.shown < $1.shown }) {
        // Where a report is not as it should be, the pages over all of them cannot be either.
        guard let rest = outputs.verify(withPages: reports.allSatisfy(\.isConsistent)), !rest.findings.isEmpty else {
          continue
        }
        reports.append(rest)
        tell(rest, as: outputs.shown, source: nil)
        if !rest.passed(strict: arguments.strict) { status = max(status, .failure) }
      }
    }
    guard let file = arguments.junitFile else { return status }
    return max(status, console.write(junit: VerificationReport.junit(reports, strict: arguments.strict), to: file))
  }

  private func verify(
    _ file: NotebookFile, _ plan: Plan, _ outputs: OutputsToVerify
  ) throws -> (VerificationReport, RunRecord) {
    let committed = outputs.report(of: file)
    let view = RunView(self, plan: plan, keepsCheckpoints: false)
    view.announce(plan.notebook)
    let record = try Runner(environment: runnerEnvironment(file.folders), observer: view).executeInIsolation(
      plan,
      options: RunOptions(
        fresh: true, keepGoing: !committed.stoppedAtFailure, standIn: arguments.standIn,
        reported: arguments.attest ? ReportedResults(of: committed, plan: plan, numerics: program.numerics) : nil))
    let report = Verification.verify(
      record: record, notebook: plan.notebook, plan: plan, against: file.report, committed: committed,
      variants: program.numericVariants, areInterchangeable: arguments.acrossNumerics)
    if let folder = arguments.html {
      let page = ComparisonPage(
        report, record: record, notebook: plan.notebook, plan: plan,
        place: ReportPlace(of: plan.notebook, folder: file.report), committed: committed)
      try NamedFile.comparison(of: file, in: folder).write(page.text(strict: arguments.strict))
    }
    return (report, record)
  }

  private func tell(_ report: VerificationReport, as path: String, source: String?) {
    console.report(
      report.findings.map { $0.diagnostic(strict: arguments.strict) }, source: { $0 == path ? source : nil })
    let passed = report.passed(strict: arguments.strict)
    if !arguments.quiet || !passed {
      let mark: TerminalText =
        !passed ? .painted("✗", .bad) : report.wasInterrupted ? .painted("–", .soft) : .painted("✓", .good)
      let line: TerminalText = "\(mark) \(path): \(report.summary)\n"
      // What goes to standard output with `--junit -` is XML and nothing else.
      if arguments.junitFile?.isStandardOutput == true {
        console.writeError(styled: line)
      } else {
        console.write(styled: line)
      }
    }
  }
}

/// A folder of reports that are verified, with what stands there.
private struct OutputsToVerify {
  /// Its path where the user stands.
  let shown: String
  private let folder: FilePath
  /// The root of the project whose reports stand there; nil where they may be those of several.
  private let root: FilePath?
  private let outputs: CommittedOutputs
  /// The folders of its reports, those that are not verified now too.
  private let reports: Set<FilePath>

  /// The folder of the reports of `files`, which all have theirs there.
  init(of files: [NotebookFile], _ invocation: Invocation) {
    let folders = files[0].folders
    folder = folders.outputs
    shown = invocation.shown(folder, in: folders.project)
    root = invocation.output == nil ? folders.project.root : nil
    outputs = CommittedOutputs(folder: folder)
    let others = outputs.folders.filter { [root, outputs] name in
      guard let notebook = outputs.results(in: name).map({ FilePath($0.notebook) }) else { return false }
      guard let root else { return true }
      return ReportLayout.folder(ofNotebook: notebook) == name && root.appending(notebook).kind == .file
    }
    reports = Set(files.map(\.outputName)).union(others)
  }

  /// What stands in the folder of a notebook's report.
  func report(of file: NotebookFile) -> CommittedReport { outputs.report(in: file.outputName, among: reports) }

  /// What else stands there.
  func verify(withPages: Bool) -> VerificationReport? {
    OutputsVerification.verify(
      shown, outputs: outputs, reports: reports, pages: withPages ? IndexPages.texts(in: folder, of: root) : nil)
  }
}
