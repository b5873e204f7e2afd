import NbrunDigests
import Testing

@Suite struct Checksum64Tests {
  @Test(arguments: ReferenceDigest.all)
  func reference(_ reference: ReferenceDigest) {
    #expect(Checksum64(of: pattern(reference.length)).rawValue == reference.checksum)
  }

  @Test func piecesAreAsGoodAsTheWhole() {
    let bytes = pattern(300)
    for size in [1, 7, 31, 32, 33, 100, 299] {
      let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
      #expect(Checksum64(ofPieces: pieces) == Checksum64(of: bytes), "pieces of \(size)")
      #expect(Checksum64(ofPieces: [[]] + pieces + [[]]) == Checksum64(of: bytes), "pieces of \(size), and empty ones")
    }
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
