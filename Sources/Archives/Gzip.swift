import NbrunDigests

/// The gzip file format (RFC 1952): members one after another, each a header, a DEFLATE stream, and its checksum and length.
package enum Gzip {
  private enum Flag {
    static let headerChecksum = 0x02
    static let extraField = 0x04
    static let name = 0x08
    static let comment = 0x10
    static let reserved = 0xe0
  }

  /// Decompresses all members of `source`, handing on the bytes in pieces, with memory that does not depend on its size.
  ///
  /// Throws an `ArchiveError` for anything that is not gzip, is damaged, or decompresses to more than `limit` bytes, and passes on
  /// what the source and `deliver` throw. What was delivered before an error is not to be trusted: the checksum comes last.
  package static func decompress(
    _ source: ByteSource, limit: Int, _ deliver: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var input = BitReader(source)
    var inflater = Inflater()
    var total = 0
    repeat {
      try readHeader(&input)
      let start = total
      var checksum = CRC32()
      try inflater.inflate(&input) { bytes in
        guard bytes.count <= limit - total else {
          throw ArchiveError(
            message: "it decompresses to more than the allowed \(limit) bytes", layer: .archive, offset: limit)
        }
        total += bytes.count
        checksum.update(with: bytes)
        try deliver(bytes)
      }
      try input.align()
      guard try input.take(32) == Int(checksum.value) else {
        throw input.error("the checksum of the decompressed data is wrong")
      }
      guard try input.take(32) == (total - start) & 0xffff_ffff else {
        throw input.error("the length of the decompressed data is wrong")
      }
    } while try anotherMemberFollows(&input)
  }

  private static func readHeader(_ input: inout BitReader) throws {
    var checksum = CRC32()
    func byte(_ input: inout BitReader) throws -> Int {
      let value = try input.take(8)
      withUnsafeBytes(of: UInt8(value)) { checksum.update(with: $0) }
      return value
    }
    guard try byte(&input) == 0x1f, try byte(&input) == 0x8b else { throw input.error("this is not gzip data") }
    guard try byte(&input) == 8 else { throw input.error("the compression method is not DEFLATE") }
    let flags = try byte(&input)
    guard flags & Flag.reserved == 0 else { throw input.error("a reserved flag is set") }
    for _ in 0..<6 { _ = try byte(&input) }  // Time, level, system.
    if flags & Flag.extraField != 0 {
      let length = try byte(&input) | byte(&input) << 8
      for _ in 0..<length { _ = try byte(&input) }
    }
    for text in [Flag.name, Flag.comment] where flags & text != 0 { while try byte(&input) != 0 {} }
    if flags & Flag.headerChecksum != 0 {
      let expected = Int(checksum.value & 0xffff)
      guard try input.take(16) == expected else { throw input.error("the checksum of the header is wrong") }
    }
  }

  /// Whether there is a further member. Zeros at the end are padding, as tapes have it.
  private static func anotherMemberFollows(_ input: inout BitReader) throws -> Bool {
    if try input.isFinished() { return false }
    if input.bits & 0xff != 0 { return true }
    while try !input.isFinished() {
      guard try input.take(8) == 0 else { throw input.error("something follows the padding at the end") }
    }
    return false
  }
}
