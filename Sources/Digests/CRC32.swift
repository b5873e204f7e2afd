/// The checksum of gzip members (RFC 1952, section 8) and of the chunks of PNG files (annex D): polynomial 0xEDB88320, reflected.
package struct CRC32 {
  /// `tables[k * 256 + b]` is the checksum of the byte b followed by k zeros: eight bytes are taken in at once with eight tables.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var remainder = UInt32(byte)
      for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0xedb8_8320 : 0) }
      tables[byte] = remainder
    }
    for index in 256..<tables.count {
      let shorter = tables[index - 256]
      tables[index] = shorter >> 8 ^ tables[Int(shorter & 0xff)]
    }
    return tables
  }()

  private var remainder = UInt32.max

  /// The checksum of no bytes, to begin with.
  package init() {}

  package static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var checksum = CRC32()
    bytes.withUnsafeBytes { checksum.update(with: $0) }
    return checksum.value
  }

  /// The checksum of the bytes taken in so far.
  package var value: UInt32 { ~remainder }

  /// Takes in `bytes`.
  package mutating func update(with bytes: UnsafeRawBufferPointer) {
    let remainder = self.remainder
    self.remainder = Self.tables.withUnsafeBufferPointer { tables in
      var remainder = remainder
      var offset = 0
      while offset + 8 <= bytes.count {
        let word =
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ UInt64(remainder)
        remainder = 0
        for byte in 0..<8 { remainder ^= tables[(7 - byte) * 256 + Int(word >> UInt64(8 * byte) & 0xff)] }
        offset += 8
      }
      for byte in bytes[offset...] {
        remainder = remainder >> 8 ^ tables[Int(UInt8(truncatingIfNeeded: remainder) ^ byte)]
      }
      return remainder
    }
  }
}
