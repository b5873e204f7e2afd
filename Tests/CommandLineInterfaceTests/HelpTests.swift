import NbrunAssignmentSteps
import Foundation
import NbrunJSONValues
import NbrunNeuralNetworks
import NbrunSteps
import Testing

@testable import NbrunCommandLineInterface

@Suite struct HelpTests {
  private let program = NotebookProgram(name: "nbrun", steps: StepList { Greeting.self }, numerics: "test")

  struct Greeting: Step {
    static let name: StepName = "greeting"
    static let summary = "Greets."
    static let notes = "Asks for nobody."
    static let variants = [StepVariant("loudly", ["times": "3"]), StepVariant("never", ["times": "0"])]
    var metrics: [Metric] { [.exact("volume"), .noise("echo")] }
    @Parameter("Who is greeted.") var name = "world"
    @Parameter("How often.", in: 1...) var times: Int
    func run(in cell: Cell) { print("hello \(name)") }
  }

  private func run(
    _ arguments: String..., by program: NotebookProgram? = nil
  ) -> (status: NbrunCommandLineInterface.ExitStatus, output: String, error: String) {
    let transcript = Transcript()
    let program = program ?? self.program
    let status = program.run(arguments, console: transcript.console(), environment: [:])
    return (status, transcript.output, transcript.error)
  }

  @Test func helpOfEveryCommandFitsATerminal() {
    for command in CommandTable.all {
      let help = run(command.name, "--help")
      #expect(help.status == .success)
      #expect(help.output.hasPrefix(command.summary))
      #expect(help.output.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(help.output)")
      #expect(command.allOptions.allSatisfy { help.output.contains($0.name) })
    }
    #expect(run("--help").output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  /// The manual page says what help says, and holds no line that man would take for a request of its own.
  @Test func theManualPageHasEveryCommandAndOption() {
    let page = run("help", "--man").output
    let words = page.replacing("\\-", with: "-").replacing("\\fB", with: "").replacing("\\fI", with: "")
      .replacing("\\fR", with: "")
    for command in CommandTable.all {
      #expect(words.contains(".SS \(command.call(in: "nbrun"))"), "\(command.name)")
      for option in command.allOptions { #expect(words.contains("\(option.name)") && words.contains(option.help)) }
    }
    for status in ExitStatus.allCases { #expect(words.contains("\n\(status.rawValue)\n\(status.meaning).\n")) }
    for line in page.split(separator: "\n") where line.hasPrefix(".") {
      #expect([".TH ", ".SH ", ".SS ", ".TP", ".B ", ".br"].contains { line.hasPrefix($0) }, "\(line)")
    }
  }

  /// The README's table of commands is the program's.
  @Test func theReadmeListsTheCommands() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "../README.md"), encoding: .utf8)
    let rows = CommandTable.all.map { command in
      let call = "\(command.call(in: "nbrun")) \(command.arguments)".replacing("|", with: "\\|")
      return "| `\(call.last == " " ? String(call.dropLast()) : call)` | \(command.summary) |"
    }
    #expect(readme.contains("| command | what it does |\n|---|---|\n\(rows.joined(separator: "\n"))\n\n"))
  }

  /// Only what cannot be broken, such as an example's command, may be wider than a narrow terminal.
  @Test(arguments: [10, 40, 60])
  func helpIsWrappedForANarrowTerminal(width: Int) {
    let transcript = Transcript()
    let console = transcript.console(isInteractive: true, width: width)
    for name in CommandTable.all.map(\.name) {
      _ = program.run([name, "--help"], console: console, environment: [:])
    }
    _ = program.run(["--help"], console: console, environment: [:])
    for line in transcript.output.split(separator: "\n") where !line.contains("nbrun ") {
      #expect(line.count <= max(40, width), "\(line)")
    }
  }

  @Test func nothingAtAllIsBadUsageWithTheOverview() {
    let result = run()
    #expect(result.status == .invalid && result.error.contains("Usage: nbrun NOTEBOOK…") && result.output.isEmpty)
  }

  @Test(arguments: [
    ["help", "verify"], ["verify", "--help"], ["verify", "-h"], ["--help", "verify"], ["-h", "verify"],
    ["--quiet", "verify", "-h"],
  ])
  func theHelpOfACommandIsFound(arguments: [String]) {
    let transcript = Transcript()
    let status = program.run(arguments, console: transcript.console(), environment: [:])
    #expect(status == .success && transcript.output.hasPrefix(CommandTable["verify"]!.summary))
    #expect(transcript.output.contains("  -j, --threads N"))
  }

  @Test(arguments: [
    (["help"], "Usage: nbrun NOTEBOOK…"), (["--help"], "Usage: nbrun NOTEBOOK…"),
    (["version"], "nbrun \(nbrunVersion)\n"),
    (["--version"], "nbrun \(nbrunVersion)\n"), (["-V"], "nbrun \(nbrunVersion)\n"),
  ])
  func theProgramSaysWhatItIs(arguments: [String], text: String) {
    let transcript = Transcript()
    let status = program.run(arguments, console: transcript.console(), environment: [:])
    #expect(status == .success && transcript.output.contains(text) && transcript.error.isEmpty)
  }

