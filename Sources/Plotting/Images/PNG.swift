import Foundation

/// Portable Network Graphics, as much as small images need ("PNG Specification", third edition, W3C 2025): 8-bit grey or
/// red-green-blue, filtered, and compressed where that makes it smaller.
enum PNG {
  /// A whole PNG file.
  static func encode(_ image: PixelImage) -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let colourType: UInt8 = image.channels == 1 ? 0 : 2
    appendChunk(
      "IHDR",
      bigEndian(UInt32(clamping: image.width)) + bigEndian(UInt32(clamping: image.height)) + [8, colourType, 0, 0, 0],
      to: &file)
    appendChunk("IDAT", Zlib.stream(scanlines(of: image)), to: &file)
    appendChunk("IEND", [], to: &file)
    return file
  }

  /// The file as a `data:` address.
  static func dataAddress(of image: PixelImage) -> String {
    "data:image/png;base64," + Data(encode(image)).base64EncodedString()
  }

  /// The rows from top to bottom, each after a byte that says that it is not filtered.
  private static func scanlines(of image: PixelImage) -> [UInt8] {
    let length = image.width * image.channels
    var result: [UInt8] = []
    result.reserveCapacity((length + 1) * image.height)
    for row in 0..<image.height {
      result.append(0)
      result += image.pixels[(row * length)..<((row + 1) * length)]
    }
    return result
  }

  private static func appendChunk(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
    let body = Array(type.utf8) + data
    file += bigEndian(UInt32(data.count)) + body + bigEndian(CRC32.checksum(body))
  }
}

/// A number's bytes, the most significant first.
func bigEndian(_ value: UInt32) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}

/// The checksum of PNG's chunks (annex D).
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { crc, byte in table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8) }
  }
}
