/// Reads a byte source bit by bit, the least significant bit of each byte first, as RFC 1951 packs them.
struct BitReader: ~Copyable {
  private let source: ByteSource
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// The unread part of the buffer.
  private var position = 0
  private var end = 0
  /// How many bytes were read before those in the buffer.
  private var bytesBefore = 0
  private var isAtEnd = false
  /// The next bits, lowest first. What lies above `bitCount` is either zero or the bits that follow.
  private(set) var bits: UInt64 = 0
  private(set) var bitCount = 0

  init(_ source: ByteSource) { self.source = source }

  deinit { buffer.deallocate() }

  /// The number of whole bytes that were used.
  var offset: Int { bytesBefore + position - bitCount / 8 }

  /// Makes at least 56 bits available, or all that are left.
  @inline(__always)
  mutating func refill() throws {
    if end - position >= 8 {
      let word = UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      bits |= word &<< UInt64(truncatingIfNeeded: bitCount)
      position &+= (63 &- bitCount) &>> 3
      bitCount |= 56
    } else {
      try refillSlowly()
    }
  }

  @inline(never)
  private mutating func refillSlowly() throws {
    while bitCount <= 56 {
      if position == end {
        guard !isAtEnd else { return }
        bytesBefore += end
        (position, end) = (0, 0)
        end = try source.read(buffer)
        isAtEnd = end == 0
        continue
      }
      bits |= UInt64(buffer[position]) << UInt64(bitCount)
      position += 1
      bitCount += 8
    }
  }

  /// Drops `count` bits that `refill` made available. Throws when there were not so many.
  @inline(__always)
  mutating func drop(_ count: Int) throws {
    guard count <= bitCount else { throw truncated }
    bits = bits &>> UInt64(truncatingIfNeeded: count)
    bitCount &-= count
  }

  /// The next `count` bits, at most 32, as a number.
  mutating func take(_ count: Int) throws -> Int {
    if bitCount < count { try refill() }
    let value = Int(truncatingIfNeeded: bits & (1 << UInt64(count) - 1))
    try drop(count)
    return value
  }

  /// Skips to the next whole byte.
  mutating func align() throws { try drop(bitCount % 8) }

  /// Whether no byte is left. Only asked where a byte begins.
  mutating func isFinished() throws -> Bool {
    if bitCount == 0 { try refill() }
    return bitCount == 0
  }

  /// The error of data that end where more must follow.
  private var truncated: ArchiveError {
    ArchiveError(message: "the data end in the middle", layer: .compressed, offset: bytesBefore + end)
  }

  /// What is wrong with the bits that were used last.
  func error(_ message: String) -> ArchiveError { ArchiveError(message: message, layer: .compressed, offset: offset) }
}
