import Digests
import Testing

@Suite struct Checksum64Tests {
  @Test(arguments: ReferenceDigest.all)
  func reference(_ reference: ReferenceDigest) {
    #expect(Checksum64(of: pattern(reference.length)).rawValue == reference.checksum)
  }

  @Test func everyFlippedBitIsFound() {
    let bytes = pattern(77)
    let sound = Checksum64(of: bytes)
    for bit in 0..<bytes.count * 8 {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << (bit % 8)
      #expect(Checksum64(of: damaged) != sound)
    }
  }
}
