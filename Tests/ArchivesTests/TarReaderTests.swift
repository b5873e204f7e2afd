import NbrunArchives
import NbrunDigests
import Foundation
import NbrunTestSupport
import Testing

@Suite struct TarReaderTests {
  @Test(arguments: try TarCase.all())
  func readsOrRefuses(_ reference: TarCase) throws {
    let bytes = try decompressed(reference.archive)
    for pieceSize in [1, 100, 512, 513, 1 << 20] {
      if let message = reference.error {
        #expect {
          try entries(ofTar: bytes, pieceSize: pieceSize)
        } throws: {
          ($0 as? ArchiveError)?.message.contains(message) == true
        }
      } else {
        #expect(try entries(ofTar: bytes, pieceSize: pieceSize) == reference.entries)
      }
    }
  }

  @Test func limitsAreExact() throws {
    let tree = try #require(try TarCase.all().first { $0.name == "a small tree, ustar" })
    let bytes = try decompressed(tree.archive)
    #expect(try entries(ofTar: bytes, pieceSize: 512, byteLimit: 3_517, entryLimit: 5).count == 5)
    #expect {
      try entries(ofTar: bytes, pieceSize: 512, byteLimit: 3_516)
    } throws: {
      "\($0)".contains("the files have more than the allowed 3516 bytes")
    }
    #expect {
      try entries(ofTar: bytes, pieceSize: 512, entryLimit: 4)
    } throws: {
      "\($0)".contains("more than the allowed 4 entries")
    }
  }

  @Test func damageNeverCrashes() throws {
    let archives = try TarCase.all().map { try decompressed($0.archive) }.filter { $0.count < 30_000 }
    var random = FuzzGenerator(seed: 3)
    for _ in 0..<fuzzCount(3_000) {
      var bytes = damaged(try #require(archives.randomElement(using: &random)), &random)
      if Bool.random(using: &random) { repairChecksum(of: &bytes) }
      let found = (try? entries(ofTar: bytes, pieceSize: 1_000)) ?? []
      for entry in found {
        #expect(!entry.path.hasPrefix("/") && !entry.path.split(separator: "/").contains(".."))
      }
    }
  }

  /// Makes the first header's checksum right, so that the fuzz test gets beyond it.
  private func repairChecksum(of bytes: inout [UInt8]) {
    guard bytes.count >= 512 else { return }
    bytes.replaceSubrange(148..<156, with: repeatElement(UInt8(ascii: " "), count: 8))
    let digits = String(bytes[..<512].reduce(0) { $0 + Int($1) }, radix: 8)
    bytes.replaceSubrange(148..<155, with: (String(repeating: "0", count: 6 - digits.count) + digits + "\0").utf8)
  }
}
