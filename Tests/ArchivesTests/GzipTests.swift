import NbrunArchives
import NbrunDigests
import Foundation
import NbrunTestSupport
import Testing

@Suite struct GzipTests {
  @Test(arguments: try GzipCase.all())
  func decompresses(_ reference: GzipCase) throws {
    let bytes = try decompressed(reference.archive)
    #expect(bytes.count == reference.length)
    #expect(SHA256.digest(of: bytes).description == reference.digest)
  }

  @Test(arguments: [1, 2, 7, 64, 1000])
  func sourcesMayGiveFewBytesAtATime(size: Int) throws {
    for reference in try GzipCase.all().prefix(25) {
      var rest = Array(reference.archive)[...]
      var bytes: [UInt8] = []
      let source = ByteSource { buffer in
        let count = min(size, rest.count, buffer.count)
        buffer.copyBytes(from: rest.prefix(count))
        rest = rest.dropFirst(count)
        return count
      }
      try Gzip.decompress(source, limit: reference.length) { bytes.append(contentsOf: $0) }
      #expect(SHA256.digest(of: bytes).description == reference.digest)
    }
  }

  /// Each archive of the fixtures, cut at every place (of a long one, at some), is refused.
  @Test(arguments: try GzipCase.all().filter { $0.name != "three members" && $0.name != "padding" })
  func cutDataAreRefused(_ reference: GzipCase) {
    for length in stride(from: 0, to: reference.archive.count, by: max(1, reference.archive.count / 100)) {
      #expect(throws: ArchiveError.self) { try decompressed(reference.archive.prefix(length)) }
    }
  }

  @Test func theLimitIsExact() throws {
    let archive = try #require(try GzipCase.all().first { $0.name == "a long run, level 9" }).archive
    #expect(try decompressed(archive, limit: 300_000).count == 300_000)
    #expect {
      try decompressed(archive, limit: 299_999)
    } throws: {
      "\($0)".contains("more than the allowed 299999 bytes")
    }
  }

  /// A bomb is stopped after the limit, not after it has filled the memory.
  @Test func nothingBeyondTheLimitIsDelivered() throws {
    let archive = try #require(try GzipCase.all().first { $0.name == "a long run, level 9" }).archive
    var delivered = 0
    #expect(throws: ArchiveError.self) {
      try Gzip.decompress(.bytes(Array(archive)), limit: 140_000) { delivered += $0.count }
    }
    #expect(delivered <= 140_000)
  }

  /// Headers and blocks that RFC 1951 and RFC 1952 do not allow, and what is said of them.
  static let wrong: [(bytes: [UInt8], message: String)] = [
    ([], "the data end in the middle"),
    (Array("PK\u{3}\u{4}".utf8), "this is not gzip data"),
    ([0x1f, 0x8b, 7, 0], "the compression method is not DEFLATE"),
    ([0x1f, 0x8b, 8, 0x80], "a reserved flag is set"),
    ([0x1f, 0x8b, 8, 2, 0, 0, 0, 0, 0, 3, 0xff, 0xff], "the checksum of the header is wrong"),
    (header + [0x07], "a block has the reserved type 3"),
    (header + [0x01, 5, 0, 0, 0], "a stored block's length and its complement do not agree"),
    // Fixed codes: distance 1 before anything was written.
    (header + [0x03, 0x02, 0x00], "a distance reaches back before the start"),
    (header + [0x1b, 0x03, 0x00, 0x00], "a length has a reserved code"),
    (header + [0xfd, 0xff, 0xff, 0xff], "a block has too many codes"),
    (header + [0x05, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00], "the code of the code lengths is not complete"),
  ]
  private static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]

  @Test(arguments: wrong)
  func saysWhatIsWrong(bytes: [UInt8], message: String) {
    #expect {
      try decompressed(bytes)
    } throws: { error in
      (error as? ArchiveError)?.message == message
    }
  }

  @Test func aFlippedBitIsFoundByTheChecksum() throws {
    // In a stored block any byte may stand, so only the checksum can tell.
    let archive = try #require(try GzipCase.all().first { $0.name == "random bytes, stored" }).archive
    var bytes = Array(archive)
    bytes[1_000] ^= 0x10
    #expect {
      try decompressed(bytes)
    } throws: {
      "\($0)".hasPrefix("the checksum of the decompressed data is wrong (at byte ")
    }
  }

  @Test func somethingAfterPaddingIsRefused() throws {
    let archive = try #require(try GzipCase.all().first { $0.name == "padding" }).archive
    #expect(throws: ArchiveError.self) { try decompressed(archive + [1]) }
  }

  /// Damaged archives give an error or, where the damage did not matter, what the sound one gives.
  @Test func damageNeverCrashesNorGoesUnnoticed() throws {
    // A whole member repeated is no damage: no archive here is so short that a repeat covers it, or has several members.
    let cases = try GzipCase.all().filter {
      64..<4_000 ~= $0.archive.count && $0.length < 40_000 && $0.name != "three members"
    }
    var random = FuzzGenerator(seed: 1)
    for _ in 0..<fuzzCount(3_000) {
      let reference = try #require(cases.randomElement(using: &random))
      guard let bytes = try? decompressed(damaged(Array(reference.archive), &random), limit: 1 << 20) else { continue }
      #expect(SHA256.digest(of: bytes).description == reference.digest, "\(reference.name)")
    }
  }

  @Test func noiseNeverCrashes() {
    var random = FuzzGenerator(seed: 2)
    for _ in 0..<fuzzCount(3_000) {
      let noise = (0..<Int.random(in: 0...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(throws: ArchiveError.self) { try decompressed(Self.header + noise, limit: 1 << 20) }
    }
  }
}
