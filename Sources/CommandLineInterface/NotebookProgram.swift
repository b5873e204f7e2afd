import Diagnostics
import Foundation
import Running
import Steps

/// A program that runs notebooks: this command line with a list of steps. A package with steps of its own makes one:
///
///     NotebookProgram(steps: assignmentSteps + mySteps, dataSources: assignmentDataSources).main()
public struct NotebookProgram: Sendable {
  let steps: StepList
  let dataSources: [any DataSource]
  let benchmarks: @Sendable () -> [Benchmark]
  let numerics: String
  let numericVariants: Set<String>
  let sourceRoot: String?

  /// A program that knows these steps.
  /// - Parameters:
  ///   - steps: the steps that cells can name.
  ///   - dataSources: what `nbrun data` finds and fetches.
  ///   - benchmarks: what `nbrun bench` times.
  ///   - numerics: the numeric variant that the steps compute with, such as `x86-64-avx2`.
  ///   - numericVariants: the variants that they compute with on other machines: whose reports `verify` compares within tolerances.
  ///   - sourceRoot: the folder of the package's `Package.swift`, for listings; nil where there are none.
  public init(
    steps: StepList, dataSources: [any DataSource] = [], benchmarks: @escaping @Sendable () -> [Benchmark] = { [] },
    numerics: String, numericVariants: [String] = [], sourceRoot: String? = nil
  ) {
    self.steps = steps
    self.dataSources = dataSources
    self.benchmarks = benchmarks
    self.numerics = numerics
    self.numericVariants = Set(numericVariants + [numerics])
    self.sourceRoot = sourceRoot
  }

  /// Runs the command that the process was started with, and ends the process with its status.
  public func main() -> Never {
    StandardStream.fillMissing()
    WorkerMain.runIfRequested(arguments: CommandLine.arguments, steps: steps, numerics: numerics)
    // A reader that went away is an error of `write`; how workers end can be told whatever the parent process had ignored.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGCHLD, SIG_DFL)
    let environment = ProcessInfo.processInfo.environment
    let status = run(
      Array(CommandLine.arguments.dropFirst()), console: .standard(environment: environment), environment: environment)
    let wasHungUp = status == .interrupted && Interruption.ofSignals.firstSignal == SIGHUP
    exit((wasHungUp ? .hungUp : status).rawValue)
  }

  /// Runs one command.
  func run(_ arguments: [String], console: Console, environment: [String: String]) -> ExitStatus {
    do {
      return try dispatch(arguments, console: console, environment: environment)
    } catch let error as DiagnosticList {
      console.report(error.all)
      return .invalid
    } catch let error as Diagnostic {
      console.report([error])
      return .invalid
    } catch {
      console.report([.error("\(error)")])
      return .failure
    }
  }

  private func dispatch(_ arguments: [String], console: Console, environment: [String: String]) throws -> ExitStatus {
    guard let first = arguments.first, first != "--help", first != "-h", first != "help" else {
      let text = Help.overview(of: CommandTable.all, width: console.pageWidth)
      if arguments.isEmpty { console.writeError(text) } else { console.write(text) }
      return arguments.isEmpty ? .invalid : answered(console)
    }
    if first == "--version" {
      console.write("nbrun \(nbrunVersion)\n")
      return answered(console)
    }
    let command = CommandTable[first] ?? CommandTable.run
    let parsed = try ParsedArguments(CommandTable[first] == nil ? arguments[...] : arguments.dropFirst(), for: command)
    if parsed.has("--help") {
      console.write(Help.text(for: command, width: console.pageWidth))
      return answered(console)
    }
    return try perform(command, parsed, console: console, environment: environment)
  }

  private func perform(
    _ command: Command, _ arguments: ParsedArguments, console: Console, environment: [String: String]
  ) throws -> ExitStatus {
    let context = try RunContext(program: self, arguments: arguments, console: console, environment: environment)
    switch command.name {
    case "check": return try CheckCommand(context: context, console: console).run(arguments)
    case "steps": try StepsCommand(steps: steps, console: console).run(arguments)
    case "markdown": try MarkdownCommand(console: console).run(arguments)
    case "data": return try DataCommand(context: context, console: console).run(arguments)
    case "completions": try completions(arguments.positionals[0], console: console)
    case "bench": if try BenchCommand(context: context, console: console).run(arguments) { return .interrupted }
    case "clean":
      try CleanCommand(context: context, console: console).run()
      return .success
    case "verify": return try VerifyCommand(context: context, console: console, arguments: arguments).run()
    case "why": return try WhyCommand(context: context, console: console).run(arguments)
    default: return try RunCommand(context: context, console: console).run(arguments)
    }
    return answered(console)
  }

  /// How a command ends whose answer is what it wrote. A reader that has seen enough is told nothing.
  private func answered(_ console: Console) -> ExitStatus {
    guard let loss = console.outputLoss else { return .success }
    if case .system(let code) = loss {
      console.report([.error("standard output cannot be written: \(String(cString: strerror(code)))")])
    }
    return .outputLost
  }

  private func completions(_ shell: String, console: Console) throws {
    let names = steps.names.map(\.text)
    switch shell {
    case "bash": console.writeData(Completions.bash(CommandTable.all, steps: names))
    case "zsh": console.writeData(Completions.zsh(CommandTable.all, steps: names))
    default:
      throw Diagnostic.error(
        "there are no completions for \"\(shell)\"\(NearNames.advice(for: shell, among: Completions.shells))")
    }
  }
}

/// The version of this program.
public let nbrunVersion = "0.1.0"
