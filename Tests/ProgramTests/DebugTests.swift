import Foundation
import NbrunTestSupport
import Testing

/// `nbrun debug`: one cell, in one process, on the user's terminal, leaving nothing behind.
@Suite struct DebugTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.write(
      """
      # Steps

      ```nbrun
      step: counting
      id: count
      end: 3
      ```

      ```nbrun
      step: doubling
      id: double
      amount: count
      expect: doubled = 6
      expect: doubled > 6
      ```

      ```nbrun
      step: attached
      id: where
      ```

      ```nbrun
      step: attached
      id: reader
      reads: true
      ```

      ```nbrun
      step: misbehaving
      id: wrong
      way: hints
      ```

      ```nbrun
      step: attached
      id: trap
      traps: true
      ```

      ```nbrun
      step: reading-data
      id: flowers
      ```

      """, to: "notebooks/steps.md")
  }

  private func debug(_ arguments: String..., environment: [String: String] = [:], input: String = "") throws
    -> ProgramEnd
  {
    try folder.run(
      .testWorker, ["debug", "notebooks/steps.md"] + arguments, environment: environment, input: Array(input.utf8))
  }

  @Test func aCellRunsWithItsStoredInputsAndLeavesNothing() throws {
    let missing = try debug("double")
    #expect(missing.status == .exited(2))
    #expect(
      missing.diagnostics == [
        "notebooks/steps.md:10:7: error: the cell double takes what the cell count gives, and no result of that is stored; "
          + "run it first, with --only count"
      ])
    #expect(try folder.run(.testWorker, ["notebooks/steps.md", "--only", "count"]).status == .exited(0))
    let before = folder.files()
    let end = try debug("double")
    #expect(end.status == .exited(0), "\(end)")
    #expect(end.output == "doubled: 6\n")
    #expect(end.error.contains("  doubled = 6\n  doubled = 6: held\n  doubled > 6: broken\n✓ double ran for "))
    #expect(end.error.contains("nothing was stored"))
    #expect(folder.files() == before)
  }

  @Test func anAlteredCellNeedsInputsThatWereAlteredToo() throws {
    _ = try folder.run(.testWorker, ["notebooks/steps.md", "--only", "count"])
    #expect(try debug("double", "--set", "count.end=4").status == .exited(2))
    let set = ["notebooks/steps.md", "--only", "count", "--set", "count.end=4"]
    #expect(try folder.run(.testWorker, set).status == .exited(0))
    #expect(try debug("double", "--set", "count.end=4").output == "doubled: 8\n")
  }

  @Test func aFailureIsSaidWithItsHint() throws {
    let end = try debug("wrong")
    #expect(end.status == .exited(1))
    #expect(end.output == "before: 1\nlast words\n")
    #expect(end.error.contains("✗ wrong failed after "))
    #expect(
      end.error.contains("the loss is not a number at iteration 3\n  try a smaller learning rate\n"), "\(end.error)")
  }

  /// What it printed before is not lost, although nobody caught it.
  @Test func aTrapEndsTheProcess() throws {
    let end = try debug("trap", environment: ["SWIFT_BACKTRACE": "enable=no"])
    guard case .killed = end.status else {
      Issue.record("\(end)")
      return
    }
    #expect(end.output.contains("process ") && end.error.contains("trapped"))
  }

  @Test func missingDataIsSaid() throws {
    let end = try debug("flowers")
    #expect(end.status == .exited(3))
    #expect(end.diagnostics.count == 1 && end.error.contains("the data flowers is not here"), "\(end.error)")
    try folder.write("petals", to: "data/petals.bin")
    #expect(try debug("flowers", "--data", "data").output == "petals: 6\n")
    #expect(try debug("flowers", "--stand-in").output == "petals: 8\n")
  }

  @Test(arguments: [
    (["notebooks/steps.md"], "TestWorker debug needs NOTEBOOK CELL"),
    (["notebooks/steps.md", "cuont"], "notebooks/steps.md has no cell \"cuont\"; did you mean \"count\"?"),
    (["notebooks/steps.md", "count", "--debugger", "adb"], "--debugger takes lldb or gdb, not \"adb\""),
  ])
  func mistakesAreSaid(arguments: [String], message: String) throws {
    let end = try folder.run(.testWorker, ["debug"] + arguments)
    #expect(end.status == .exited(2))
    #expect(end.error.contains("error: \(message)"), "\(end.error)")
  }

  // MARK: The terminal

  /// The cell runs in the process that the user started, and reads what the user types.
  @Test func theTerminalIsTheCells() throws {
    let terminal = try PseudoTerminal()
    try terminal.start(
      [ProgramFolder.Program.testWorker.path, "debug", "notebooks/steps.md", "reader"], in: folder.path,
      environment: ["HOME": folder.path, "NO_COLOR": "1"], typing: "from the keyboard\n")
    let (text, processID, status) = terminal.wait()
    #expect(status == 0)
    #expect(text.contains("process \(processID) of \(getpid())\nterminals [1, 1, 1]\n"), "\(text)")
    #expect(text.contains("read from the keyboard\n"), "\(text)")
  }

  /// An ordinary run has neither.
  @Test func anOrdinaryRunIsAWorkers() throws {
    let end = try folder.run(.testWorker, ["notebooks/steps.md", "--only", "where", "--verbose"])
    #expect(end.error.contains("terminals [0, 0, 0]"), "\(end.error)")
  }

  // MARK: Debuggers

  /// A stand-in for a debugger, which says what it was given and runs the program as one would.
  @Test(arguments: [("lldb", "--"), ("gdb", "--args")])
  func aDebuggerGetsTheProgramAndTheTerminal(name: String, form: String) throws {
    try folder.write(
      "#!/bin/sh\nuntil [ \"$1\" = -- ] || [ \"$1\" = --args ]; do shift; done\nform=$1; shift\necho \"$0 $form\"; printf '<%s>' \"$@\"; echo; exec \"$@\"\n",
      to: "bin/\(name)")
    chmod("\(folder.path)/bin/\(name)", 0o755)
    let end = try debug(
      "reader", "--debugger", name, "--seed=7", "--threads", "1",
      environment: ["PATH": "\(folder.path)/bin:/usr/bin:/bin"], input: "a line\n")
    #expect(end.status == .exited(0), "\(end.error)")
    let lines = end.output.split(separator: "\n")
    #expect(lines.first == "\(folder.path)/bin/\(name) \(form)")
    #expect(
      lines.dropFirst().first?.hasSuffix(
        "TestWorker><debug><notebooks/steps.md><reader><--seed=7><--threads><1>") == true, "\(lines)")
    #expect(lines.last == "read a line")
  }

  @Test func aDebuggerThatIsNotHereIsSaid() throws {
    try folder.write("#!/bin/sh\n", to: "bin/gdb")
    chmod("\(folder.path)/bin/gdb", 0o755)
    let end = try debug("where", "--debugger", "lldb", environment: ["PATH": "\(folder.path)/bin"])
    #expect(end.status == .exited(2))
    #expect(end.diagnostics == ["error: lldb is not installed, or not in PATH; gdb is here"])
  }

  /// The real one, where it is installed and may trace: stops in the cell's own process, and the cell goes on to its end.
  @Test func gdbRunsTheCell() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/gdb") else {
      print("skipped: no gdb here")
      return
    }
    let end = try debug(
      "where", "--debugger", "gdb", environment: ["DEBUGINFOD_URLS": ""],
      input: "set confirm off\nbreak exit\nrun\nbacktrace 1\ncontinue\nquit\n")
    if end.error.contains("Operation not permitted") || end.error.contains("Could not trace") {
      print("skipped: gdb may not trace a process here")
      return
    }
    #expect(end.output.contains("Breakpoint 1, ") && end.output.contains("terminals [0, 0, 0]"), "\(end)")
    #expect(end.output.contains("exited normally"), "\(end)")
    // What it says while it reads symbols would hide all else.
    #expect(!end.error.contains("DWO") && end.error.split(separator: "\n").count < 30, "\(end.error)")
  }
}
