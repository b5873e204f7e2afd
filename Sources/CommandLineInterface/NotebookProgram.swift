import NbrunDiagnostics
import NbrunPlatform
import NbrunRunning
import NbrunSteps

/// A program that runs notebooks: this command line with a list of steps. A package with steps of its own makes one:
///
///     NotebookProgram(steps: assignmentSteps + mySteps, dataSources: assignmentDataSources).main()
public struct NotebookProgram: Sendable {
  let name: String
  private let listSteps: @Sendable () -> StepList
  let dataSources: [any DataSource]
  let benchmarks: @Sendable () -> [Benchmark]
  let numerics: String
  let numericVariants: Set<String>
  let sourceRoot: String?

  /// The steps that cells can name, listed when a command asks for them: help does not.
  var steps: StepList { listSteps() }

  /// A program that knows these steps.
  /// - Parameters:
  ///   - name: what the program is called in help, messages, completions and reports; nil for its file's name.
  ///   - steps: the steps that cells can name.
  ///   - dataSources: what `nbrun data` finds and fetches.
  ///   - benchmarks: what `nbrun bench` times.
  ///   - numerics: the numeric variant that the steps compute with, such as `x86-64-avx2`; nil for the processor's architecture, which
  ///     is all that tells where no kernels of this package compute.
  ///   - numericVariants: the variants that they compute with on other machines: whose reports `verify` compares within tolerances.
  ///   - sourceRoot: the folder of the package's `Package.swift`, for listings; nil where there are none.
  public init(
    name: String? = nil, steps: @autoclosure @escaping @Sendable () -> StepList, dataSources: [any DataSource] = [],
    benchmarks: @escaping @Sendable () -> [Benchmark] = { [] },
    numerics: String? = nil, numericVariants: [String] = [], sourceRoot: String? = nil
  ) {
    let numerics = numerics ?? Machine.architecture
    self.name = name ?? CommandLine.arguments[0].split(separator: "/").last.map(String.init) ?? "nbrun"
    listSteps = steps
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
    // The key that ends a program at once ends this one, without the runtime's words about a crash.
    signal(SIGQUIT, SIG_DFL)
    signal(SIGCHLD, SIG_DFL)
    let environment = ProcessInfo.processInfo.environment
    let status = run(
      Array(CommandLine.arguments.dropFirst()), console: .standard(environment: environment), environment: environment)
    let wasHungUp = status == .interrupted && Interruption.ofSignals.firstSignal == SIGHUP
    exit((wasHungUp ? .hungUp : status).rawValue)
  }

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
    if arguments.isEmpty {
      console.writeError(Help(program: name, width: console.pageWidth).overview(of: CommandTable.all))
      return .invalid
    }
    let (command, words) = Self.command(of: arguments)
    let parsed = try ParsedArguments(words, for: command, program: name)
    if parsed.help {
      console.write(Help(program: name, width: console.pageWidth).text(for: command))
      return console.answered()
    }
    let invocation = Invocation(program: self, arguments: parsed, console: console, environment: environment)
    let status = try command.perform(invocation)
    return status == .success && command.isAnswer ? console.answered() : status
  }

  /// The command that `arguments` name, and what else they say: the first word that is no flag names it, or notebooks to run.
  private static func command(of arguments: [String]) -> (Command, [String]) {
    let flags = arguments.prefix { $0.hasPrefix("-") && $0 != "--" && $0 != "-" }
    let rest = arguments.dropFirst(flags.count)
    if let command = rest.first.flatMap({ CommandTable[$0] }) { return (command, Array(flags) + rest.dropFirst()) }
    switch arguments[0] {
    case "--help", "-h": return (.help, Array(arguments.dropFirst()))
    case "--version", "-V": return (.version, Array(arguments.dropFirst()))
    default: return (.run, arguments)
    }
  }
}

/// The version of this program.
public let nbrunVersion = "0.1.0"
