import Foundation
import Testing

@testable import CodeIdentityTool

@Suite final class CodeIdentityToolTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: "identity-\(UUID().uuidString)")

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// Writes a file below the test's folder and returns its path.
  private func file(_ name: String, _ contents: String) throws -> String {
    let url = folder.appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try contents.write(to: url, atomically: true, encoding: .utf8)
    return url.path()
  }

  private func output(_ sources: [String]) throws -> String {
    let path = folder.appending(path: "Output.swift").path()
    try CodeIdentityTool.run([path] + sources)
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func declaresADigest() throws {
    let text = try output(["Layers", try file("a/Affine.swift", "one")])
    #expect(text.wholeMatch(of: /let sourceDigest = "[0-9a-f]{64}"\n/) != nil)
  }

  @Test func neitherPlaceNorOrderMatters() throws {
    let first = try output(["Layers", try file("a/A.swift", "one"), "Layers", try file("a/B.swift", "two")])
    let second = try output(["Layers", try file("b/c/B.swift", "two"), "Layers", try file("b/A.swift", "one")])
    #expect(first == second)
  }

  @Test(arguments: [
    ("Layers", "A.swift", "changed"), ("Layers", "Renamed.swift", "one"), ("Losses", "A.swift", "one"),
  ])
  func moduleNameAndContentsMatter(module: String, name: String, contents: String) throws {
    let before = try output(["Layers", try file("a/A.swift", "one")])
    let after = try output([module, try file("b/\(name)", contents)])
    #expect(before != after)
  }

  @Test func anUnchangedOutputIsLeftUntouched() throws {
    let sources = ["Layers", try file("a/A.swift", "one")]
    _ = try output(sources)
    let path = folder.appending(path: "Output.swift").path()
    let longAgo = Date(timeIntervalSince1970: 1_000_000_000)
    try FileManager.default.setAttributes([.modificationDate: longAgo], ofItemAtPath: path)
    _ = try output(sources)
    let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    #expect(date == longAgo)
  }

  @Test(arguments: [[], ["Output.swift", "Layers"]])
  func refusesHalfAPair(arguments: [String]) {
    #expect(throws: UsageError.self) { try CodeIdentityTool.run(arguments) }
  }
}
