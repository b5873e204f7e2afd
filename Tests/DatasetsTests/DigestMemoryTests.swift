import NbrunDigests
import Foundation
import NbrunTestSupport
import Testing

@testable import NbrunDatasets

@Suite struct DigestMemoryTests {
  let folder: TemporaryFolder
  let memory: DigestMemory

  init() throws {
    folder = try TemporaryFolder()
    memory = Self.later(folder)
  }

  /// The memory an hour later, when files that were written by now are old.
  private static func later(_ folder: TemporaryFolder, readsAnew: Bool = false) -> DigestMemory {
    DigestMemory(cacheFolder: folder.path("cache"), readsAnew: readsAnew) { Int(Date().timeIntervalSince1970) + 3600 }
  }

  /// What a file that nobody wrote would have: a digest that can only come from the memory.
  private static let planted = SHA256.digest(of: "planted")

  /// Puts another digest into the memory in the place of the file's.
  private func plant() throws {
    let path = URL(filePath: folder.path("cache/digests.json"))
    let text = String(decoding: try Data(contentsOf: path), as: UTF8.self)
    let changed = text.replacing(/[0-9a-f]{64}/, with: Self.planted.description)
    #expect(changed != text)
    try Data(changed.utf8).write(to: path)
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
    try plant()
    #expect(try digest() == Self.planted)
  }

  /// Whoever asks for it gets what the file holds, and the memory is right from then on.
  @Test func aFileIsReadAnewOnRequest() throws {
    try write("one")
    #expect(try digest() == SHA256.digest(of: "one"))
    try plant()
    let anew = try Self.later(folder, readsAnew: true).digests(ofFilesAt: [folder.path("file")])
    #expect(anew == [SHA256.digest(of: "one")])
    #expect(try digest() == SHA256.digest(of: "one"))
  }

  /// Other contents of the same size, the time put back afterwards.
  @Test func aChangeWithItsTimePutBackIsSeen() throws {
    try write("one")
    #expect(try digest() == SHA256.digest(of: "one"))
    // The clock of file systems ticks every few milliseconds: written until it has ticked.
    let before = try changeTime()
    repeat { try write("two") } while try changeTime() == before
    #expect(try digest() == SHA256.digest(of: "two"))
  }

  private func changeTime() throws -> [Int] {
    var status = stat()
    try #require(stat(folder.path("file"), &status) == 0)
    #if canImport(Darwin)
      return [status.st_ctimespec.tv_sec, status.st_ctimespec.tv_nsec]
    #else
      return [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    #endif
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

  /// It could change again before the file system's clock ticks.
  @Test(arguments: [(0, false), (1, false), (2, true)])
  func aFileThatHasJustChangedIsNotRemembered(age: Int, isRemembered: Bool) throws {
    try write("one")
    let written = try changeTime()[0]
    let memory = DigestMemory(cacheFolder: folder.path("cache")) { written + age }
    #expect(try memory.digests(ofFilesAt: [folder.path("file")]) == [SHA256.digest(of: "one")])
    #expect(FileManager.default.fileExists(atPath: folder.path("cache/digests.json")) == isRemembered)
  }

  @Test(arguments: ["", "{", "[1]", #"{"/file": {"digest": "abc"}}"#])
  func aDamagedMemoryOnlyCostsTime(text: String) throws {
    try write("one")
    try FileManager.default.createDirectory(atPath: folder.path("cache"), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: folder.path("cache/digests.json")))
    #expect(try digest() == SHA256.digest(of: "one"))
    try plant()
    #expect(try digest() == Self.planted, "the memory was not written anew")
  }

  /// Random edits of a memory's text: what it is taken for is at worst wrong about a file, never a crash, and no digest comes of an
  /// entry that does not fit the file.
  @Test func aMemoryWithRandomEditsIsUsedOrForgotten() throws {
    try write("one")
    let known = try #require(try digest())
    try plant()
    let path = URL(filePath: folder.path("cache/digests.json"))
    let text = [UInt8](try Data(contentsOf: path))
    var random = FuzzGenerator(seed: 4)
    var (used, forgotten) = (0, 0)
    for _ in 0..<fuzzCount(500) {
      let edited = damaged(text, &random)
      try Data(edited).write(to: path)
      let found = try #require(try digest())
      if found == known { forgotten += 1 } else { used += 1 }
      // What is not the file's digest was read from the memory as it stands there.
      let stands = String(decoding: edited, as: UTF8.self).lowercased().contains(found.description)
      #expect(found == known || stands)
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
