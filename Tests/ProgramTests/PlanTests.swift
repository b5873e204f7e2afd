import Foundation
import NbrunJSONValues
import NbrunTestSupport
import Testing

/// `nbrun plan`: what a scheduler needs to know of a notebook.
@Suite struct PlanTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.write(
      """
      ---
      seed: 7
      ---

      ```nbrun
      step: counting
      id: count
      end: 3
      ```

      ```nbrun
      step: doubling
      id: double
      amount: count
      seed: 8
      ```

      ```nbrun
      step: reading-data
      id: flowers
      after: double
      ```

      """, to: "notebooks/a b.md")
  }

  private func plan(_ arguments: String...) throws -> [JSONValue] {
    let end = try folder.run(.testWorker, ["plan", "notebooks/a b.md"] + arguments)
    #expect(end.status == .exited(0) && end.error.isEmpty, "\(end)")
    return try #require(try JSONParser.parse(Array(end.output.utf8)).value.elements)
  }

  private func texts(_ member: String, of cell: JSONValue) -> [String]? {
    cell[member]?.elements?.compactMap(\.text)
  }

  @Test func eachCellSaysWhatItNeedsAndHowItIsComputed() throws {
    let cells = try plan()
    #expect(cells.map { $0["id"]?.text } == ["count", "double", "flowers"])
    #expect(cells.map { $0["step"]?.text } == ["counting", "doubling", "reading-data"])
    #expect(cells.map { texts("needs", of: $0) } == [[], ["count"], ["double"]])
    #expect(cells.map { texts("data", of: $0) } == [[], [], ["flowers"]])
    #expect(cells.map { $0["seed"] } == [.integer(7), .integer(8), .integer(7)])
    #expect(cells.allSatisfy { $0["cached"] == .bool(false) && $0["seconds"] == .null })
    #expect(cells.map { $0["key"] == .null } == [false, false, true], "the data are not here")
    let members = [
      "cached", "command", "data", "id", "key", "needs", "notebook", "seconds", "seed", "step",
    ]
    #expect(cells.allSatisfy { $0.members.map { $0.keys.sorted() } == members })
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let guide = try String(contentsOf: tests.appending(path: "../../notebooks/guide/runs.md"), encoding: .utf8)
    for member in members { #expect(guide.contains("`\(member)`"), "the guide says what \(member) is") }
  }

  @Test func itsCommandComputesTheCellThatItThenFindsStored() throws {
    let before = folder.files()
    let words = try #require(texts("command", of: try plan("--set", "count.end=4", "--seed", "9")[1]))
    #expect(
      words == ["TestWorker", "notebooks/a b.md", "--only", "double", "--set", "count.end=4", "--seed", "9"])
    #expect(folder.files("notebooks").count == 1 && !folder.names.contains("outputs"))
    #expect(try folder.run(.testWorker, Array(words.dropFirst())).status == .exited(0))
    #expect(
      try plan("--set", "count.end=4", "--seed", "9").map { $0["cached"] } == [.bool(true), .bool(true), .bool(false)])
    #expect(try plan().map { $0["cached"] } == [.bool(false), .bool(false), .bool(false)])
    #expect(before["notebooks/a b.md"] == folder.files()["notebooks/a b.md"])
  }

  @Test func theCommittedReportSaysHowLongACellTakes() throws {
    try folder.write("petals", to: "data/petals.bin")
    #expect(try folder.run(.testWorker, ["notebooks", "--data", "data"]).status == .exited(0))
    let before = folder.files()
    let cells = try plan("--data", "data")
    #expect(folder.files() == before)
    #expect(cells.allSatisfy { $0["cached"] == .bool(true) && ($0["seconds"]?.double ?? -1) >= 0 })
    #expect(texts("command", of: cells[2])?.suffix(2) == ["--data", "data"])
  }

  @Test func onlyJSONIsOffered() throws {
    let end = try folder.run(.testWorker, ["plan", "notebooks/a b.md", "--format", "yaml"])
    #expect(end.status == .exited(2) && end.diagnostics == ["error: --format takes json, not \"yaml\""])
    #expect(try plan("--format", "json").count == 3)
  }
}
