import Foundation
import NbrunSteps
import Testing

@Suite struct FolderTests {
  /// As a test of a step makes one, without a notebook.
  @Test func itsFilesAreInTheOrderOfTheirBytes() throws {
    let path = NSTemporaryDirectory() + "nbrun-folder-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    for name in ["b/2.txt", "b/c/1.txt", "B.txt", ".hidden", "b/.git/x", "a b.txt"] {
      let file = URL(filePath: "\(path)/\(name)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("four".utf8).write(to: file)
    }
    let files = try Folder(path).files()
    #expect(files.map(\.path) == ["B.txt", "a b.txt", "b/2.txt", "b/c/1.txt"].map { "\(path)/\($0)" })
    #expect(files.map(\.name) == files.map(\.path))
    #expect(throws: (any Error).self) { try Folder("\(path)/gone").files() }
  }
}
