import Foundation
import Testing
import NbrunToolchain

@testable import NbrunCodeIdentityTool

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

  /// A compiler that prints `text` when it is asked for its version, and fails otherwise.
  private func compiler(printing text: String = "Swift version 6.3.1 (swift-6.3.1-RELEASE)\n") throws -> String {
    let path = try file("bin/swiftc", "#!/bin/sh\ntest \"$1\" = --version || exit 1\ncat <<'END'\n\(text)\nEND\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  private func output(_ sources: [String], compiler: String? = nil) throws -> String {
    let path = folder.appending(path: "Output.swift").path()
    try CodeIdentityTool.run([path, try compiler ?? self.compiler()] + sources)
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func declaresADigestAndTheCompilersVersion() throws {
    let text = try output(["Layers", try file("a/Affine.swift", "one")])
    #expect(
      text.wholeMatch(
        of:
          /let sourceDigest = "[0-9a-f]{64}"\nlet compilerVersion = "Swift version 6\.3\.1 \(swift-6\.3\.1-RELEASE\)"\n/
      )
        != nil)
  }

  @Test(arguments: [
    (
      "Swift version 6.4 (swift-6.4-RELEASE)\nTarget: x86_64-unknown-linux-gnu", "Swift version 6.4 (swift-6.4-RELEASE)"
    ),
    (
      "swift-driver version: 1.127.8 Apple Swift version 6.2 (swiftlang-6.2.0.9.909 clang-1700.3.9.907)\nTarget: arm64",
      "Apple Swift version 6.2 (swiftlang-6.2.0.9.909 clang-1700.3.9.907)"
    ),
    (
      "warning: a note\r\nSwift version 6.5-dev (LLVM 1a2b, Swift 3c4d)\r\n",
      "Swift version 6.5-dev (LLVM 1a2b, Swift 3c4d)"
    ),
  ])
  func theVersionIsTheCompilersOwnText(printed: String, version: String) throws {
    let text = try output([], compiler: try compiler(printing: printed))
    #expect(text.hasSuffix("\nlet compilerVersion = \"\(version)\"\n"), "\(text)")
  }

  /// Neither a compiler that says nothing of itself nor one that is not there gets an identity.
  @Test func aCompilerWithoutAVersionIsRefused() throws {
    let silent = try compiler(printing: "hello")
    #expect(throws: NoVersion.self) { try output([], compiler: silent) }
    #expect(throws: (any Error).self) { try output([], compiler: folder.path() + "none") }
  }

  /// The compiler that this very test was built with said so of itself.
  @Test func theBuildAskedItsCompiler() {
    #expect(Toolchain.compiler.contains(/^(Apple )?Swift version [0-9]+\.[0-9]+/), "\(Toolchain.compiler)")
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

  @Test(arguments: [[], ["Output.swift"], ["Output.swift", "swiftc", "Layers"]])
  func refusesHalfAPair(arguments: [String]) {
    #expect(throws: UsageError.self) { try CodeIdentityTool.run(arguments) }
  }
}
