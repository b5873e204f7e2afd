import NbrunDatasets
import NbrunDiagnostics
import Foundation
import NbrunSteps
import Testing

@testable import NbrunAssignmentSteps

/// Where CIFAR-10 is looked for, and how its files are known.
struct CIFAR10SourceTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cifar-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path(percentEncoded: false))
  }

  /// Makes the dataset's files, full of zeros, the last of them `missing` bytes short.
  private func makeFiles(in folder: String, missing: Int) throws {
    for name in CIFAR10Layout.files {
      let isLast = name == CIFAR10Layout.files.last
      try Data().write(to: URL(filePath: folder + "/" + name))
      let file = try FileHandle(forWritingTo: URL(filePath: folder + "/" + name))
      try file.truncate(atOffset: UInt64(CIFAR10Layout.standard.fileSize - (isLast ? missing : 0)))
      try file.close()
    }
  }

  @Test func findsFilesAndNamesThemByDigest() throws {
    try withFolder { folder in
      let search = DataSearch(folders: [folder], cacheFolder: folder + "/cache")
      #expect(try CIFAR10Source().locate(search) == nil)
      try makeFiles(in: folder, missing: 0)
      let location = try #require(try CIFAR10Source().locate(search))
      #expect(location.folder == folder && location.digests.count == 6)
      #expect(!location.isOriginal && !location.isStandIn)
    }
  }

  @Test func aFileThatIsCutOffIsNamed() throws {
    try withFolder { folder in
      try makeFiles(in: folder, missing: 1)
      let error = #expect(throws: Diagnostic.self) {
        try CIFAR10Source().locate(DataSearch(folders: [folder], cacheFolder: folder + "/cache"))
      }
      #expect(error?.message.contains("test_batch.bin has 30729999 bytes instead of 30730000") == true)
    }
  }

  /// Found before any cell runs, so that the run ends with the status for data that cannot be had.
  @Test func aLabelThatIsNoClassIsNamed() throws {
    try withFolder { folder in
      try makeFiles(in: folder, missing: 0)
      let file = try FileHandle(forWritingTo: URL(filePath: folder + "/data_batch_3.bin"))
      try file.seek(toOffset: 1234 * 3073)
      try file.write(contentsOf: [11])
      try file.close()
      let error = #expect(throws: Diagnostic.self) {
        try CIFAR10Source().locate(DataSearch(folders: [folder], cacheFolder: folder + "/cache"))
      }
      #expect(error?.message.contains("data_batch_3.bin: record 1235 has the label 11, above 9") == true)
    }
  }

  @Test func aFolderThatIsNotThereIsAMistake() {
    let search = DataSearch(folders: ["/no/such/folder"], cacheFolder: "/no/such/cache")
    #expect(throws: (any Error).self) { try CIFAR10Source().locate(search) }
  }

  @Test func theStandInSaysSo() throws {
    let location = try #require(try CIFAR10Source().standIn(in: "/unused"))
    #expect(location.isStandIn && !location.isOriginal && !location.digests.isEmpty)
  }
}