  @Test(arguments: [
    (["help", "verfy"], "there is no command \"verfy\"; did you mean \"verify\"?"),
    (["help", "a", "b"], "nbrun help takes no argument \"b\""),
    (["version", "--short"], "nbrun version has no option --short; see nbrun version --help"),
    (["completions", "fihs"], "there are no completions for \"fihs\"; did you mean \"fish\"?"),
    (["completions"], "nbrun completions needs bash|zsh|fish; see nbrun help completions"),
    (["steps", "greet"], "there is no step \"greet\"; did you mean \"greeting\"?"),
    (["-q", "check"], "nbrun check needs NOTEBOOK…; see nbrun help check"),
    (["--fresh", "check", "a.md"], "nbrun check has no option --fresh; it is an option of run"),
    (["data", "--threads", "2"], "nbrun data has no option --threads; see nbrun data --help"),
  ])
  func badUsageIsSaidInOneLine(arguments: [String], message: String) {
    let transcript = Transcript()
    let status = program.run(arguments, console: transcript.console(), environment: [:])
    #expect(status == .invalid && transcript.error == "error: \(message)\n")
  }

  /// A package with a program of its own never reads of another.
  @Test func theProgramCallsItselfByItsOwnName() {
    let course = NotebookProgram(name: "course", steps: StepList { Greeting.self }, numerics: "test")
    var calls =
      CommandTable.all.map { ["help", $0.name] } + Completions.Shell.allCases.map { ["completions", $0.rawValue] }
    calls += [
      [], ["help"], ["steps"], ["steps", "greeting"], ["check"], ["chekc"], ["data", "--from", "/"],
      ["steps", "x", "y"],
    ]
    for call in calls {
      let transcript = Transcript()
      _ = course.run(call, console: transcript.console(), environment: [:])
      let text = (transcript.output + transcript.error).replacing("```nbrun\n", with: "").replacing(
        "a package of its own says which nbrun it is built with", with: "")
      #expect(!text.isEmpty && !text.contains("nbrun"), "\(call): \(text)")
    }
    let transcript = Transcript()
    _ = course.run(["version"], console: transcript.console(), environment: [:])
    #expect(transcript.output == "course, nbrun \(nbrunVersion)\n")
    #expect(NotebookProgram(steps: StepList {}, numerics: "test").name.isEmpty == false)
  }

