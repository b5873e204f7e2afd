import Foundation
import Testing

@testable import NbrunDatasets

/// What is said of data that are not their authors' files.
@Suite struct DataNoteTests {
  @Test(arguments: [
    (
      "# Data\n\nAll images. The pixels come from copies,\nso they differ from the authors' archive: digests do not agree.\n\nMore.",
      "The pixels come from copies, so they differ from the authors' archive: digests do not agree."
    ),
    ("Small `images` for *tests*. 20 of each.", "Small images for tests."),
    ("Title\n=====\n\n```\nnot this. Nor This\n```\nThis is v1.2 of the set", "This is v1.2 of the set"),
    ("Two lines\nof a title\n---\nThe set.\n\n---\n\nMore.", "The set."),
    ("# Only a title", nil), ("", nil),
  ])
  func theTellingSentence(_ readme: String, _ sentence: String?) {
    #expect(DataNote.sentence(of: readme) == sentence)
  }

  @Test func longSentencesAreCut() throws {
    let sentence = try #require(DataNote.sentence(of: String(repeating: "word ", count: 1000)))
    #expect(sentence.count == 400 && sentence.hasSuffix("…"))
  }

  /// A README beside the authors' folder belongs to it; one beside any other folder does not.
  @Test func theReadmeStandsWithTheFiles() throws {
    let folder = try TemporaryFolder()
    for name in ["a/cifar-10-batches-bin", "b/files"] {
      try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
    }
    for name in ["a", "b"] {
      try "Copies.".write(toFile: folder.path("\(name)/README.md"), atomically: true, encoding: .utf8)
    }
    #expect(CIFAR10Files(folder: folder.path("a/cifar-10-batches-bin")).note == "Copies.")
    #expect(CIFAR10Files(folder: folder.path("b/files")).note == nil)
    try "Mine.".write(toFile: folder.path("b/files/README"), atomically: true, encoding: .utf8)
    #expect(CIFAR10Files(folder: folder.path("b/files")).note == "Mine.")
  }
}
