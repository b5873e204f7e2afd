import NbrunDiagnostics
import Foundation
import Testing

@testable import NbrunRunning

@Suite struct StoredFileTests {
  let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  // MARK: Sealed files

  @Test func sectionsComeBack() throws {
    let sections: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 7, count: 100_000)]
    let path = "\(folder.path)/a/b/sealed"
    try ChecksummedFile.write(sections, to: path, durably: true)
    let opened = try #require(try ChecksummedFile.open(path))
    #expect(try opened.map { try $0.load() } == sections)
    #expect(try ChecksummedFile.open("\(folder.path)/absent") == nil)
  }

  @Test func everyFlippedByteIsNoticed() throws {
    let path = "\(folder.path)/sealed"
    let sections: [[UInt8]] = [Array("metrics".utf8), Array("network".utf8)]
    try ChecksummedFile.write(sections, to: path, durably: false)
    let size = try Data(contentsOf: URL(filePath: path)).count
    for offset in 0..<size {
      try flipByte(offset, of: path)
      #expect(throws: DamagedFile(path: path), "byte \(offset)") {
        for section in try #require(try ChecksummedFile.open(path)) { _ = try section.load() }
      }
      try flipByte(offset, of: path)
    }
  }

  @Test func everyTruncationAndExtensionIsNoticed() throws {
    let path = "\(folder.path)/sealed"
    try ChecksummedFile.write([[1, 2, 3], [4, 5]], to: path, durably: false)
    let whole = try Data(contentsOf: URL(filePath: path))
    for contents in (0..<whole.count).map({ whole.prefix($0) }) + [whole + [0]] {
      try contents.write(to: URL(filePath: path))
      #expect(throws: DamagedFile(path: path), "\(contents.count) bytes") { try ChecksummedFile.open(path) }
    }
  }

  // MARK: Atomic files

  @Test func aFileIsWrittenWholeAndLeavesNothingBeside() throws {
    let path = "\(folder.path)/out/report.html"
    try AtomicFile.write(Data("old".utf8), to: path)
    try AtomicFile.write(Data("new".utf8), to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out") == ["report.html"])
  }

  @Test func equalTextIsNotWrittenAgain() throws {
    let path = "\(folder.path)/report.html"
    #expect(try AtomicFile.update(path, with: "text"))
    #expect(try !AtomicFile.update(path, with: "text"))
    #expect(try AtomicFile.update(path, with: "other"))
  }

  @Test func whatCannotBeWrittenIsSaidInOneLineAndTheOldStands() throws {
    try AtomicFile.write(Data("old".utf8), to: "\(folder.path)/file")
    #expect(throws: Diagnostic.error("cannot write \(folder.path)/file/sub/report.html: Not a directory")) {
      try AtomicFile.write(Data(), to: "\(folder.path)/file/sub/report.html")
    }
    let folderAtItsPlace = "\(folder.path)/taken"
    try FileManager.default.createDirectory(atPath: "\(folderAtItsPlace)/x", withIntermediateDirectories: true)
    #expect(throws: Diagnostic.error("cannot write \(folderAtItsPlace): Is a directory")) {
      try AtomicFile.write(Data("new".utf8), to: folderAtItsPlace)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["file", "taken"])
  }

  @Test func severalFilesAreWrittenAllOrNone() throws {
    let names = ["a", "b", "c"].map { "\(folder.path)/\($0)" }
    let (old, new) = (Data("old".utf8), Data("new".utf8))
    #expect(try AtomicFile.update(names.map { ($0, old) }) == names)
    #expect(try AtomicFile.update([(names[0], old), (names[1], new)]) == [names[1]])
    #expect(throws: Diagnostic.self) {
      try AtomicFile.update([(names[0], new), ("\(names[1])/inside", new), (names[2], new)])
    }
    #expect(try names.map { try String(contentsOfFile: $0, encoding: .utf8) } == ["old", "new", "old"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a", "b", "c"])
  }

  @Test func leftoversOfDeadWritersAreRemoved() throws {
    let folders = ["\(folder.path)/out", "\(folder.path)/out/figures"]
    for folder in folders {
      try AtomicFile.write(Data("kept".utf8), to: "\(folder)/kept")
      try Data("torn".utf8).write(to: URL(filePath: "\(folder)/.nbrun-part-123-4"))
    }
    AtomicFile.removeLeftovers(below: folders[0])
    for folder in folders {
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/.nbrun-part-123-4"))
      #expect(FileManager.default.fileExists(atPath: "\(folder)/kept"))
    }
  }

  // MARK: Locks

  @Test func oneRunHasAnOutputFolderAtATime() throws {
    let state = "\(folder.path)/.nbrun"
    var lock: RunLock? = try RunLock(outputFolder: "outputs", stateFolder: state)
    let refusal = Diagnostic.error(
      "outputs is in use: the process \(getpid()) is running there; wait for it, or choose another --output")
    #expect(throws: refusal) { _ = try RunLock(outputFolder: "outputs", stateFolder: state) }
    _ = try RunLock(outputFolder: "elsewhere", stateFolder: state)
    withExtendedLifetime(lock) {}
    lock = nil
    _ = try RunLock(outputFolder: "outputs", stateFolder: state)
    #expect(folder.stateFiles("locks").isEmpty, "a released lock leaves no file")
  }

  @Test func aDeadProcessHoldsNothing() throws {
    let path = "\(folder.path)/lock"
    // What a killed process leaves: its file, and no lock on it.
    try Data("99999\n".utf8).write(to: URL(filePath: path))
    guard case .acquired = try FileLock.tryAcquire(path) else {
      Issue.record("the lock of a dead process was respected")
      return
    }
  }
}
