import Foundation
import NbrunJSONValues
import Testing

/// Several runs at once: on one output folder one works and the others leave; on one cache nothing is computed twice.
@Suite struct ConcurrentRunTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.writeNotebook("notebooks/count.md", "step: counting", "id: count", "end: 60", "interval: 5", "pause: 20")
  }

  private func start(_ arguments: String...) throws -> RunningProgram {
    try folder.start(.testWorker, ["notebooks/count.md"] + arguments)
  }

  /// Waits until a run has stored a checkpoint: it is at work.
  private func waitForCheckpoint() {
    let deadline = Date(timeIntervalSinceNow: 20)
    while !folder.files(".nbrun/checkpoints").keys.contains(where: { $0.hasSuffix("manifest") }), Date() < deadline {
      usleep(5_000)
    }
  }

  @Test(arguments: [[], ["--only", "count", "--output", "outputs"], ["--live"]])
  func aSecondRunOnTheOutputsSaysSoAndLeaves(arguments: [String]) throws {
    let first = try start()
    waitForCheckpoint()
    let second = try folder.run(.testWorker, ["notebooks/count.md"] + arguments)
    #expect(second.status == .exited(2))
    #expect(
      second.diagnostics == [
        "error: \(folder.path)/outputs is in use: the process \(first.process.processIdentifier) is running there; "
          + "wait for it, or choose another --output"
      ], "\(second.error)")
    let end = try first.wait()
    #expect(end.status == .exited(0), "\(end.error)")
    let results = try JSONParser.parse(folder.text("outputs/count/results.json")).value
    #expect(results["status"] == .string("passed"))
    #expect(folder.files(".nbrun/locks").isEmpty)
  }

  @Test func aKilledRunHoldsNothing() throws {
    let first = try start()
    waitForCheckpoint()
    kill(first.process.processIdentifier, SIGKILL)
    #expect(try first.wait().status == .killed(SIGKILL))
    let second = try start().wait()
    #expect(second.status == .exited(0) && second.diagnostics == [], "\(second.error)")
    #expect(folder.files(".nbrun/locks").isEmpty)
  }

  @Test func twoRunsOnOneCacheComputeACellOnce() throws {
    let runs = try ["a", "b", "c"].map { try start("--output", $0) }
    let ends = try runs.map { try $0.wait() }
    #expect(ends.map(\.status) == [.exited(0), .exited(0), .exited(0)], "\(ends)")
    #expect(ends.count { $0.error.contains("reused") } == 2, "\(ends.map(\.error))")
    let files = ["a", "b", "c"].map { folder.files("\($0)/count") }
    #expect(files[0] == files[1] && files[1] == files[2])
    #expect(folder.files(".nbrun/cache/running").isEmpty)
  }

  /// What `make -j` does with the README's example.
  @Test func runsOfSingleCellsShareOneCache() throws {
    let cells = (1...3).map { "```nbrun\nstep: counting\nid: count-\($0)\nend: 20\npause: 20\nseed: \($0)\n```\n" }
    try folder.write(cells.joined(separator: "\n"), to: "notebooks/count.md")
    let runs = try (1...3).map { try start("--only", "count-\($0)", "--quiet") }
    for run in runs {
      let end = try run.wait()
      #expect(end.status == .exited(0) && end.error.isEmpty, "\(end)")
    }
    #expect(folder.files("outputs").isEmpty)
    let whole = try start().wait()
    #expect(whole.status == .exited(0))
    #expect(whole.error.components(separatedBy: "reused").count - 1 >= 3, "\(whole.error)")
    let results = try JSONParser.parse(folder.text("outputs/count/results.json")).value
    #expect(results["cells"]?.elements?.map { $0["status"]?.text } == ["succeeded", "succeeded", "succeeded"])
  }
}
