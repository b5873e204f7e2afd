import Foundation
import Testing

@testable import NbrunDigests

@Suite struct SHA256Tests {
  /// FIPS 180-2, appendix B, and the empty message.
  static let standardVectors: [(message: String, digest: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]

  @Test(arguments: standardVectors)
  func standardVector(message: String, digest: String) {
    #expect(SHA256.digest(of: message).description == digest)
    #expect(SHA256.digest(of: Data(message.utf8)).description == digest)
  }

  @Test func aMillionTimesTheLetterA() {
    let digest = SHA256.digest(of: [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
    #expect(digest.description == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func theFixtureIsThere() {
    #expect(ReferenceDigest.all.count == 208)
  }

  @Test(arguments: ReferenceDigest.all)
  func reference(_ reference: ReferenceDigest) {
    #expect(SHA256.digest(of: pattern(reference.length)).description == reference.sha256)
  }

  @Test(arguments: [1, 3, 55, 56, 63, 64, 65, 127, 128, 129, 999])
  func piecesGiveTheSameDigest(size: Int) {
    let message = pattern(5_000)
    var hash = SHA256()
    for start in stride(from: 0, to: message.count, by: size) {
      hash.update(with: message[start..<min(start + size, message.count)])
    }
    #expect(hash.finalize() == SHA256.digest(of: message))
  }

  @Test func aDigestMayBeTakenOnTheWay() {
    var hash = SHA256()
    hash.update(with: "ab")
    let early = hash.finalize()
    let copy = hash
    hash.update(with: "c")
    #expect(early == SHA256.digest(of: "ab"))
    #expect(hash.finalize() == SHA256.digest(of: "abc"))
    #expect(copy.finalize() == early)
  }

  @Test func framedFieldsDoNotRunIntoEachOther() {
    func framed(_ fields: String...) -> Digest {
      var hash = SHA256()
      for field in fields { hash.update(framing: field) }
      return hash.finalize()
    }
    #expect(framed("ab", "c") != framed("a", "bc"))
    #expect(framed("ab", "") != framed("ab"))
    #expect(framed("ab", "c") == framed("ab", "c"))
  }
}
