import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunRunning
import NbrunSteps
import NbrunToolchain

/// A command as the user gave it, with what commands that plan or run notebooks share: folders, what alters a run, where to look for data.
struct Invocation: Sendable {
  let program: NotebookProgram
  let arguments: ParsedArguments
  let console: Console
  /// Where the user stands.
  let currentFolder: FilePath
  /// The folder of reports that the user chose, absolute.
  let output: FilePath?
  /// The user's folder for caches.
  let cache: FilePath
  let executable: String
  /// The command that `NBRUN_WORKER` wants workers to be started through.
  let workerLauncher: [String]
  let threads: Int
  let dataSearch: DataSearch
  /// The words of the options that change what is computed, an option each.
  let changes: [[String]]
  /// What changes a run from what the notebook says, as the user typed it: for its record.
  let alterations: [String]

  init(program: NotebookProgram, arguments: ParsedArguments, console: Console, environment: [String: String]) {
    (self.program, self.arguments, self.console) = (program, arguments, console)
    currentFolder = .current
    output = arguments.output.map(Self.output)
    cache = FilePath(Self.cacheFolder(environment))
    executable = executablePath
    let launcher = environment["NBRUN_WORKER"] ?? ""
    workerLauncher = launcher.split(separator: " ").map(String.init)
    threads = arguments.threads ?? ProcessorAllowance.current
    let folders = [arguments.data, environment["NBRUN_DATA"]].compactMap(\.self).filter { !$0.isEmpty }
    dataSearch = DataSearch(folders: folders, cacheFolder: cache.text, program: program.name)
    changes =
      arguments.set.map { ["--set", "\($0.cell).\($0.key)=\($0.value)"] }
      + (arguments.seed.map { [["--seed", "\($0)"]] } ?? [])
    alterations =
      arguments.only.map { "--only \($0)" } + changes.map { $0.joined(separator: " ") }
      + (workerLauncher.isEmpty ? [] : ["NBRUN_WORKER=\(launcher)"])
  }

  /// What the command line changes of a notebook.
  var planOptions: PlanOptions { PlanOptions(overrides: arguments.set, seed: arguments.seed) }

  func notebooks(_ arguments: [String]) throws(DiagnosticList) -> [NotebookFile] {
    try NotebookFinder.find(arguments, currentFolder: currentFolder, output: output, cache: cache)
  }

  /// `path` as one types it where the user stands.
  func shown(_ path: FilePath, in project: Project) -> String { path.shown(from: currentFolder, root: project.root) }

  /// What a run in the project of `folders` finds around it.
  func runnerEnvironment(_ folders: ProjectFolders, interruption: Interruption = .ofSignals) -> RunnerEnvironment {
    RunnerEnvironment(
      executable: executable, workerArguments: [WorkerMain.argument, program.numerics], workerLauncher: workerLauncher,
      stateFolder: folders.state.text, dataSearch: dataSearch, numerics: program.numerics,
      description: RunEnvironment(
        machine: Machine.description, toolchain: Toolchain.compiler, version: nbrunVersion, threads: threads,
        program: program.name), interruption: interruption)
  }

  // MARK: Paths

  /// The place of the folder that is called `text`. A link in its own place stays one, so that it can be refused.
  private static func output(_ text: String) -> FilePath {
    let path = FilePath(text)
    return ["", ".."].contains(path.name) ? path.place : path.parent.place.appending(path.name)
  }

  /// The user's folder for caches, by the XDG base directory specification.
  static func cacheFolder(_ environment: [String: String]) -> String {
    if let cache = environment["XDG_CACHE_HOME"], FilePath(cache).isAbsolute { return "\(cache)/nbrun" }
    return "\(environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path)/.cache/nbrun"
  }
}
