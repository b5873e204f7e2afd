import NbrunDiagnostics
import NbrunPlatform
import NbrunReporting
import NbrunRunning

extension Options {
  var only: Option<[String]> {
    .list(
      "--only", "CELL", "Run only this cell and what it needs; may be given more than once.", takes: "the id of a cell"
    ) { $0 }
  }
  var fresh: Option<Bool> { .flag("--fresh", "Compute everything, whatever the cache holds.") }
  var format: Option<Set<ReportFormat>?> {
    let names = ReportFormat.all.map(\.name)
    let usual = ReportFormat.usual.map(\.name).joined(separator: ",")
    return .value(
      "--format", "LIST", "Which reports to write, of \(names.joined(separator: ",")) (default: \(usual)).",
      takes: "a list of \(names.joined(separator: ", "))", completion: .words(names + [usual])
    ) { list in
      let words = list.split(separator: ",")
      let formats = words.compactMap { word in ReportFormat.all.first { $0.name == word } }
      return formats.isEmpty || formats.count < words.count ? nil : Set(formats)
    }
  }
  var keepGoing: Option<Bool> {
    .flag("--keep-going", short: "k", "After a failure go on with the cells that do not depend on it.")
  }
  var stable: Option<Bool> {
    .flag("--stable", "Leave the files alone where only times and noise changed (the default).")
  }
  var noStable: Option<Bool> { .flag("--no-stable", "Write the files also where only times and noise changed.") }
  var live: Option<Bool> {
    .flag("--live", "Keep a live page while running, then watch the notebook and rerun what an edit changes.")
  }
}

extension Command {
  static let run = Command(
    name: "run", summary: "Runs notebooks and writes their reports (the default command).", arguments: "NOTEBOOK…",
    argumentCount: 1...Int.max, completion: .notebooks,
    options: {
      [$0.output, $0.only, $0.fresh] + $0.altering
        + [$0.data, $0.threads, $0.format, $0.junit, $0.keepGoing, $0.noStable, $0.stable, $0.live] + $0.verbosity
    },
    examples: [
      ("notebooks/conv_layers.md", "Run one notebook; the last line is its report's address."),
      ("notebooks", "Run all notebooks below a folder."),
      ("notebooks/cnn.md --only overfit", "Run one cell and what it needs."),
      ("notebooks/cnn.md --set best.epochs=2", "Try another value; the committed report stays."),
      ("notebooks/cnn.md --live", "Watch the curves grow in a browser."),
    ]
  ) { try $0.run() }
}

extension Invocation {
  /// `nbrun NOTEBOOK…`: runs notebooks and writes their reports.
  func run() throws -> ExitStatus {
    if arguments.stable, arguments.noStable {
      throw Diagnostic.error("--stable and --no-stable contradict each other")
    }
    let files = try notebooks(arguments.positionals)
    try arguments.junitFile?.check(besides: files)
    if arguments.live { return try watch(files) }
    // Every notebook is planned before any runs, so that the mistakes of all of them are said.
    let (plans, areAllValid) = plans(of: files, options: planOptions)
    guard areAllValid else { return .invalid }
    let jobs = try plans.map { try RunJob($0.file, plan: $0.plan, of: self) }
    var status = ExitStatus.success
    var records: [RunRecord] = []
    for job in jobs {
      let lock = try job.lock()
      defer { withExtendedLifetime(lock) {} }
      let outcome = try job.run(isFresh: arguments.fresh)
      status = max(status, outcome.status)
      records.append(outcome.record)
      if outcome.status == .interrupted { break }
    }
    guard let file = arguments.junitFile else { return status }
    return max(status, console.write(junit: JUnitReport.text(records), to: file))
  }
}
