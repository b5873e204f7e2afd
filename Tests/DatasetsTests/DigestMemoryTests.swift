import Datasets
import Digests
import Foundation
import TestSupport
import Testing

@Suite struct DigestMemoryTests {
  let folder: TemporaryFolder
  let memory: DigestMemory

  init() throws {
    folder = try TemporaryFolder()
    memory = DigestMemory(cacheFolder: folder.path("cache"))
  }

  /// Writes a file in place, so that it keeps its inode, and sets its modification time.
  private func write(_ text: String, modified date: Date = Date(timeIntervalSince1970: 1_000_000_000)) throws {
    let path = folder.path("file")
    if let handle = FileHandle(forWritingAtPath: path) {
      try handle.truncate(atOffset: 0)
      try handle.write(contentsOf: Data(text.utf8))
      try handle.close()
    } else {
      try Data(text.utf8).write(to: URL(filePath: path))
    }
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
  }

  private func digest() throws -> Digest? {
    try memory.digests(ofFilesAt: [folder.path("file")]).first
  }

  @Test func anUnchangedFileIsNotReadAgain() throws {
    try write("one")
    #expect(try digest() == SHA256.digest(of: "one"))
    // Other contents behind the same size, time and inode: only a digest that is remembered can still be the old one.
    try write("two")
    #expect(try digest() == SHA256.digest(of: "one"))
  }

  @Test func anotherSizeOrTimeIsSeen() throws {
    try write("one")
    #expect(try digest() == SHA256.digest(of: "one"))
    try write("three")
    #expect(try digest() == SHA256.digest(of: "three"))
    try write("seven", modified: Date(timeIntervalSince1970: 1_000_000_001))
    #expect(try digest() == SHA256.digest(of: "seven"))
  }

  @Test func anotherFileUnderTheNameIsSeen() throws {
    try write("one")
    #expect(try digest() == SHA256.digest(of: "one"))
    // The old file stays, so that its inode cannot be used again.
    try FileManager.default.moveItem(atPath: folder.path("file"), toPath: folder.path("old"))
    try write("two")
    #expect(try digest() == SHA256.digest(of: "two"))
  }

  @Test func aFileThatHasJustChangedIsNotTrusted() throws {
    let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded())
    try write("one", modified: now)
    #expect(try digest() == SHA256.digest(of: "one"))
    try write("two", modified: now)
    #expect(try digest() == SHA256.digest(of: "two"))
  }

  @Test(arguments: ["", "{", "[1]", #"{"/file": {"digest": "abc"}}"#])
  func aDamagedMemoryOnlyCostsTime(text: String) throws {
    try write("one")
    try FileManager.default.createDirectory(atPath: folder.path("cache"), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: folder.path("cache/digests.json")))
    #expect(try digest() == SHA256.digest(of: "one"))
    try write("two")
    #expect(try digest() == SHA256.digest(of: "one"), "the memory was not written anew")
  }

  /// Random edits of a memory's text: what it is taken for is at worst wrong about a file, never a crash, and no digest comes of an
  /// entry that does not fit the file.
  @Test func aMemoryWithRandomEditsIsUsedOrForgotten() throws {
    try write("one")
    let known = try #require(try digest())
    let path = URL(filePath: folder.path("cache/digests.json"))
    let text = [UInt8](try Data(contentsOf: path))
    // Other contents behind the same fingerprint: an entry that is used shows itself.
    try write("two")
    var random = FuzzGenerator(seed: 4)
    var (used, forgotten) = (0, 0)
    for _ in 0..<fuzzCount(500) {
      let edited = damaged(text, &random)
      try Data(edited).write(to: path)
      let found = try #require(try digest())
      if found == SHA256.digest(of: "two") { forgotten += 1 } else { used += 1 }
      // What is neither of the files' digests was read from the memory as it stands there.
      let stands = String(decoding: edited, as: UTF8.self).lowercased().contains(found.description)
      #expect(found == SHA256.digest(of: "two") || found == known || stands)
    }
    #expect(used > 0 && forgotten > 0)
  }

  @Test func aMemoryThatCannotBeWrittenOnlyCostsTime() throws {
    try write("one")
    try Data().write(to: URL(filePath: folder.path("cache")))
    #expect(try digest() == SHA256.digest(of: "one"))
  }

  @Test func aMissingFileIsSaid() {
    #expect(throws: DatasetError.unreadable(path: "/no/such/file", reason: "No such file or directory")) {
      try memory.digests(ofFilesAt: ["/no/such/file"])
    }
  }
}
