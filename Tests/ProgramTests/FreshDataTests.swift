import Foundation
import NbrunTestSupport
import Testing

/// Data whose file was changed, its size and time put back: whoever believes what is remembered of it does not notice; a fresh run
/// and `verify` read it anew.
@Suite struct FreshDataTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.write("# Flowers\n\n```nbrun\nstep: reading-data\n```\n", to: "notebooks/flowers.md")
    try folder.write("petals", to: "data/petals.bin")
    try setTime()
    #expect(try run().status == .exited(0))
    try folder.write("slatep", to: "data/petals.bin")
    try setTime()
  }

  private func setTime() throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: "\(folder.path)/data/petals.bin")
  }

  private func run(_ arguments: String...) throws -> ProgramEnd {
    try folder.run(.testWorker, ["notebooks/flowers.md", "--data", "data"] + arguments)
  }

  @Test func aFreshRunReadsItAnew() throws {
    let before = folder.files("outputs")
    #expect(try run().error.contains("0 computed"))
    #expect(folder.files("outputs") == before)
    #expect(try run("--fresh").status == .exited(0))
    #expect(folder.files("outputs")["flowers/results.json"] != before["flowers/results.json"])
    // From then on everybody knows.
    #expect(try run().error.contains("0 computed"))
    #expect(folder.files("outputs")["flowers/results.json"] != before["flowers/results.json"])
  }

  @Test func verifyReadsItAnew() throws {
    let end = try folder.run(.testWorker, ["verify", "notebooks/flowers.md", "--data", "data", "--strict"])
    #expect(end.status == .exited(1))
    #expect(end.error.contains("petals.bin has the digest"), "\(end.error)")
  }
}
