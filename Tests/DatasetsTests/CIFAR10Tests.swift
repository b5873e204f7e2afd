import NbrunDatasets
import Foundation
import NbrunRandomNumbers
import NbrunTestSupport
import Testing

@Suite struct CIFAR10Tests {
  let folder: TemporaryFolder
  let layout = SmallDataset.layout

  init() throws {
    folder = try TemporaryFolder()
    try SmallDataset.write(to: folder.url)
  }

  private func change(_ name: String, _ edit: (inout Data) -> Void) throws {
    var contents = try Data(contentsOf: folder.url.appending(path: name))
    edit(&contents)
    try contents.write(to: folder.url.appending(path: name))
  }

  @Test func splitsAsTheCourseDoes() throws {
    let data = try CIFAR10(folder: folder.path(), layout: layout)
    #expect(data.training.labels == (0..<90).map { $0 % 10 })
    #expect(data.validation.labels == (90..<100).map { $0 % 10 })
    #expect(data.test.labels == (0..<10).map { $0 % 10 })
    #expect(!data.isStandIn)
    // The first validation image is record 90, the first test image record 100.
    #expect(data.validation.withPixels(at: 0) { $0[1] } == SmallDataset.pixel(1, ofRecord: 90))
    #expect(data.test.withPixels(at: 0) { $0[1] } == SmallDataset.pixel(1, ofRecord: 100))
  }

  @Test func theStandardSplit() {
    let layout = CIFAR10Layout.standard
    #expect((layout.trainingCount, layout.validationCount, layout.testCount) == (49_000, 1_000, 1_000))
    #expect(layout.fileSize == 30_730_000)
  }

  /// Digests printed by `Fixtures/make_reference.py`.
  @Test func meanAndMinibatchesAreNumPys() throws {
    let data = try CIFAR10(folder: folder.path(), layout: layout)
    #expect(digest(of: data.meanImage) == "e30658919d47a647602d8ba569c23f1a8f190d2e28523005b266a211f62efaec")
    var random = NumPyRandom(seed: 231)
    let batch = random.choice(90, count: 50)
    let (doubles, labels) = data.training.minibatch(at: batch, minus: data.meanImage, as: Double.self)
    let (floats, _) = data.training.minibatch(at: batch, minus: data.meanImage, as: Float.self)
    #expect(doubles.shape == [50, 3, 32, 32])
    #expect(digest(of: doubles.elements) == "27cecccf94845ba3ec9fdc4d29d45a1ca7ca24726cbdd2b777293aab4a1fca44")
    #expect(digest(of: floats.elements) == "b95ee77f8b82c3dbf982f1915c4a6508da434a8a18bdcc5e9e35470206f07c27")
    #expect(labels.prefix(10) == [7, 8, 0, 3, 1, 0, 2, 4, 8, 4])
  }

  @Test func aPrefixHasTheFirstImages() throws {
    let data = try CIFAR10(folder: folder.path(), layout: layout)
    #expect(data.validation.prefix(3).labels == [0, 1, 2])
    #expect(data.validation.prefix(99).count == 10)
  }

