import Datasets
import Digests
import Foundation
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
