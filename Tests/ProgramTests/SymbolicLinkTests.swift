import Foundation
import Testing

/// A checkout from a stranger holds a symbolic link where a run writes: nothing outside is written or removed.
@Suite struct SymbolicLinkTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.write("mine\n", to: "elsewhere/precious.txt")
    try folder.write("mine\n", to: "elsewhere/results/precious.txt")
    try folder.makeProject("checkout")
    try folder.writeNotebook("checkout/notebooks/test.md", "step: counting", "id: count", "end: 3")
  }

  private func link(_ place: String, to target: String) throws {
    let path = "\(folder.path)/checkout/\(place)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  /// Runs the program and expects that it refuses in one line, and that what lies elsewhere is as it was.
  private func expectRefusal(_ arguments: [String], place: String, target: String) throws {
    let before = folder.files("elsewhere")
    let end = try folder.run(.testWorker, arguments, below: "checkout")
    #expect(end.status == .exited(2), "\(arguments): \(end.error)")
    #expect(
      end.diagnostics == [
        "error: \(folder.path)/checkout/\(place) is a symbolic link to \(target), and nothing is written or removed "
          + "through a link: remove it; reports may go to another --output"
      ], "\(arguments): \(end.error)")
    #expect(folder.files("elsewhere") == before, "\(arguments)")
    // Links to nowhere are not made into somewhere.
    #expect(folder.names == ["checkout", "elsewhere"])
  }

  @Test(arguments: [
    ("outputs", "../elsewhere"), ("outputs", "../nowhere"), ("outputs/test", "../../elsewhere"),
    ("outputs/test/figures", "../../../elsewhere"),
    ("outputs/test/report.html", "../../../elsewhere/precious.txt"),
  ])
  func aLinkInTheOutputsIsRefused(place: String, target: String) throws {
    try link(place, to: target)
    try expectRefusal(["notebooks/test.md"], place: place, target: target)
    // Another folder has no such link.
    let end = try folder.run(.testWorker, ["notebooks/test.md", "--output", "mine"], below: "checkout")
    #expect(end.status == .exited(0), "\(end.error)")
  }

  @Test(arguments: [
    (".nbrun", "../elsewhere"), (".nbrun/runs", "../../elsewhere"), (".nbrun/cache", "../../elsewhere"),
    (".nbrun/cache/results", "../../../elsewhere"),
    (".nbrun/cache/results/ab/cd", "../../../../../elsewhere/precious.txt"),
    (".nbrun/checkpoints", "../../elsewhere"), (".nbrun/scratch/test", "../../../elsewhere"),
    (".nbrun/locks", "../../nowhere"), (".nbrun/live", "../../elsewhere"),
  ])
  func aLinkInWhatIsKeptBetweenRunsIsRefused(place: String, target: String) throws {
    try link(place, to: target)
    let commands = [
      ["notebooks/test.md"], ["notebooks/test.md", "--set", "count.end=4"], ["notebooks/test.md", "--live"],
    ]
    for arguments in commands + [["verify", "notebooks/test.md"], ["why", "notebooks/test.md"], ["clean"]] {
      try expectRefusal(arguments, place: place, target: target)
    }
  }
}
