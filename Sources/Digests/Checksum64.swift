import NbrunPlatform

/// A 64-bit checksum that finds accidental damage, many times as fast as a digest: XXH64 with seed 0
/// (<https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>).
///
/// It is no protection against somebody who wants two contents to agree; use `SHA256` for that.
package struct Checksum64: Sendable, Hashable, Codable, RawRepresentable {
  /// The checksum as a number.
  package var rawValue: UInt64

  /// The checksum that is the number `rawValue`.
  package init(rawValue: UInt64) { self.rawValue = rawValue }
  /// The checksum of `bytes`, such as an array, `Data` or a raw buffer.
  package init(of bytes: some ContiguousBytes) { self.init(ofPieces: CollectionOfOne(bytes)) }

  /// The checksum of `pieces`, one after another, as if they were one.
  package init(ofPieces pieces: some Sequence<some ContiguousBytes>) {
    var state = State()
    for piece in pieces { piece.withUnsafeBytes { state.update(with: $0) } }
    rawValue = state.finalize()
  }
}

/// The checksum of what has come so far.
private struct State {
  private static let stripe = 32
  private static let prime1: UInt64 = 0x9e37_79b1_85eb_ca87
  private static let prime2: UInt64 = 0xc2b2_ae3d_27d4_eb4f
  private static let prime3: UInt64 = 0x1656_67b1_9e37_79f9
  private static let prime4: UInt64 = 0x85eb_ca77_c2b2_ae63
  private static let prime5: UInt64 = 0x27d4_eb2f_1656_67c5

  // Four independent lanes: the multiplications of one overlap those of the others.
  private var lanes = (prime1 &+ prime2, prime2, UInt64(0), 0 &- prime1)
  private var buffer = BlockBuffer(blockSize: stripe)

  mutating func update(with bytes: UnsafeRawBufferPointer) {
    var lanes = lanes
    buffer.take(bytes) { lanes = Self.mixed(lanes, $0) }
    self.lanes = lanes
  }

  func finalize() -> UInt64 {
    var hash = Self.prime5
    if buffer.byteCount >= Self.stripe {
      let (lane0, lane1, lane2, lane3) = lanes
      hash = Self.rotated(lane0, 1) &+ Self.rotated(lane1, 7) &+ Self.rotated(lane2, 12) &+ Self.rotated(lane3, 18)
      for lane in [lane0, lane1, lane2, lane3] { hash = (hash ^ Self.mixed(0, lane)) &* Self.prime1 &+ Self.prime4 }
    }
    return buffer.pending.withUnsafeBytes { Self.finished(hash &+ buffer.byteCount, $0) }
  }

  /// Takes in what is less than a stripe, and spreads every bit over the whole word.
  private static func finished(_ start: UInt64, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var (hash, offset) = (start, 0)
    while offset + 8 <= bytes.count {
      hash = rotated(hash ^ mixed(0, word(bytes, offset)), 27) &* prime1 &+ prime4
      offset += 8
    }
    if offset + 4 <= bytes.count {
      let half = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
      hash = rotated(hash ^ (UInt64(half) &* prime1), 23) &* prime2 &+ prime3
      offset += 4
    }
    for byte in bytes[offset...] { hash = rotated(hash ^ (UInt64(byte) &* prime5), 11) &* prime1 }
    hash = (hash ^ hash &>> 33) &* prime2
    hash = (hash ^ hash &>> 29) &* prime3
    return hash ^ hash &>> 32
  }

  /// The lanes after whole stripes.
  private static func mixed(
    _ lanes: (UInt64, UInt64, UInt64, UInt64), _ stripes: UnsafeRawBufferPointer
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    var (lane0, lane1, lane2, lane3) = lanes
    for offset in stride(from: 0, to: stripes.count, by: stripe) {
      lane0 = mixed(lane0, word(stripes, offset))
      lane1 = mixed(lane1, word(stripes, offset + 8))
      lane2 = mixed(lane2, word(stripes, offset + 16))
      lane3 = mixed(lane3, word(stripes, offset + 24))
    }
    return (lane0, lane1, lane2, lane3)
  }

  @inline(__always)
  private static func mixed(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotated(lane &+ input &* prime2, 31) &* prime1
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
    word &<< count | word &>> (64 - count)
  }
}
