import NbrunDigests
import NbrunFilePaths
import NbrunPlatform
import Foundation
import Testing

@testable import NbrunArchives

@Suite final class UnpackTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: "unpack-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  private func archive(_ name: String) throws -> [UInt8] {
    Array(try #require(try TarCase.all().first { $0.name == name }).archive)
  }

  @Test func writesFilesAndFolders() throws {
    let tree = try #require(try TarCase.all().first { $0.name == "a small tree, GNU" })
    var told: [Int] = []
    try unpack(gzippedTar: .bytes(Array(tree.archive)), into: folder.path(), byteLimit: 10_000) { told.append($0) }
    #expect(told == told.sorted() && told.last == 10_240)
    for entry in tree.entries {
      let path = folder.appending(path: entry.path).path()
      if let digest = entry.digest {
        #expect(try SHA256.digest(ofFileAt: path).description == digest)
      } else {
        var isFolder: ObjCBool = false
        #expect(FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue)
      }
    }
  }

  @Test(arguments: ["a path that leads out, pax", "an absolute path, GNU", "a symbolic link, ustar"])
  func writesNothingOfAnUnsafeEntry(name: String) throws {
    let inner = folder.appending(path: "inner/deeper")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    #expect(throws: ArchiveError.self) {
      try unpack(gzippedTar: .bytes(self.archive(name)), into: inner.path(), byteLimit: 10_000)
    }
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path()).sorted() == ["inner", "inner/deeper"])
  }

  @Test func replacesNothing() throws {
    try unpack(gzippedTar: .bytes(archive("a small tree, GNU")), into: folder.path(), byteLimit: 10_000)
    #expect(throws: SystemError("cannot create data/a.bin", code: EEXIST)) {
      try unpack(gzippedTar: .bytes(self.archive("a small tree, GNU")), into: self.folder.path(), byteLimit: 10_000)
    }
  }

  @Test func followsNoLink() throws {
    let outside = folder.appending(path: "outside")
    let inside = folder.appending(path: "inside")
    try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(at: inside.appending(path: "readme.txt"), withDestinationURL: outside)
    #expect(throws: SystemError.self) {
      try unpack(gzippedTar: .bytes(self.archive("a small tree, GNU")), into: inside.path(), byteLimit: 10_000)
    }
    #expect(!FileManager.default.fileExists(atPath: outside.path()))
  }

  @Test func tooLargeAnArchiveIsRefused() throws {
    #expect(throws: ArchiveError.self) {
      try unpack(gzippedTar: .bytes(self.archive("a small tree, GNU")), into: self.folder.path(), byteLimit: 100)
    }
  }
}
