import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunNotebooks
import NbrunReporting
import NbrunRunning
import NbrunSteps
import Synchronization

/// What a run prints while it goes: a line for each cell that ended and, on a terminal, one that follows the running cell.
final class RunView: RunObserver {
  private struct State {
    var losses: [Double] = []
    /// The terminal's last line follows the running cell and is to be replaced.
    var hasStatusLine = false
    /// When a plain line on the progress was last printed, in seconds of the running cell.
    var lastPlainProgress = 0.0
    /// The output's last line has not ended.
    var isMidLine = false
    var fetch = FetchLine()
  }

  private let console: Console
  /// Whether errors alone are printed, or also what cells print.
  private let (isQuiet, isVerbose): (Bool, Bool)
  private let numbers: [CellID: Int]
  /// The columns that cells' ids take in the list of them.
  private let nameWidth: Int
  private let plan: Plan
  /// Whether a cell that is interrupted can go on from its checkpoint in another run.
  private let keepsCheckpoints: Bool
  private let source: @Sendable (String) -> String?
  private let state = Mutex(State())

  /// The view of a run as `invocation` wants it.
  init(_ invocation: Invocation, plan: Plan, keepsCheckpoints: Bool) {
    console = invocation.console
    (isQuiet, isVerbose) = (invocation.arguments.quiet, invocation.arguments.verbose)
    self.plan = plan
    self.keepsCheckpoints = keepsCheckpoints
    numbers = Dictionary(firstOf: plan.cells.map { ($0.id, $0.number) })
    nameWidth = min(26, (plan.cells.map(\.id.text.count).max() ?? 0) + 1)
    let (path, text) = (plan.notebook.path, plan.notebook.text)
    source = { $0 == path ? text : nil }
  }

  func observe(_ event: RunEvent) {
    state.withLock { state in
      switch event {
      case .started(let seconds): announce(seconds.values.reduce(0, +), &state)
      case .cellStarted(let id): start(id, &state)
      case .printed(_, let text): pass(text, &state)
      case .metric(_, _, let value, let line):
        if let line { pass(line.before + line.format.text(value) + line.after, &state) }
      case .series(_, _, _, let line): if let line { pass(line, &state) }
      case .partial: break
      case .progress(let id, let progress, let elapsed): follow(id, progress, elapsed, &state)
      case .resumed(let id, let elapsed):
        line("\(label(id)) goes on from its checkpoint, \(NumberText.duration(seconds: elapsed)) into it", &state)
      case .cellEnded(let record): end(record, &state)
      case .fetching(let name, let done, let total): fetch(name, done, total, &state)
      case .waiting(let id): line("\(label(id)) is being computed by another run; waiting for its result", &state)
      case .stopping:
        let what =
          keepsCheckpoints ? "the running cell writes its checkpoint" : "what the running cell has computed is lost"
        line("stopping: \(what) (once more to end it at once)", &state)
      case .warning(let diagnostic):
        clear(&state)
        console.report([diagnostic], source: source)
      }
    }
  }

  // MARK: The run as a whole

  func announce(_ notebook: Notebook) {
    state.withLock { line("\(notebook.title, .strong)\("  \(notebook.path)", .soft)", &$0) }
  }

  /// Says how the run went, that is the cells that were asked for, and where its report is.
  func conclude(_ record: RunRecord, report: FilePath, formats: Set<ReportFormat>) {
    guard !isQuiet else { return }
    var selection = record
    selection.cells.removeAll { $0.outcome == .notRun(.notSelected) }
    let computed = selection.cells.compactMap(\.outcome.results).filter { $0.origin == .computed }
    let summary = RunSummary(selection)
    let isWhole = record.passed && !record.lacksData && !record.wasInterrupted
    let mark: TerminalText =
      !isWhole
      ? .painted("✗", .bad) : summary.state == .untested ? .painted("–", .warning) : .painted("✓", .good)
    var words = summary.claimsText.map { [$0] } ?? []
    let all = counted(record.cells.count, "cell")
    words.append(selection.cells.count == record.cells.count ? all : "\(selection.cells.count) of \(all)")
    words.append(
      "\(computed.count) computed in \(NumberText.duration(seconds: computed.reduce(0) { $0 + $1.seconds }))")
    state.withLock { state in
      line("\(mark) \(words.joined(separator: " · "))", &state)
      if formats.contains(.html) { line("  \(report.appending(HTMLReport.fileName).fileAddress)", &state) }
    }
  }

  // MARK: Events

  private func announce(_ seconds: Double, _ state: inout State) {
    guard seconds >= 20 else { return }
    let advice =
      keepsCheckpoints ? " It is safe to interrupt: trainings write checkpoints and go on from them." : ""
    line("This will take about \(NumberText.duration(seconds: seconds)).\(advice)", &state)
  }

  private func start(_ id: CellID, _ state: inout State) {
    state.losses = []
    state.lastPlainProgress = 0
    status("\(label(id)) …", &state)
  }