  @Test(arguments: [
    ("render", "run"), ("lint", "check"), ("test", "verify"), ("list", "steps"), ("benchmark", "bench"),
    ("chekc", "check"),
  ])
  func aCommandOfAnotherProgramIsSuggested(name: String, command: String) {
    #expect(
      run(name).error == "error: there is no file or folder \"\(name)\"; did you mean the command \"\(command)\"?\n")
  }

  @Test func aMistypedCommandIsSuggested() {
    #expect(run("chekc").error == "error: there is no file or folder \"chekc\"; did you mean the command \"check\"?\n")
    #expect(run("chekc").status == .invalid)
  }

  @Test func stepsAreShownWithWhatTheyDeclare() {
    #expect(run("steps").output.hasPrefix("greeting  Greets.\n"))
    let page = run("steps", "greeting").output
    #expect(page.contains("times  whole number, at least 1 (required)\n    How often.\n"))
    #expect(page.contains("name: world\ntimes: …\n"))
    #expect(page.contains("\nAsks for nobody.\n") && page.contains("\nMetrics:\n    loudly  volume, echo\n"))
    #expect(run("steps", "greting").error.contains("did you mean \"greeting\"?"))
    #expect(run("steps", "--json").output.contains("\"key\": \"times\""))
  }

  /// Also of those whose sizes depend on parameters that a cell must give.
  @Test func everyStepOfTheAssignmentHasAPage() throws {
    let program = NotebookProgram(name: "nbrun", steps: assignmentSteps, numerics: "test")
    for step in assignmentSteps.all {
      let page = run("steps", step.name.text, by: program)
      #expect(page.status == .success && page.output.contains("step: \(step.name)\n"))
      for entry in step.entries { #expect(page.output.contains("\n\(entry.key)  ")) }
      // Three steps draw, and measure nothing.
      let isSilent = ["race-chart", "show-filters", "figure-kinds"].contains(step.name.text)
      #expect(page.output.contains("\nMetrics:\n") != isSilent, "\(step.name)")
      #expect(!page.output.contains(/list of .*list of/) && !page.output.contains(/numbers, [0-9]+/), "\(page.output)")
    }
    guard case .array(let pages) = try JSONParser.parse(run("steps", "--json", by: program).output).content else {
      Issue.record("the steps are no list")
      return
    }
    #expect(pages.count == assignmentSteps.all.count)
  }

  /// The layers with the metrics of each, and the language of a network's line.
  @Test func stepsOfTheAssignmentSayWhatThereIsToChooseFrom() {
    let program = NotebookProgram(name: "nbrun", steps: assignmentSteps, numerics: "test")
    let page = run("steps", "gradient-check", by: program).output
    for layer in LayerCatalogue.checkable {
      #expect(page.contains("    \(layer.name) ") && page.contains(layer.summary), "\(layer.name)")
      let metrics = page.split(separator: "\n").last { $0.hasPrefix("    \(layer.name) ") }
      #expect(metrics?.contains("dx-error") == true && metrics?.hasSuffix("kinks") == true, "\(layer.name)")
    }
    #expect(page.contains("    convolution                  dx-error, dw-error, db-error, kinks\n"))
    for step in ["train", "initial-loss", "network-summary", "network-gradient-check"] {
      #expect(run("steps", step, by: program).output.contains("[conv(64) - relu - pool]x2 - [affine(500) - relu]x1"))
    }
    #expect(
      run("steps", "gradient", by: program).error
        == "error: there is no step \"gradient\"; did you mean \"gradient-check\" or \"network-gradient-check\"?\n")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsNameEveryOption(shell: String) {
    let script = run("completions", shell).output
    for command in CommandTable.all {
      #expect(script.contains(command.name))
      #expect(command.allOptions.allSatisfy { script.contains($0.name.dropFirst(2)) })
    }
    #expect(script.contains("greeting"))
  }

  /// The shell itself reads the script, where it is on this machine.
  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsAreValid(shell: String) throws {
    let paths = ["/bin/\(shell)", "/usr/bin/\(shell)"]
    guard let path = paths.first(where: FileManager.default.isExecutableFile) else {
      print("skipped: there is no \(shell) here")
      return
    }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = ["-n", "-c", run("completions", shell).output]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  /// Bash itself completes a line.
  @Test(arguments: [
    ("nbrun ver", "verify version"), ("nbrun verify --att", "--attest"), ("nbrun steps gr", "greeting"),
    ("nbrun completions z", "zsh"), ("nbrun help comp", "completions"), ("nbrun -q ver", ""),
    ("nbrun verify --format ht", ""),
    ("nbrun a.md --format = ht", "html html,md,ipynb"), ("nbrun a.md --format =", "html md ipynb csv html,md,ipynb"),
    ("nbrun a.md --format ht", "html html,md,ipynb"), ("nbrun a.md --kee", "--keep-going"), ("nbrun check --fresh", ""),
  ])
  func bashCompletes(line: String, expected: String) throws {
    guard FileManager.default.isExecutableFile(atPath: "/bin/bash") else {
      print("skipped: there is no /bin/bash here")
      return
    }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [
      "-c",
      run("completions", "bash").output
        + "COMP_WORDS=(\(line)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _nbrun; echo ${COMPREPLY[@]}",
    ]
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(String(decoding: output, as: UTF8.self) == expected + "\n")
  }

  /// A name with spaces stays one, whether the beginning of it is quoted or not.
  @Test(arguments: [
    ("'my\\ n'", "<my note.md>"), ("'\"my n'", "<my note.md>"), ("\"'my n\"", "<my note.md>"),
    ("my", "<my note.md><my folder>"),
    ("oth", "<other.MD>"), ("-o 'my\\ f'", "<my folder>"), ("check 'my\\ '", "<my note.md><my folder>"),
    ("data --from my", "<my folder><my note.md><my notes.txt>"), ("third", "<third.markdown>"),
  ])
  func bashCompletesNamesWithSpaces(words: String, expected: String) throws {
    guard FileManager.default.isExecutableFile(atPath: "/bin/bash") else {
      print("skipped: there is no /bin/bash here")
      return
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "nbrun-bash-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appending(path: "my folder"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["my note.md", "my notes.txt", "other.MD", "third.markdown"] {
      try Data().write(to: folder.appending(path: name))
    }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/bin/bash")
    process.currentDirectoryURL = folder
    process.arguments = [
      "-c",
      run("completions", "bash").output
        + "COMP_WORDS=(nbrun \(words)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _nbrun; printf '<%s>' \"${COMPREPLY[@]}\"",
    ]
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let names = String(decoding: output, as: UTF8.self).split(separator: "<").map { "<\($0)" }.sorted()
    #expect(names == expected.split(separator: "<").map { "<\($0)" }.sorted())
  }

  /// Zsh takes the script as a file of its function path and as one to be sourced.
  @Test(arguments: [
    "fpath=($folder $fpath); autoload -U compinit; compinit -u -D",
    "autoload -U compinit; compinit -u -D; source $folder/_nbrun",
  ])
  func zshKnowsTheFunction(loading: String) throws {
    let zsh = ["/bin/zsh", "/usr/bin/zsh"].first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let zsh else {
      print("skipped: there is no zsh here")
      return
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "nbrun-zsh-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(run("completions", "zsh").output.utf8).write(to: folder.appending(path: "_nbrun"))
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: zsh)
    process.arguments = ["-f", "-c", "folder='\(folder.path())'; \(loading); echo $_comps[nbrun]"]
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(String(decoding: output, as: UTF8.self) == "_nbrun\n")
  }
}
