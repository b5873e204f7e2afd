import Foundation
import Testing

/// A notebook with mistakes: all of them are said, nothing runs, nothing is written.
@Suite struct InvalidNotebookTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
  }

  static let invalid = """
    ---
    sed: 1
    ---

    ```nbrun
    step: measuring
    valu: 3
    expect: weight < 2
    ```

    ```nbrun
    step: measurin
    ```

    > ```nbrun
    > step: measuring
    > ```

    {{ measuring.weight }}
    """

  @Test(arguments: [["run"], [], ["check"], ["verify"], ["why"], ["plan"]])
  func nothingIsWritten(command: [String]) throws {
    try folder.write(Self.invalid, to: "notebooks/bad.md")
    try folder.writeNotebook("notebooks/good.md", "step: measuring", "id: good")
    let before = folder.files()
    let end = try folder.run(.testWorker, command + ["notebooks/bad.md"])
    #expect(end.status == .exited(2))
    #expect(
      end.diagnostics.map { String($0.prefix { $0 != " " }) } == [
        "notebooks/bad.md:2:1:", "notebooks/bad.md:7:1:", "notebooks/bad.md:8:9:", "notebooks/bad.md:12:7:",
        "notebooks/bad.md:15:3:", "notebooks/bad.md:19:1:",
      ], "\(end.error)")
    // No outputs, no state folder, not even a lock.
    #expect(folder.files() == before)
    #expect(folder.names == ["notebooks"])
  }

  @Test func oneBadNotebookKeepsTheGoodOnesFromRunning() throws {
    try folder.write(Self.invalid, to: "notebooks/bad.md")
    try folder.writeNotebook("notebooks/good.md", "step: measuring", "id: good")
    let end = try folder.run(.testWorker, ["notebooks"])
    #expect(end.status == .exited(2))
    #expect(folder.names == ["notebooks"])
  }

  @Test func anEarlierReportStands() throws {
    try folder.writeNotebook("notebooks/bad.md", "step: measuring", "id: good")
    #expect(try folder.run(.testWorker, ["notebooks/bad.md"]).status == .exited(0))
    let before = folder.files("outputs")
    let state = folder.files(".nbrun")
    try folder.write(Self.invalid, to: "notebooks/bad.md")
    #expect(try folder.run(.testWorker, ["notebooks/bad.md"]).status == .exited(2))
    #expect(folder.files("outputs") == before)
    #expect(folder.files(".nbrun") == state)
  }

  /// What is no mistake of a notebook but of the command line, each in one line.
  @Test(arguments: [
    (["nothing.md"], "error: there is no file or folder \"nothing.md\""),
    (["notebooks/good.md", "--onyl", "good"], "--onyl"),
    (["notebooks/good.md", "--only", "goood"], "no cell \"goood\"; did you mean \"good\"?"),
    (["notebooks/good.md", "--set", "good.valeu=3"], "valeu"),
    (["notebooks/good.md", "--set", "good"], "--set takes CELL.KEY=VALUE"),
    (["notebooks/good.md", "--seed", "-1"], "--seed takes a whole number"),
    (["notebooks/good.md", "--threads", "0"], "--threads"),
    (["notebooks/good.md", "--format", "pdf"], "pdf"),
    (["verify"], "verify"),
  ])
  func badUsageIsStatusTwo(arguments: [String], says: String) throws {
    try folder.writeNotebook("notebooks/good.md", "step: measuring", "id: good")
    let end = try folder.run(.testWorker, arguments)
    #expect(end.status == .exited(2), "\(end)")
    #expect(end.diagnostics.count == 1 && end.error.contains(says), "\(end.error)")
    #expect(folder.names == ["notebooks"])
  }
}
