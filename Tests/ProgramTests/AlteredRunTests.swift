import Foundation
import NbrunJSONValues
import NbrunTestSupport
import Testing

/// Runs of something else than the notebook as it is committed: they say so, and leave the committed reports alone.
@Suite struct AlteredRunTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.write(
      """
      # Sums

      See [the other](other.md#end) and [ourselves](sums.md).

      ```nbrun
      step: counting
      id: count
      end: 3
      expect: sum > 0
      ```

      ```nbrun
      step: measuring
      id: measure
      ```

      """, to: "notebooks/sums.md")
    try folder.write(
      "# Other\n\n## End\n\nBack to [the sums](sums.md).\n\n```nbrun\nstep: printing\n```\n", to: "notebooks/other.md")
    let end = try folder.run(.testWorker, ["notebooks"])
    #expect(end.status == .exited(0), "\(end.error)")
  }

  /// The folders of altered runs of a notebook.
  private func scratch(_ name: String = "sums") -> [String] {
    Set(folder.files(".nbrun/scratch").keys.filter { $0.hasSuffix("/\(name)/results.json") })
      .map { String($0.dropLast("/\(name)/results.json".count)) }.sorted()
  }

  private func alterations(in path: String) throws -> [String] {
    try JSONParser.parse(folder.text(path)).value.members?["alterations"]?.elements?.compactMap(\.text) ?? []
  }

  // MARK: Where they go

  @Test(arguments: [
    (["--set", "count.end=4"], "count.end=4"), (["--seed", "5"], "seed=5"), (["--only", "measure"], "only=measure"),
    (["--set", "count.end=4", "--set", "count.pause=1", "--seed", "5"], "count.end=4,count.pause=1,seed=5"),
  ])
  func eachAlterationHasAFolder(arguments: [String], name: String) throws {
    let before = folder.files("outputs")
    let end = try folder.run(.testWorker, ["notebooks/sums.md"] + arguments)
    #expect(end.status == .exited(0), "\(end.error)")
    #expect(scratch() == [name])
    #expect(end.error.contains("/.nbrun/scratch/\(name)/sums/report.html\n"), "\(end.error)")
    #expect(folder.files("outputs") == before)
    #expect(try alterations(in: ".nbrun/scratch/\(name)/sums/results.json").count == arguments.count / 2)
  }

  @Test func twoAlterationsStandSideBySide() throws {
    for end in [4, 5] { _ = try folder.run(.testWorker, ["notebooks/sums.md", "--set", "count.end=\(end)"]) }
    #expect(scratch() == ["count.end=4", "count.end=5"])
    let texts = try scratch().map { try folder.text(".nbrun/scratch/\($0)/sums/README.md") }
    #expect(texts[0].contains("count 4") && !texts[0].contains("count 5"))
    #expect(texts[1].contains("count 5"))
  }

  @Test func aStandInIsAnAlteration() throws {
    try folder.write("# Flowers\n\n```nbrun\nstep: reading-data\n```\n", to: "notebooks/flowers.md")
    #expect(try folder.run(.testWorker, ["notebooks/flowers.md", "--stand-in"]).status == .exited(0))
    #expect(scratch("flowers") == ["stand-in"])
  }

  /// What was computed where the data were is not lost by a run where they are not; a report that never had them is written.
  @Test func whatARunHasNoDataForIsNotLost() throws {
    try folder.write("# Flowers\n\n```nbrun\nstep: reading-data\n```\n", to: "notebooks/flowers.md")
    #expect(try folder.run(.testWorker, ["notebooks/flowers.md"]).status == .exited(3))
    #expect(scratch("flowers") == [] && folder.files("outputs").keys.contains("flowers/report.html"))
    try folder.write("petals", to: "data/petals.bin")
    #expect(try folder.run(.testWorker, ["notebooks/flowers.md", "--data", "data"]).status == .exited(0))
    let before = folder.files("outputs")
    let end = try folder.run(.testWorker, ["notebooks/flowers.md"])
    #expect(end.status == .exited(3) && folder.files("outputs") == before)
    #expect(scratch("flowers") == ["without-data"])
    let note = "outputs/flowers is left as it is, with the results that this run had no data for"
    #expect(end.error.contains(note), "\(end.error)")
  }

  /// Who asks for a folder gets it.
  @Test func anOutputFolderOfItsOwnIsTaken() throws {
    _ = try folder.run(.testWorker, ["notebooks/sums.md", "--seed", "5", "--output", "elsewhere"])
    #expect(scratch() == [] && folder.files("elsewhere").keys.contains("sums/report.html"))
  }

  /// Where nothing was heard of the worker, the command that starts it is named.
  @Test func aLauncherThatIsNoneIsNamed() throws {
    let end = try folder.run(
      .testWorker, ["notebooks/sums.md", "--fresh"], environment: ["NBRUN_WORKER": "no-such-launcher -x"])
    #expect(end.status == .exited(1))
    let message = "the worker that NBRUN_WORKER starts (no-such-launcher -x) ended with exit status 127 unheard"
    #expect(end.error.contains(message), "\(end.error)")
  }

  // MARK: Links

  /// What an altered report links to stands among the committed reports.
  @Test func linksLeadToTheCommittedNeighbours() throws {
    _ = try folder.run(.testWorker, ["notebooks/sums.md", "--seed", "5"])
    let base = "\(folder.path)/.nbrun/scratch/seed=5/sums"
    for file in ["report.html", "README.md"] {
      let link = "../../../../outputs/other/\(file)"
      #expect(try folder.text(".nbrun/scratch/seed=5/sums/\(file)").contains(link), "\(file) does not link to \(link)")
      #expect(FileManager.default.fileExists(atPath: "\(base)/\(link)"))
    }
    // The committed one links as ever.
    #expect(try folder.text("outputs/sums/report.html").contains("href=\"../other/report.html#end\""))
  }

  // MARK: Live

  /// Runs `--live` until it watches for so many times, then ends it. (A test's threads block the signals that would do it gently, and
  /// what they start inherits that.)
  private func live(_ arguments: String..., rounds: Int = 1, between: () throws -> Void = {}) throws -> ProgramEnd {
    let program = try folder.start(.testWorker, ["notebooks/sums.md", "--live"] + arguments)
    func watched() -> Int {
      let said = FileManager.default.contents(atPath: "\(program.captured)-error") ?? Data()
      return String(decoding: said, as: UTF8.self).components(separatedBy: "watching ").count - 1
    }
    // One that does not follow ends the wait, and what is expected of it fails.
    let deadline = ContinuousClock.now + .seconds(120)
    for round in 1...rounds {
      while watched() < round, program.process.isRunning, ContinuousClock.now < deadline { usleep(10_000) }
      if round < rounds { try between() }
    }
    kill(program.process.processIdentifier, SIGKILL)
    return try program.wait()
  }

  @Test func anAlteredLiveRunLeavesTheCommittedReport() throws {
    let before = folder.files("outputs")
    let end = try live("--set", "count.end=4", "--only", "count")
    #expect(folder.files("outputs") == before)
    let name = "only=count,count.end=4"
    #expect(scratch() == [name])
    #expect(end.error.contains("measure") == false, "\(end.error)")
    let page = try folder.text(".nbrun/live/\(name)/sums.html")
    #expect(page.contains("Altered run.") && page.contains("count.end=4"))
    #expect(page.contains("href=\"../../../outputs/other/report.html#end\""))
  }

  @Test func aLiveRunFollowsTheFilesThatCellsName() throws {
    try folder.write("mass\n1\n2\n", to: "notebooks/iris.csv")
    try folder.write("```nbrun\nstep: tabulating\nid: t\ntable: iris.csv\n```\n", to: "notebooks/sums.md")
    let end = try live(rounds: 2) { try folder.write("mass\n1\n40\n", to: "notebooks/iris.csv") }
    #expect(end.error.components(separatedBy: "1 computed").count == 3, "\(end)")
    #expect(try folder.text(".nbrun/live/sums.html").contains("sum: 41.0"))
  }

  @Test func aLiveRunFollowsAFolder() throws {
    for name in ["iris.csv", "many/a/b/1.txt"] { try folder.write("mass\n1\n", to: "notebooks/\(name)") }
    try folder.write("```nbrun\nstep: tabulating\ntable: iris.csv\nfolder: many\n```\n", to: "notebooks/sums.md")
    // Another file where no file was before, another folder, other contents.
    var edits = ["many/a/2.txt", "many/c/3.txt", "many/a/b/1.txt"]
    let end = try live(rounds: 4) { try folder.write("four", to: "notebooks/\(edits.removeFirst())") }
    #expect(end.error.components(separatedBy: "1 computed").count == 5, "\(end)")
    #expect(try folder.text(".nbrun/live/sums.html").contains("bytes: 12"))
  }

  @Test func aLiveRunHeedsFreshJUnitAndOnly() throws {
    let reused = try live()
    #expect(reused.error.contains("0 computed"), "\(reused.error)")
    let fresh = try live("--fresh", "--junit", "live.xml", rounds: 2) {
      try folder.write(folder.text("notebooks/sums.md") + "\nOne more sentence.\n", to: "notebooks/sums.md")
    }
    let rounds = fresh.error.split(separator: "\n").filter { $0.contains(" computed in ") }
    #expect(rounds.count == 2 && rounds[0].contains("2 computed") && rounds[1].contains("0 computed"), "\(rounds)")
    #expect(try folder.text("live.xml").contains("<testcase"))
    let none = try live("--only", "nobody")
    #expect(
      none.diagnostics == ["error: --only: notebooks/sums.md has no cell \"nobody\"; valid ones are count, measure"])
  }

  @Test(arguments: [true, false])
  func aLiveRunHeedsKeepGoing(keepsGoing: Bool) throws {
    let text = try folder.text("notebooks/sums.md").replacing(
      "step: counting\nid: count\nend: 3\nexpect: sum > 0", with: "step: misbehaving")
    try folder.write(text, to: "notebooks/sums.md")
    let end = try keepsGoing ? live("--keep-going", "--fresh") : live("--fresh")
    #expect(end.error.contains(keepsGoing ? " · 2 computed" : " · 1 computed"), "\(end.error)")
  }

  // MARK: Launchers

  /// What a launcher says is neither stored nor published by a later run.
  @Test func whatALauncherSaysIsNotKept() throws {
    try folder.write("#!/bin/sh\necho words of the launcher\nexec \"$@\"\n", to: "launch")
    chmod("\(folder.path)/launch", 0o755)
    let (outputs, state) = (folder.files("outputs"), folder.files(".nbrun/cache"))
    let environment = ["NBRUN_WORKER": "\(folder.path)/launch"]
    let end = try folder.run(.testWorker, ["notebooks/sums.md", "--fresh", "--verbose"], environment: environment)
    #expect(end.status == .exited(0) && end.error.contains("words of the launcher"), "\(end.error)")
    #expect(folder.files("outputs") == outputs)
    #expect(folder.files(".nbrun/cache") == state && folder.files(".nbrun/checkpoints").isEmpty)
    let name = try #require(scratch().first)
    #expect(name.hasPrefix("NBRUN_WORKER="))
    #expect(try folder.text(".nbrun/scratch/\(name)/sums/README.md").contains("words of the launcher"))
    #expect(try alterations(in: ".nbrun/scratch/\(name)/sums/results.json") == ["NBRUN_WORKER=\(folder.path)/launch"])

    // Nothing was stored although nothing had been there before, either.
    try folder.write(folder.text("notebooks/sums.md").replacing("end: 3", with: "end: 6"), to: "notebooks/sums.md")
    #expect(try folder.run(.testWorker, ["notebooks/sums.md"], environment: environment).status == .exited(0))
    #expect(folder.files(".nbrun/cache") == state && folder.files(".nbrun/checkpoints").isEmpty)
    let plain = try folder.run(.testWorker, ["notebooks/sums.md"])
    #expect(plain.error.contains("1 computed"), "\(plain.error)")
    for (file, bytes) in folder.files("outputs") {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("words of the launcher"), "\(file)")
    }
  }

  /// A checkpoint that a launched worker wrote is not gone on from, and one of a plain run stays.
  @Test func aLaunchedRunLeavesCheckpointsAlone() throws {
    try folder.write("#!/bin/sh\necho words of the launcher\nexec \"$@\"\n", to: "launch")
    chmod("\(folder.path)/launch", 0o755)
    let environment = ["NBRUN_WORKER": "\(folder.path)/launch"]
    try folder.writeNotebook("notebooks/long.md", "step: counting", "end: 20", "kills-itself-at: 12")
    #expect(try folder.run(.testWorker, ["notebooks/long.md"], environment: environment).status == .exited(1))
    #expect(folder.files(".nbrun/checkpoints").isEmpty)
    #expect(try folder.run(.testWorker, ["notebooks/long.md"]).status == .exited(1))
    let kept = folder.files(".nbrun/checkpoints")
    #expect(!kept.isEmpty)
    #expect(try folder.run(.testWorker, ["notebooks/long.md"], environment: environment).status == .exited(1))
    #expect(folder.files(".nbrun/checkpoints") == kept)
    let end = try folder.run(.testWorker, ["notebooks/long.md"])
    #expect(end.status == .exited(0) && end.error.contains("goes on from its checkpoint"), "\(end.error)")
    #expect(!(try folder.text("outputs/long/README.md")).contains("words of the launcher"))
  }
}
