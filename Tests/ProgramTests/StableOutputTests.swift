import Foundation
import NbrunTestSupport
import Testing

/// What is committed stays byte for byte where only times and noise changed, unless one asks for the new ones.
@Suite struct StableOutputTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.writeNotebook("notebooks/test.md", "step: counting", "end: 3", "pause: 1", "expect: sum > 0")
    #expect(try folder.run(.testWorker, ["notebooks/test.md"]).status == .exited(0))
  }

  /// As in a fresh clone: the reports are here, the results are not.
  private func runAnew(_ arguments: String...) throws -> ProgramEnd {
    try FileManager.default.removeItem(atPath: "\(folder.path)/.nbrun")
    let end = try folder.run(.testWorker, ["notebooks/test.md"] + arguments)
    #expect(end.error.contains("1 computed"), "\(end.error)")
    return end
  }

  @Test(arguments: [[], ["--stable"], ["--fresh"]])
  func newTimesChangeNothing(arguments: [String]) throws {
    let before = folder.files("outputs")
    try FileManager.default.removeItem(atPath: "\(folder.path)/.nbrun")
    let end = try folder.run(.testWorker, ["notebooks/test.md"] + arguments)
    #expect(end.status == .exited(0) && end.error.contains("1 computed"), "\(end.error)")
    #expect(folder.files("outputs") == before)
  }

  @Test func newTimesAreWrittenOnRequest() throws {
    let before = folder.files("outputs")
    _ = try runAnew("--no-stable")
    let after = folder.files("outputs")
    #expect(after["test/results.json"] != before["test/results.json"])
    #expect(after.keys.sorted() == before.keys.sorted())
  }

  @Test func aNewNumberIsWritten() throws {
    let before = folder.files("outputs")
    try folder.writeNotebook("notebooks/test.md", "step: counting", "end: 4", "pause: 1", "expect: sum > 0")
    _ = try runAnew()
    #expect(folder.files("outputs")["test/report.html"] != before["test/report.html"])
  }

  @Test func bothAtOnceAreRefused() throws {
    let end = try folder.run(.testWorker, ["notebooks/test.md", "--stable", "--no-stable"])
    #expect(end.status == .exited(2))
    #expect(end.diagnostics == ["error: --stable and --no-stable contradict each other"])
  }
}
