import AssignmentSteps
import Foundation
import JSONValues
import Steps
import Testing

@testable import CommandLineInterface

@Suite struct HelpTests {
  private let program = NotebookProgram(steps: StepList { Greeting.self }, numerics: "test")

  struct Greeting: Step {
    static let name: StepName = "greeting"
    static let summary = "Greets."
    @Parameter("Who is greeted.") var name = "world"
    @Parameter("How often.", in: 1...) var times: Int
    func run(in cell: Cell) { print("hello \(name)") }
  }

  private func run(
    _ arguments: String..., by program: NotebookProgram? = nil
  ) -> (status: CommandLineInterface.ExitStatus, output: String, error: String) {
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
      #expect(command.options.allSatisfy { help.output.contains($0.name) })
    }
    #expect(run("--help").output.split(separator: "\n").allSatisfy { $0.count <= 100 })
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

  @Test func aMistypedCommandIsSuggested() {
    #expect(run("chekc").error == "error: there is no file or folder \"chekc\"; did you mean the command \"check\"?\n")
    #expect(run("chekc").status == .invalid)
  }

  @Test func stepsAreShownWithWhatTheyDeclare() {
    #expect(run("steps").output.hasPrefix("greeting  Greets.\n"))
    let page = run("steps", "greeting").output
    #expect(page.contains("times  whole number, at least 1 (required)\n    How often.\n"))
    #expect(page.contains("name: world\ntimes: …\n"))
    #expect(run("steps", "greting").error.contains("did you mean \"greeting\"?"))
    #expect(run("steps", "--json").output.contains("\"key\": \"times\""))
  }

  /// Also of those whose sizes depend on parameters that a cell must give.
  @Test func everyStepOfTheAssignmentHasAPage() throws {
    let program = NotebookProgram(steps: assignmentSteps, numerics: "test")
    for step in assignmentSteps.all {
      let page = run("steps", step.name.text, by: program)
      #expect(page.status == .success && page.output.contains("step: \(step.name)\n"))
      for entry in step.entries { #expect(page.output.contains("\n\(entry.key)  ")) }
    }
    guard case .array(let pages) = try JSONParser.parse(run("steps", "--json", by: program).output).content else {
      Issue.record("the steps are no list")
      return
    }
    #expect(pages.count == assignmentSteps.all.count)
  }

  @Test(arguments: ["bash", "zsh"])
  func completionsNameEveryOption(shell: String) {
    let script = run("completions", shell).output
    for command in CommandTable.all {
      #expect(script.contains(command.name))
      #expect(command.options.allSatisfy { script.contains($0.name) })
    }
    #expect(script.contains("greeting"))
  }

  /// The shell itself reads the script, where it is on this machine.
  @Test(arguments: ["bash", "zsh"])
  func completionsAreValid(shell: String) throws {
    let path = "/bin/\(shell)"
    guard FileManager.default.isExecutableFile(atPath: path) else {
      print("skipped: there is no \(path) here")
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
    ("nbrun ver", "verify"), ("nbrun verify --att", "--attest"), ("nbrun steps gr", "greeting"),
    ("nbrun completions z", "zsh"),
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

  @Test(arguments: [
    (0.004, "4 ms"), (0.04, "0.04 s"), (0.9949, "0.99 s"), (1, "1.0 s"), (59.4, "59.4 s"), (59.6, "1 min 00 s"),
    (211, "3 min 31 s"), (3725, "1 h 02 min"), (-1, "?"), (Double.infinity, "?"),
  ])
  func durations(seconds: Double, text: String) {
    #expect(Durations.text(seconds) == text)
  }
}
