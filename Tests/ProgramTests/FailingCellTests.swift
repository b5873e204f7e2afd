import Foundation
import NbrunJSONValues
import Testing

/// Whatever a step does to itself, the report is whole and the exit status right.
@Suite struct FailingCellTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
  }

  /// A way to fail, what the report says of it, and the hint, if there is one.
  static let ways = [
    ("throws", "the step could not do it"),
    ("hints", "the loss is not a number at iteration 3"),
    ("traps", "the step trapped"),
    ("kills", "SIGKILL"),
    ("aborts", "SIGABRT"),
    ("exits", "exit status 7"),
    ("allocates", "the step"),
    ("undeclared-data", "flowers"),
  ]

  @Test(arguments: ways)
  func aFailingCellLeavesAFullReport(way: String, says: String) throws {
    try folder.write(
      """
      # Failing

      ```nbrun
      step: measuring
      id: before
      ```

      ```nbrun
      step: misbehaving
      id: bad
      way: \(way)
      ```

      ```nbrun
      step: measuring
      id: after
      expect: value < 2
      ```

      """, to: "notebooks/failing.md")
    let end = try folder.run(.testWorker, ["notebooks/failing.md", "--junit", "junit.xml"])
    #expect(end.status == .exited(1), "\(end)")
    #expect(end.error.contains(says), "\(end.error)")
    let results = try JSONParser.parse(folder.text("outputs/failing/results.json")).value
    #expect(results["status"] == .string("failed"))
    let cells = try #require(results["cells"]?.elements)
    #expect(cells.map { $0["status"]?.text } == ["succeeded", "failed", "not-run"])
    #expect(cells[1]["failure"]?["message"]?.text?.contains(says) == true, "\(cells[1])")
    #expect(cells[1]["metrics"]?["before"] == .number("1"))
    #expect(cells[2]["claims"]?.elements?.first?["status"] == .string("not-tested"))
    // What it printed, the failure at its place, and what was not run because of it stand in every form of the report.
    for name in ["report.html", "README.md", "report.ipynb"] {
      let text = try folder.text("outputs/failing/\(name)")
      #expect(text.contains("last words"), "\(name)")
      #expect(text.contains(says), "\(name)")
      #expect(text.contains("value: "), "the cell before it: \(name)")
    }
    #expect(try folder.text("outputs/failing/report.html").hasSuffix("</html>\n"))
    #expect(try folder.text("outputs/README.md").contains("failed"))
    #expect(try folder.text("junit.xml").contains("failures=\"1\""))
  }

  @Test func aHundredMegabytesOfOutputAreCutInTheMiddle() throws {
    let line = String(repeating: "x", count: 1_000)
    try folder.writeNotebook(
      "notebooks/loud.md", "step: printing", "id: loud", "lines: 100000", "text: \(line)")
    let end = try folder.run(.testWorker, ["notebooks/loud.md"])
    #expect(end.status == .exited(0), "\(end.error.suffix(1_000))")
    let files = folder.files("outputs/loud")
    for name in ["report.html", "README.md", "report.ipynb", "results.json"] {
      let bytes = try #require(files[name])
      #expect(bytes.count < 4 << 20, "\(name) has \(bytes.count) bytes")
      for last in ["xxx 0", "xxx 99999"] { #expect(bytes.range(of: Data(last.utf8)) != nil, "\(name): \(last)") }
    }
  }

  @Test func aHundredMegabytesThenDeathLeaveTheSame() throws {
    try folder.write(
      """
      ```nbrun
      step: printing
      id: loud
      lines: 100000
      text: \(String(repeating: "y", count: 1_000))
      kills-itself: true
      ```

      """, to: "notebooks/loud.md")
    let end = try folder.run(.testWorker, ["notebooks/loud.md"])
    #expect(end.status == .exited(1))
    let results = try JSONParser.parse(folder.text("outputs/loud/results.json")).value
    #expect(results["cells"]?.elements?.first?["failure"]?["message"]?.text?.contains("SIGKILL") == true)
    #expect(folder.files("outputs/loud")["report.html"]?.range(of: Data("yyy 99999".utf8)) != nil)
  }

  @Test func aTimeoutEndsTheCell() throws {
    try folder.writeNotebook("notebooks/slow.md", "step: misbehaving", "id: slow", "way: hangs", "timeout: 0.3")
    let end = try folder.run(.testWorker, ["notebooks/slow.md"])
    #expect(end.status == .exited(1))
    #expect(end.error.contains("the step ran longer than its timeout of 0.3 seconds"))
    #expect(try folder.text("outputs/slow/report.html").contains("longer than its timeout"))
    #expect(try folder.text("outputs/slow/README.md").contains("last words"))
  }

  /// With `--keep-going` what does not depend on the failed cell runs; what does is marked.
  @Test func independentCellsGoOnWhereAsked() throws {
    let cells = [
      ["step: counting", "id: count", "kills-itself-at: 3"], ["step: doubling", "id: double", "amount: count"],
      ["step: measuring", "id: independent"],
    ]
    try folder.write(
      cells.map { "```nbrun\n\($0.joined(separator: "\n"))\n```\n" }.joined(separator: "\n"), to: "notebooks/three.md")
    func statuses(_ arguments: String...) throws -> [String?] {
      let end = try folder.run(.testWorker, ["notebooks/three.md", "--fresh"] + arguments)
      #expect(end.status == .exited(1))
      let results = try JSONParser.parse(folder.text("outputs/three/results.json")).value
      return results["cells"]?.elements?.map { $0["status"]?.text } ?? []
    }
    #expect(try statuses() == ["failed", "not-run", "not-run"])
    #expect(try statuses("--keep-going") == ["failed", "not-run", "succeeded"])
    #expect(try folder.text("outputs/three/report.html").contains("count"))
  }

  @Test func missingDataIsStatusThreeAndSaysWhatToDo() throws {
    try folder.write(
      "```nbrun\nstep: measuring\n```\n\n```nbrun\nstep: reading-data\n```\n", to: "notebooks/flowers.md")
    let end = try folder.run(.testWorker, ["notebooks/flowers.md"])
    #expect(end.status == .exited(3))
    #expect(end.error.contains("Put petals.bin into a folder and name it with --data"))
    let results = try JSONParser.parse(folder.text("outputs/flowers/results.json")).value
    #expect(results["cells"]?.elements?.map { $0["status"]?.text } == ["succeeded", "not-run"])
  }
}