  private func follow(_ id: CellID, _ progress: StepProgress, _ elapsed: Double, _ state: inout State) {
    guard !isQuiet else { return }
    if let value = progress.value { state.losses.append(value) }
    let line = ProgressLine(
      label: label(id), share: progress.total > 0 ? Double(progress.done) / Double(progress.total) : 0,
      note: progress.note, values: state.losses, elapsed: elapsed)
    if console.isInteractive {
      status(line.text(width: console.width - 1), &state)
    } else if elapsed - state.lastPlainProgress >= 30 {
      state.lastPlainProgress = elapsed
      self.line(TerminalText(line.text(width: .max)), &state)
    }
  }

  private func end(_ record: CellRecord, _ state: inout State) {
    if case .notRun(.notSelected) = record.outcome { return }
    let number = "[\(record.number)]".padding(to: 5)
    let name: TerminalText = "\(number)\(record.id.text.padding(to: nameWidth), .strong)"
    switch record.outcome {
    case .succeeded(let results):
      let broken = record.claims.filter { $0.status == .broken }
      let mark: TerminalText =
        !broken.isEmpty
        ? .painted("✗", .bad)
        : results.origin == .unchecked
          ? .painted("–", .soft) : .painted("✓", record.usesStandIn ? .warning : .good)
      let origin =
        switch results.origin {
        case .computed: NumberText.duration(seconds: results.seconds)
        case .reused: "reused"
        case .attested(let iterations): "attested by \(counted(iterations, "iteration"))"
        case .unchecked: "unchecked"
        }
      line("\(mark) \(name) \(origin.padding(to: 12)) \(claims(record), .soft)", &state, isError: !broken.isEmpty)
      for claim in broken {
        line("      \("broken", .bad): \(sentence(claim))", &state, isError: true)
        annotate("cell \(record.id), claim \(sentence(claim))", at: claim.claim.range)
      }
    case .failed(let failure, _):
      line("\("✗", .bad) \(name) \("failed", .bad): \(failure.message)", &state, isError: true)
      if let hint = failure.hint { line("      \(hint)", &state, isError: true) }
      let advice = failure.hint.map { "; \($0)" } ?? ""
      annotate("cell \(record.id) failed: \(failure.message)\(advice)", at: plan[record.id]?.range)
    case .notRun(let reason):
      let lacksData = if case .noData = reason { true } else { false }
      line("\("–", .soft) \(name) \(reason.sentence, .soft)", &state, isError: lacksData)
    }
  }

  /// A failure as an annotation on the notebook's line, where the console wants them.
  private func annotate(_ message: String, at range: SourceRange?) {
    console.annotate(.error(message, path: plan.notebook.path, at: range))
  }

  private func claims(_ record: CellRecord) -> String {
    let held = record.claims.count { $0.status == .held }
    let open = record.claims.count { $0.status == .notTested }
    var parts: [String] = []
    if held > 0 { parts.append("\(counted(held, "claim")) held") }
    if open > 0 { parts.append("\(held > 0 ? "\(open)" : counted(open, "claim")) not tested") }
    return parts.joined(separator: ", ")
  }

  private func sentence(_ claim: ClaimRecord) -> String {
    guard let measured = claim.measured else { return "\(claim.claim.text): nothing was measured" }
    return "\(claim.claim.text): measured \(NumberFormat.shortest.text(measured))"
  }

  private func fetch(_ name: DataSourceName, _ done: Int, _ total: Int, _ state: inout State) {
    guard let text = state.fetch.text(name, done, total, isInteractive: console.isInteractive) else { return }
    if console.isInteractive { status(text, &state) } else { line(TerminalText(text), &state) }
  }

  private func label(_ id: CellID) -> String { "[\(numbers[id] ?? 0)] \(id)" }

  // MARK: Lines

  private func pass(_ text: String, _ state: inout State) {
    guard isVerbose, !isQuiet else { return }
    clear(&state)
    console.writeError(text)
    state.isMidLine = text.last.map { $0 != "\n" } ?? state.isMidLine
  }

  /// Prints a line. What holds line breaks goes on below its start, so that no message looks like several.
  private func line(_ text: TerminalText, _ state: inout State, isError: Bool = false) {
    guard !isQuiet || isError else { return }
    clear(&state)
    console.writeError(styled: text.trimmingEnd.mapWords { $0.replacing("\n", with: "\n      ") } + "\n")
  }

  private func status(_ text: String, _ state: inout State) {
    guard console.isInteractive, !isQuiet else { return }
    clear(&state)
    let line = ControlCharacters.visible(text, keeping: [])
    console.writeError(String(line.prefix(max(10, console.width - 1))))
    state.hasStatusLine = true
  }

  private func clear(_ state: inout State) {
    if state.hasStatusLine {
      console.writeError(styled: .clearLine)
      state.hasStatusLine = false
    } else if state.isMidLine {
      console.writeError("\n")
    }
    state.isMidLine = false
  }
}
