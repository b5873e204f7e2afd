import NbrunDigests
import Foundation
import Testing

@Suite struct DigestTests {
  let digest = SHA256.digest(of: "abc")

  @Test func bytesFollowTheDigits() {
    #expect(digest.bytes.count == 32)
    #expect(digest.bytes.prefix(4) == [0xba, 0x78, 0x16, 0xbf])
    #expect(digest.bytes.suffix(2) == [0x15, 0xad])
  }

  @Test func digitsAreReadBack() {
    #expect(Digest(hexadecimal: digest.description) == digest)
    #expect(Digest(hexadecimal: digest.description.uppercased()) == digest)
  }

  @Test(arguments: ["", "ba78", String(repeating: "g", count: 64), String(repeating: "0", count: 65), "é"])
  func anythingElseIsNoDigest(text: String) {
    #expect(Digest(hexadecimal: text) == nil)
  }

  @Test func encodesAsText() throws {
    let json = try JSONEncoder().encode([digest])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(digest)\"]")
    #expect(try JSONDecoder().decode([Digest].self, from: json) == [digest])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([Digest].self, from: Data("[\"ba78\"]".utf8)) }
  }
}
