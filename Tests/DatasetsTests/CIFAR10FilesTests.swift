import NbrunDigests
import Foundation
import Testing

@testable import NbrunDatasets

/// Where the files are looked for, and what is found out about them before anything is computed.
@Suite struct CIFAR10FilesTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func theFolderOrItsParentWillDo() throws {
    let inner = folder.url.appending(path: "data/cifar-10-batches-bin")
    try SmallDataset.write(to: inner)
    for path in [inner.path(), folder.path("data")] {
      #expect(try CIFAR10Files.locate(in: [path], or: folder.path())?.folder == inner.path())
    }
  }

  @Test func theFirstPlaceThatHasItWins() throws {
    for name in ["a", "b", "cache/cifar-10-batches-bin"] {
      try SmallDataset.write(to: folder.url.appending(path: name))
    }
    let (a, b, cache) = (folder.path("a"), folder.path("b"), folder.path("cache"))
    try FileManager.default.createDirectory(atPath: folder.path("empty"), withIntermediateDirectories: false)
    #expect(try CIFAR10Files.locate(in: [a, b], or: cache)?.folder == a)
    #expect(try CIFAR10Files.locate(in: [folder.path("empty"), b], or: cache)?.folder == b)
    #expect(try CIFAR10Files.locate(in: [], or: cache)?.folder == cache + "/cifar-10-batches-bin")
    #expect(try CIFAR10Files.locate(in: [folder.path("empty")], or: "/nowhere") == nil)
  }

  @Test func aMistypedFolderIsSaid() {
    #expect(throws: DatasetError.noSuchFolder(path: "/no/such/folder")) {
      try CIFAR10Files.locate(in: ["/no/such/folder"], or: "/nowhere")
    }
  }

  /// A damaged file is refused whenever its digest is asked for; a good one is checked once.
  @Test func filesAreCheckedBeforeTheirDigestsAreRemembered() throws {
    try SmallDataset.write(to: folder.url)
    let (files, memory) = (CIFAR10Files(folder: folder.path()), DigestMemory(cacheFolder: folder.path("cache")))
    func digests() throws -> [String: Digest] { try files.digests(rememberedIn: memory, layout: SmallDataset.layout) }
    let good = try digests()
    #expect(good.keys.sorted() == CIFAR10Layout.files.sorted())

    let path = folder.path("data_batch_2.bin")
    var bytes = SmallDataset.contents(ofFile: 1)
    bytes[3 * CIFAR10Layout.recordSize] = 10
    try Data(bytes).write(to: URL(filePath: path))
    for _ in 0..<2 {
      #expect(throws: DatasetError.wrongLabel(path: path, record: 4, label: 10, classCount: 10)) { try digests() }
    }
    try Data(bytes.dropLast()).write(to: URL(filePath: path))
    #expect {
      try digests()
    } throws: {
      "\($0)".hasPrefix("\(path) has 61459 bytes instead of 61460, 20 records of 3073: it ends in record 20; ")
    }
    try SmallDataset.write(to: folder.url)
    #expect(try digests() == good)
  }
}
