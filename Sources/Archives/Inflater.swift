/// Decompresses one stream of the DEFLATE format (RFC 1951) at a time, with bounded memory.
struct Inflater: ~Copyable {
  /// How far back a copy may reach.
  private static let windowSize = 32_768
  private static let longestCopy = 258
  /// The lengths that the symbols 257, 258, … start at, and how many further bits say which.
  private static let lengthBases: [Int] = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ]
  private static let lengthBits: [Int] = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  /// The same for the distances.
  private static let distanceBases: [Int] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577,
  ]
  private static let distanceBits: [Int] = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
  ]
  /// The order in which the lengths of the code that codes lengths are given.
  private static let codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private var literals = HuffmanCode()
  private var distances = HuffmanCode()
  /// The window, followed by what has been decompressed since the last delivery.
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 4 * windowSize, alignment: 16)
  private var count = 0
  /// How much of `output` was delivered before.
  private var delivered = 0

  deinit { output.deallocate() }

  /// Decompresses one stream from `input`, handing on the bytes in pieces of at most 128 KB.
  mutating func inflate(_ input: inout BitReader, _ deliver: (UnsafeRawBufferPointer) throws -> Void) throws {
    (count, delivered) = (0, 0)
    var isLast = false
    while !isLast {
      isLast = try input.take(1) == 1
      switch try input.take(2) {
      case 0: try copyStored(&input, deliver)
      case 1:
        assignFixedCodes()
        try decode(&input, deliver)
      case 2:
        try readCodes(&input)
        try decode(&input, deliver)
      default: throw input.error("a block has the reserved type 3")
      }
    }
    try deliverRest(deliver)
  }

  // MARK: Blocks

  private mutating func copyStored(_ input: inout BitReader, _ deliver: (UnsafeRawBufferPointer) throws -> Void) throws
  {
    try input.align()
    let length = try input.take(16)
    guard try input.take(16) == ~length & 0xffff else {
      throw input.error("a stored block's length and its complement do not agree")
    }
    for _ in 0..<length {
      if count == output.count { try makeRoom(deliver) }
      output[count] = UInt8(truncatingIfNeeded: try input.take(8))
      count += 1
    }
  }

  private mutating func decode(_ input: inout BitReader, _ deliver: (UnsafeRawBufferPointer) throws -> Void) throws {
    while true {
      if output.count - count < Self.longestCopy { try makeRoom(deliver) }
      // One refill is enough for a length, a distance and the bits of both: at most 48.
      try input.refill()
      guard let (symbol, length) = literals.symbol(startOf: input.bits) else {
        throw input.error("a bit string is no code")
      }
      try input.drop(length)
      if symbol < 256 {
        output[count] = UInt8(truncatingIfNeeded: symbol)
        count &+= 1
      } else if symbol == 256 {
        return
      } else {
        try copy(symbol - 257, &input)
      }
    }
  }

  /// Repeats what was decompressed before: the length that `lengthSymbol` says, from the distance that follows in `input`.
  @inline(__always)
  private mutating func copy(_ lengthSymbol: Int, _ input: inout BitReader) throws {
    guard lengthSymbol < Self.lengthBases.count else { throw input.error("a length has a reserved code") }
    let length = Self.lengthBases[lengthSymbol] + (try extra(Self.lengthBits[lengthSymbol], &input))
    guard let (symbol, codeLength) = distances.symbol(startOf: input.bits) else {
      throw input.error("a bit string is no distance code")
    }
    try input.drop(codeLength)
    guard symbol < Self.distanceBases.count else { throw input.error("a distance has a reserved code") }
    let distance = Self.distanceBases[symbol] + (try extra(Self.distanceBits[symbol], &input))
    guard distance <= count else { throw input.error("a distance reaches back before the start") }
    if distance >= length {
      let source = UnsafeRawBufferPointer(rebasing: output[count - distance..<count - distance + length])
      UnsafeMutableRawBufferPointer(rebasing: output[count...]).copyMemory(from: source)
    } else {
      // The copy runs into what it writes: that is how a run is written.
      for index in count..<count + length { output[index] = output[index - distance] }
    }
    count += length
  }

  /// The next `width` bits, which the last refill covers.
  @inline(__always)
  private func extra(_ width: Int, _ input: inout BitReader) throws -> Int {
    let value = Int(truncatingIfNeeded: input.bits & (1 &<< UInt64(truncatingIfNeeded: width) &- 1))
    try input.drop(width)
    return value
  }

  // MARK: Codes

  private mutating func assignFixedCodes() {
    let lengths = (0..<288).map { (symbol: Int) -> UInt8 in symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8 }
    _ = literals.assign(lengths: lengths)
    _ = distances.assign(lengths: [UInt8](repeating: 5, count: 32))
  }

  private mutating func readCodes(_ input: inout BitReader) throws {
    let literalCount = try input.take(5) + 257
    let distanceCount = try input.take(5) + 1
    let lengthCount = try input.take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else { throw input.error("a block has too many codes") }

    var lengthLengths = [UInt8](repeating: 0, count: 19)
    for symbol in Self.codeLengthOrder.prefix(lengthCount) { lengthLengths[symbol] = UInt8(try input.take(3)) }
    guard case .complete = literals.assign(lengths: lengthLengths) else {
      throw input.error("the code of the code lengths is not complete")
    }
    let lengths = try readLengths(literalCount + distanceCount, &input)
    guard lengths[256] > 0 else { throw input.error("a block has no code for its end") }
    try check(literals.assign(lengths: lengths[..<literalCount]), lengths[..<literalCount], input)
    try check(distances.assign(lengths: lengths[literalCount...]), lengths[literalCount...], input)
  }

  /// Reads `total` code lengths, which are themselves coded, with runs.
  private func readLengths(_ total: Int, _ input: inout BitReader) throws -> [UInt8] {
    var lengths: [UInt8] = []
    lengths.reserveCapacity(total)
    while lengths.count < total {
      try input.refill()
      guard let (symbol, length) = literals.symbol(startOf: input.bits) else {
        throw input.error("a bit string is no code length")
      }
      try input.drop(length)
      let repeated: (length: UInt8, count: Int)
      switch symbol {
      case 16:
        guard let last = lengths.last else { throw input.error("a repeat comes before any code length") }
        repeated = (last, 3 + (try input.take(2)))
      case 17: repeated = (0, 3 + (try input.take(3)))
      case 18: repeated = (0, 11 + (try input.take(7)))
      default: repeated = (UInt8(symbol), 1)
      }
      guard lengths.count + repeated.count <= total else { throw input.error("there are too many code lengths") }
      lengths.append(contentsOf: repeatElement(repeated.length, count: repeated.count))
    }
    return lengths
  }

  /// Accepts a complete code, and the one incomplete one that is allowed: at most one symbol, of one bit.
  private func check(
    _ completeness: HuffmanCode.Completeness, _ lengths: ArraySlice<UInt8>, _ input: borrowing BitReader
  ) throws {
    switch completeness {
    case .complete: return
    case .incomplete where lengths.reduce(0, { $0 + Int($1) }) <= 1: return
    case .incomplete: throw input.error("a code is not complete")
    case .oversubscribed: throw input.error("a code has more words than fit")
    }
  }

  // MARK: Output

  /// Delivers what is new and keeps the window.
  private mutating func makeRoom(_ deliver: (UnsafeRawBufferPointer) throws -> Void) throws {
    try deliverRest(deliver)
    let kept = min(count, Self.windowSize)
    output.copyMemory(from: UnsafeRawBufferPointer(rebasing: output[count - kept..<count]))
    (count, delivered) = (kept, kept)
  }

  private mutating func deliverRest(_ deliver: (UnsafeRawBufferPointer) throws -> Void) throws {
    if delivered < count { try deliver(UnsafeRawBufferPointer(rebasing: output[delivered..<count])) }
    delivered = count
  }
}