  @Test(arguments: [(1_000, 1), (3_073 * 19, 20), (0, 1)])
  func aTruncatedFileIsRefused(size: Int, record: Int) throws {
    try change("data_batch_3.bin") { $0 = $0.prefix(size) }
    let path = folder.path("data_batch_3.bin")
    #expect {
      try CIFAR10(folder: folder.path(), layout: layout)
    } throws: {
      "\($0)".hasPrefix(
        "\(path) has \(size) bytes instead of 61460, 20 records of 3073: it ends in record \(record); `nbrun data")
    }
  }

  @Test func aFileThatIsTooLongIsRefused() throws {
    try change("test_batch.bin") { $0.append(0) }
    #expect {
      try CIFAR10(folder: folder.path(), layout: layout)
    } throws: {
      "\($0)".contains("test_batch.bin has 61461 bytes instead of 61460") && "\($0)".contains("goes on after the last")
    }
  }

  @Test(arguments: [(1, 10), (20, 255)])
  func aLabelThatIsNoClassIsRefused(record: Int, label: Int) throws {
    try change("data_batch_5.bin") { $0[(record - 1) * 3_073] = UInt8(label) }
    let path = folder.path("data_batch_5.bin")
    #expect(throws: DatasetError.wrongLabel(path: path, record: record, label: label, classCount: 10)) {
      try CIFAR10(folder: folder.path(), layout: layout)
    }
    #expect(
      DatasetError.wrongLabel(path: "f.bin", record: record, label: label, classCount: 10).description
        .hasPrefix("f.bin: record \(record) has the label \(label), above 9: the file is damaged"))
  }

  @Test func aMissingFileIsNamed() throws {
    try FileManager.default.removeItem(at: folder.url.appending(path: "data_batch_2.bin"))
    #expect {
      try CIFAR10(folder: folder.path(), layout: layout)
    } throws: {
      "\($0)".contains("data_batch_2.bin: No such file or directory; `nbrun data cifar-10` fetches it")
    }
  }

  @Test func aFolderInTheFilesPlaceIsRefused() throws {
    let place = folder.url.appending(path: "data_batch_2.bin")
    try FileManager.default.removeItem(at: place)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    #expect(throws: DatasetError.unreadable(path: place.path(), reason: "it is a folder, not a file")) {
      try CIFAR10(folder: folder.path(), layout: layout)
    }
  }

  /// Random bytes in the files give an error or data, never a crash.
  @Test func noiseIsRefusedOrRead() throws {
    var random = FuzzGenerator(seed: 5)
    var read = 0
    for _ in 0..<fuzzCount(200) {
      let (name, contents) = try #require(SmallDataset.files.randomElement(using: &random))
      var bytes = contents
      for _ in 0..<Int.random(in: 1..<20, using: &random) {
        let isLabel = Int.random(in: 0..<8, using: &random) == 0
        let place =
          isLabel ? 3_073 * Int.random(in: 0..<20, using: &random) : Int.random(in: bytes.indices, using: &random)
        bytes[place] = UInt8.random(in: 0...(isLabel ? 10 : 255), using: &random)
      }
      if Int.random(in: 0..<3, using: &random) == 0 { bytes.removeLast(Int.random(in: bytes.indices, using: &random)) }
      try Data(bytes).write(to: folder.url.appending(path: name))
      if let data = try? CIFAR10(folder: folder.path(), layout: layout) {
        #expect(data.training.labels.allSatisfy { 0...9 ~= $0 })
        read += 1
      }
      try Data(contents).write(to: folder.url.appending(path: name))
    }
    #expect(read > 0)
  }

  /// The development copy, if `NBRUN_DATA` names it: digests printed by `Fixtures/make_reference.py FOLDER`.
  @Test func theRealImagesAreNumPys() throws {
    guard let place = ProcessInfo.processInfo.environment["NBRUN_DATA"] else {
      print("skipped: NBRUN_DATA does not say where CIFAR-10 is")
      return
    }
    let files = try #require(try CIFAR10Files.locate(in: [place], or: folder.path()))
    let first = try #require(
      try files.digests(rememberedIn: DigestMemory(cacheFolder: folder.path()))["data_batch_1.bin"])
    guard "\(first)" == "d0eabe6e416324636195daf2e76372697b18c92b378cedafe2e7670c2542069b" else {
      print("skipped: the reference values are for another copy of CIFAR-10")
      return
    }
    let data = try CIFAR10(folder: files.folder)
    #expect(digest(of: data.meanImage) == "d5281952b2b24a83c2c570436c0916b56a4c20806ae41b8409f9f6996be7f78d")
    var random = NumPyRandom(seed: 231)
    let batch = random.choice(data.training.count, count: 50)
    let (doubles, labels) = data.training.minibatch(at: batch, minus: data.meanImage, as: Double.self)
    let (floats, _) = data.training.minibatch(at: batch, minus: data.meanImage, as: Float.self)
    #expect(digest(of: doubles.elements) == "c4b6f12fefaaaf669353ae93055a22272aa84c2e470ec12f80093878581c9016")
    #expect(digest(of: floats.elements) == "8559e97795bf57d80392cc4f6676e0f41940a11ba8ed33c8f10b7068b7bfff63")
    #expect(labels.prefix(10) == [2, 1, 4, 4, 0, 9, 7, 9, 6, 9])
  }
}
