import Foundation

/// A 64-bit checksum that finds accidental damage, many times as fast as a digest: XXH64 with seed 0
/// (<https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>).
///
/// It is no protection against somebody who wants two contents to agree; use `SHA256` for that.
public struct Checksum64: Sendable, Hashable, Codable, RawRepresentable {
  /// The checksum as a number.
  public var rawValue: UInt64

  /// The checksum that is the number `rawValue`.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// The checksum of `bytes`, such as an array, `Data` or a raw buffer.
  public init(of bytes: some ContiguousBytes) {
    rawValue = bytes.withUnsafeBytes(Self.hash)
  }

  private static let prime1: UInt64 = 0x9e37_79b1_85eb_ca87
  private static let prime2: UInt64 = 0xc2b2_ae3d_27d4_eb4f
  private static let prime3: UInt64 = 0x1656_67b1_9e37_79f9
  private static let prime4: UInt64 = 0x85eb_ca77_c2b2_ae63
  private static let prime5: UInt64 = 0x27d4_eb2f_1656_67c5

  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var offset = 0
    var hash = prime5
    if bytes.count >= 32 {
      // Four independent lanes: the multiplications of one overlap those of the others.
      var lane0 = prime1 &+ prime2
      var lane1 = prime2
      var lane2: UInt64 = 0
      var lane3 = 0 &- prime1
      while offset + 32 <= bytes.count {
        lane0 = mixed(lane0, word(bytes, offset))
        lane1 = mixed(lane1, word(bytes, offset + 8))
        lane2 = mixed(lane2, word(bytes, offset + 16))
        lane3 = mixed(lane3, word(bytes, offset + 24))
        offset += 32
      }
      hash = rotated(lane0, 1) &+ rotated(lane1, 7) &+ rotated(lane2, 12) &+ rotated(lane3, 18)
      for lane in [lane0, lane1, lane2, lane3] {
        hash = (hash ^ mixed(0, lane)) &* prime1 &+ prime4
      }
    }
    hash &+= UInt64(bytes.count)
    while offset + 8 <= bytes.count {
      hash = rotated(hash ^ mixed(0, word(bytes, offset)), 27) &* prime1 &+ prime4
      offset += 8
    }
    if offset + 4 <= bytes.count {
      let half = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
      hash = rotated(hash ^ (UInt64(half) &* prime1), 23) &* prime2 &+ prime3
      offset += 4
    }
    for byte in bytes[offset...] {
      hash = rotated(hash ^ (UInt64(byte) &* prime5), 11) &* prime1
    }
    return avalanche(hash)
  }

  @inline(__always)
  private static func mixed(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotated(lane &+ input &* prime2, 31) &* prime1
  }

  /// Spreads every bit over the whole word.
  private static func avalanche(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ word &>> 33) &* prime2
    word = (word ^ word &>> 29) &* prime3
    return word ^ word &>> 32
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
