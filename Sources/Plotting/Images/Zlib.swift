/// The zlib format (RFC 1950) over DEFLATE (RFC 1951) in stored blocks.
enum Zlib {
  /// `bytes` as a zlib stream.
  static func stream(_ bytes: [UInt8]) -> [UInt8] {
    [0x78, 0x01] + stored(bytes) + bigEndian(Adler32.checksum(bytes))
  }

  /// Blocks that hold their bytes as they are, 65,535 at most in each (RFC 1951, 3.2.4).
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var start = 0
    repeat {
      let end = min(start + 0xFFFF, bytes.count)
      let length = UInt16(end - start)
      result.append(end == bytes.count ? 1 : 0)
      for half in [length, ~length] {
        result += [UInt8(truncatingIfNeeded: half), UInt8(truncatingIfNeeded: half >> 8)]
      }
      result += bytes[start..<end]
      start = end
    } while start < bytes.count
    return result
  }
}

/// The checksum of zlib streams (RFC 1950, 2.2).
enum Adler32 {
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    return high << 16 | low
  }
}
