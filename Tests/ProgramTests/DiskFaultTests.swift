import Foundation
import Testing

/// A full disk, a folder that cannot be written, a cache that goes away or lies: one clear line, the old outputs intact, nothing
/// lost.
@Suite struct DiskFaultTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.writeNotebook("notebooks/count.md", "step: counting", "id: count", "end: 40", "interval: 5", "pause: 10")
  }

  private func run(_ arguments: String...) throws -> ProgramEnd {
    try folder.run(.testWorker, ["notebooks/count.md"] + arguments)
  }

  private func edit() throws {
    let text = try folder.text("notebooks/count.md")
    try folder.write(text.replacing("Prose.", with: "Other prose."), to: "notebooks/count.md")
  }

  // MARK: Full disks

  @Test(arguments: [0, 4096, 3 * 4096])
  func aFullDiskUnderTheOutputsLeavesTheOldReport(room: Int) throws {
    guard let disk = SmallDisk(on: "\(folder.path)/outputs", bytes: 1 << 20) else { return }
    #expect(try run().status == .exited(0))
    let old = folder.files("outputs")
    try edit()
    disk.fill(leaving: room)
    let end = try run()
    #expect(end.status != .exited(0))
    #expect(end.diagnostics.count == 1, "\(end.error)")
    #expect(end.error.contains("cannot write") && end.error.contains("No space left on device"), "\(end.error)")
    disk.free()
    #expect(folder.files("outputs") == old)
    // With room again everything is reused and written.
    let again = try run()
    #expect(again.status == .exited(0) && again.error.contains("reused"), "\(again.error)")
    #expect(try folder.text("outputs/count/README.md").contains("Other prose."))
  }

  /// A training is worth more than its checkpoints and its place in the cache: where there is room for its result but not for
  /// these, it goes on and succeeds, with a warning.
  @Test func aFullDiskUnderTheCacheCostsTheCacheOnly() throws {
    let expected = try resultsElsewhere()
    for name in ["cache", "checkpoints"] {
      guard let disk = SmallDisk(on: "\(folder.path)/.nbrun/\(name)", bytes: 1 << 20) else { return }
      disk.fill()
      let end = try run()
      #expect(try lastingResults(after: end) == expected)
      #expect(end.diagnostics.count == 1 && end.error.contains("warning: "), "\(end.error)")
      #expect(end.error.contains("No space left on device"), "\(end.error)")
      disk.free()
      let again = try run("--fresh")
      #expect(again.diagnostics == [])
      #expect(try lastingResults(after: again) == expected)
    }
  }

  /// Without room even for what the cell gives to others, it fails, with the reason and a report of all that it did; with room
  /// again it succeeds.
  @Test func aFullDiskUnderTheWholeStateFolderIsSaid() throws {
    let expected = try resultsElsewhere()
    guard let disk = SmallDisk(on: "\(folder.path)/.nbrun", bytes: 1 << 20) else { return }
    disk.fill()
    let end = try run()
    #expect(end.status == .exited(1), "\(end.error)")
    #expect(end.error.contains("failed: cannot write") && end.error.contains("No space left on device"), "\(end.error)")
    #expect(end.diagnostics.count == 1 && end.error.contains("no checkpoint could be written"), "\(end.error)")
    let report = try folder.text("outputs/count/report.html")
    #expect(report.contains("count 40") && report.contains("No space left on device"))
    disk.free()
    #expect(try lastingResults(after: run()) == expected)
  }

  /// What a run in another project gives, which shares nothing with this one.
  private func resultsElsewhere() throws -> String {
    try folder.makeProject("elsewhere")
    try folder.write(folder.text("notebooks/count.md"), to: "elsewhere/notebooks/count.md")
    return try lastingResults(
      after: folder.run(.testWorker, ["elsewhere/notebooks/count.md"]), in: "elsewhere/outputs")
  }

  /// The report of a run that succeeded, without what differs from run to run.
  private func lastingResults(after end: ProgramEnd, in outputs: String = "outputs") throws -> String {
    #expect(end.status == .exited(0), "\(end.error)")
    return try folder.text("\(outputs)/count/results.json").components(separatedBy: "\"volatile\"")[0]
  }

  // MARK: Folders that cannot be written

  @Test(arguments: ["outputs", ".nbrun", ""])
  func aReadOnlyFolderIsOneLine(name: String) throws {
    #expect(try run().status == .exited(0))
    try edit()
    let (old, state) = (folder.files("outputs"), folder.files(".nbrun"))
    guard let disk = SmallDisk(readOnly: name.isEmpty ? folder.path : "\(folder.path)/\(name)") else { return }
    let end = try run()
    #expect(end.status == .exited(2), "\(end.error)")
    #expect(end.diagnostics.count == 1 && end.error.contains("Read-only file system"), "\(end.error)")
    #expect(end.error.contains(name.isEmpty ? folder.path : "\(folder.path)/\(name)"), "\(end.error)")
    #expect(folder.files("outputs") == old)
    // What writes nothing works there.
    #expect(try folder.run(.testWorker, ["check", "notebooks"]).status == .exited(0))
    let why = try folder.run(.testWorker, ["why", "notebooks/count.md"])
    #expect(why.status == .exited(1) && why.output.contains("the notebook was edited"), "\(why)")
    if name != "outputs" { #expect(folder.files(".nbrun") == state) }
    _ = consume disk
    #expect(try run().status == .exited(0))
  }

  /// A project that may only be read is verified, and runs all the same where its reports go elsewhere; what is kept between runs is
  /// in the user's folder for caches, and no mark of a project appears anywhere.
  @Test func aReadOnlyProjectIsRunElsewhere() throws {
    try folder.makeProject("checkout")
    try folder.write(folder.text("notebooks/count.md"), to: "checkout/notebooks/count.md")
    #expect(try folder.run(.testWorker, ["checkout/notebooks/count.md"]).status == .exited(0))
    try folder.remove("checkout/.nbrun")
    guard let disk = SmallDisk(readOnly: "\(folder.path)/checkout") else { return }
    let verified = try folder.run(.testWorker, ["verify", "--strict", "checkout/notebooks/count.md"])
    #expect(verified.status == .exited(0), "\(verified)")
    let end = try folder.run(.testWorker, ["checkout/notebooks/count.md", "--output", "reports/mine"])
    #expect(end.status == .exited(0), "\(end.error)")
    #expect(try folder.text("reports/mine/count/README.md").contains("notebooks/count.md"))
    #expect(folder.files("reports").keys.allSatisfy { $0.hasPrefix("mine/") })
    #expect(folder.files(".cache/nbrun/projects").keys.contains { $0.contains("/cache/results/") })
    _ = consume disk
  }

  /// The permissions of another user's folder.
  @Test func anotherUsersFolderIsOneLine() throws {
    guard geteuid() == 0, FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv") else {
      print("skipped: only the superuser can become somebody else, by setpriv")
      return
    }
    chmod(folder.path, 0o755)
    let nobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    let end = try folder.run(.testWorker, ["notebooks/count.md"], wrapper: nobody)
    guard end.status != .exited(126), end.status != .exited(127) else {
      print("skipped: another user cannot start the program in its place: \(end.error)")
      return
    }
    #expect(end.status == .exited(2), "\(end)")
    #expect(end.diagnostics.count == 1 && end.error.contains("Permission denied"), "\(end.error)")
    #expect(folder.files("outputs").isEmpty)
  }

  @Test func aFileInAFoldersPlaceIsOneLine() throws {
    try folder.write("I am a file.", to: "outputs")
    let end = try run()
    #expect(end.status == .exited(2), "\(end)")
    #expect(end.diagnostics.count == 1 && end.error.contains("\(folder.path)/outputs"), "\(end.error)")
    #expect(try folder.text("outputs") == "I am a file.")
  }

  // MARK: The cache

  @Test(arguments: [".nbrun/cache", ".nbrun/checkpoints", ".nbrun"])
  func aCacheRemovedDuringARunCostsNothing(name: String) throws {
    let text = try folder.text("notebooks/count.md") + "\n```nbrun\nstep: doubling\namount: count\n```\n"
    try folder.write(text, to: "notebooks/count.md")
    let expected = try lastingResults(after: run())
    let running = try folder.start(.testWorker, ["notebooks/count.md", "--fresh"])
    let deadline = Date(timeIntervalSinceNow: 20)
    while !folder.files(".nbrun/checkpoints").keys.contains(where: { $0.hasSuffix("manifest") }), Date() < deadline {
      usleep(5_000)
    }
    try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
    let end = try running.wait()
    #expect(try lastingResults(after: end) == expected)
    #expect(try lastingResults(after: run()) == expected)
  }

  @Test func cleaningDuringARunCostsNothing() throws {
    let running = try folder.start(.testWorker, ["notebooks/count.md"])
    usleep(300_000)
    #expect(try folder.run(.testWorker, ["clean"]).status == .exited(0))
    let end = try running.wait()
    #expect(end.status == .exited(0), "\(end.error)")
  }

  @Test func oneFlippedByteIsSaidAndComputedAgain() throws {
    let expected = try lastingResults(after: run())
    let outputs = folder.files("outputs")
    let entry = try #require(folder.files(".nbrun").first { $0.key.hasPrefix("cache/results/") })
    // The last bytes are what later cells would take, and are looked at where one does.
    let end = entry.value.count - 64
    for offset in stride(from: 0, to: end, by: max(1, end / 12)) {
      var bytes = [UInt8](entry.value)
      bytes[offset] ^= 1 << UInt8(offset % 8)
      try folder.write(bytes, to: ".nbrun/\(entry.key)")
      let end = try run("--stable")
      #expect(try lastingResults(after: end) == expected)
      #expect(
        end.diagnostics == ["warning: the stored result of the cell count is damaged; it is computed again"],
        "byte \(offset): \(end.error)")
      #expect(folder.files("outputs") == outputs)
      #expect(try run("--stable").diagnostics == [])
    }
  }
}
