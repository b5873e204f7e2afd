import NbrunDiagnostics
import NbrunPlatform
import NbrunReporting
import NbrunRunning
import NbrunSteps

extension Options {
  var debugger: Option<Debugger?> {
    .value(
      "--debugger", "NAME", "Under this debugger, lldb or gdb: `run` starts the cell.",
      takes: Debugger.names.joined(separator: " or "), completion: .words(Debugger.names)
    ) { Debugger(rawValue: $0) }
  }
}

extension Command {
  static let debug = Command(
    name: "debug", summary: "Runs one cell with its stored inputs in one process, on this terminal; stores nothing.",
    arguments: "NOTEBOOK CELL", argumentCount: 2...2, completion: .notebooks,
    options: { [$0.debugger, $0.output, $0.data, $0.threads] + $0.altering },
    examples: [
      ("debug notebooks/conv_layers.md conv-backward", "See it run, without a worker process around it."),
      ("debug notebooks/cnn.md best --debugger lldb", "Stop where you like."),
    ]
  ) { try $0.debug() }
}

extension Invocation {
  /// `nbrun debug`: runs one cell with its stored inputs in this very process, on the user's terminal, and stores nothing.
  func debug() throws -> ExitStatus {
    let debugger = try arguments.debugger?.command()
    let files = try notebooks([arguments.positionals[0]])
    let (plans, areAllValid) = plans(of: files, options: planOptions)
    guard areAllValid else { return .invalid }
    guard plans.count == 1, let (file, plan) = plans.first else {
      throw Diagnostic.error("a cell of one notebook can be debugged; this folder has several")
    }
    let id = try plan.cell(named: arguments.positionals[1]).id
    // Ctrl-C belongs to the cell, or to the debugger: no interruption is heard here.
    let runner = Runner(environment: runnerEnvironment(file.folders, interruption: Interruption()))
    let cell: DebuggedCell
    do {
      cell = try runner.debugged(id, of: plan, options: RunOptions(standIn: arguments.standIn))
    } catch let error as NoData {
      console.report([.error(error.message)])
      return .noData
    }
    if let debugger { try Debugger.become(debugger + [executable, "debug"] + Self.words(arguments)) }
    let ending = cell.run()
    show(ending, of: cell.cell)
    return ending.failure == nil ? .success : .failure
  }

  /// What the user typed, but for the debugger.
  private static func words(_ arguments: ParsedArguments) -> [String] {
    var words: [String] = []
    var rest = arguments.words[...]
    while let word = rest.popFirst() {
      if word == "--" { return words + [word] + rest }
      if word == "--debugger" {
        _ = rest.popFirst()
      } else if !word.hasPrefix("--debugger=") {
        words.append(word)
      }
    }
    return words
  }

  /// What the cell reported, and whether its claims hold.
  private func show(_ ending: DebuggedCell.Ending, of cell: PlannedCell) {
    let results = ending.results
    for metric in cell.metrics {
      if let value = results.metrics[metric.key] {
        console.writeError("  \(metric.key) = \(NumberFormat.shortest.text(value))\n")
      }
    }
    for series in cell.series {
      if let values = results.series[series.key] {
        console.writeError("  \(series.key): \(counted(values.count, "value"))\n")
      }
    }
    for figure in results.figures { console.writeError("  figure \(figure.name)\n") }
    for claim in ending.claims(of: cell) {
      let verdict: TerminalText =
        claim.status == .notTested
        ? "not tested here" : claim.status.holds ? .painted("held", .good) : .painted("broken", .bad)
      console.writeError(styled: "  \(claim.claim.text): \(verdict)\n")
    }
    let time = NumberText.duration(seconds: results.seconds)
    if let failure = ending.failure {
      console.writeError(styled: "\("✗", .bad) \(cell.id) failed after \(time): \(failure.message)\n")
      if let hint = failure.hint { console.writeError("  \(hint)\n") }
    } else {
      console.writeError(styled: "\("✓", .good) \(cell.id) ran for \(time); nothing was stored\n")
    }
  }
}

enum Debugger: String, CaseIterable, Sendable {
  case lldb, gdb

  static var names: [String] { allCases.map(\.rawValue) }

  /// The path of the debugger as it is installed here, and what stands before a program and its arguments.
  /// - Throws: where it is not installed, saying which one is.
  func command() throws(Diagnostic) -> [String] {
    guard let path else {
      let other = Self.allCases.first { $0 != self && $0.path != nil }.map { "; \($0) is here" } ?? ""
      throw .error("\(self) is not installed, or not in PATH\(other)")
    }
    // While gdb reads the symbols it would say of each module that its debugging information lies elsewhere.
    let silent = [
      "-iex", "set logging file /dev/null", "-iex", "set logging redirect on", "-iex", "set logging enabled on",
    ]
    let words = self == .lldb ? ["--"] : silent + ["-ex", "set logging enabled off", "--args"]
    return [path] + words
  }

  private var path: String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
      .map { "\($0)/\(self)" }.first { access($0, X_OK) == 0 }
  }

  /// Becomes the debugger that `words` call, which then has the terminal.
  /// - Throws: the system's reason why that cannot be.
  static func become(_ words: [String]) throws(Diagnostic) -> Never {
    let pointers = words.map { strdup($0) } + [nil]
    // Whoever started this may have blocked the signals that a debugger waits for.
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    signal(SIGPIPE, SIG_DFL)
    execv(words[0], pointers)
    throw .error("cannot start \(words[0]): \(String(cString: strerror(errno)))")
  }
}
