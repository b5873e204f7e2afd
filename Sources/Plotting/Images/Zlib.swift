/// The zlib format (RFC 1950), as a PNG file holds it.
enum Zlib {
  static func stream(_ bytes: [UInt8]) -> [UInt8] {
    [0x78, 0x01] + Deflate.compress(bytes) + bigEndian(Adler32.checksum(bytes))
  }
}

/// The checksum of zlib streams (RFC 1950, 2.2).
enum Adler32 {
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    // The sums of so many bytes do not overflow before they are reduced.
    for start in stride(from: 0, to: bytes.count, by: 5552) {
      for byte in bytes[start..<min(start + 5552, bytes.count)] {
        low &+= UInt32(byte)
        high &+= low
      }
      low %= 65521
      high %= 65521
    }
    return high << 16 | low
  }
}
