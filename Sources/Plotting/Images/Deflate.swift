/// DEFLATE (RFC 1951) without its search for repetitions other than runs of one byte: the bytes of small filtered images hardly repeat,
/// but some are much more frequent than others, so a Huffman code of their own is what pays; drawings are mostly paper.
enum Deflate {
  /// `bytes` compressed, or stored as they are where that is no longer.
  static func compress(_ bytes: [UInt8]) -> [UInt8] {
    let coded = huffmanCoded(bytes)
    // The stored form has at least five bytes more than these.
    if coded.count < bytes.count { return coded }
    let stored = stored(bytes)
    return coded.count < stored.count ? coded : stored
  }

  /// Blocks that hold their bytes as they are, 65,535 at most in each (3.2.4).
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
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

  /// One block with a code made for these bytes (3.2.7).
  static func huffmanCoded(_ bytes: [UInt8]) -> [UInt8] {
    let endOfBlock = 256
    let tokens = tokens(bytes)
    var frequencies = [Int](repeating: 0, count: endOfBlock + 1)
    for token in tokens {
      let symbol = Int(token.symbol)
      if symbol >= frequencies.count { frequencies += [Int](repeating: 0, count: symbol + 1 - frequencies.count) }
      frequencies[symbol] += 1
    }
    frequencies[endOfBlock] = 1
    let literals = HuffmanCode(frequencies: frequencies, longest: 15)
    // The last length is that of the only distance code: one bit for a distance of 1, none where there are no runs.
    let lengths = literals.lengths + [frequencies.count > endOfBlock + 1 ? 1 : 0]
    var lengthFrequencies = [Int](repeating: 0, count: 19)
    for length in lengths { lengthFrequencies[length] += 1 }
    let lengthCode = HuffmanCode(frequencies: lengthFrequencies, longest: 7)

    var writer = BitWriter()
    writer.write(1, bits: 1)  // the last block
    writer.write(2, bits: 2)  // with a code of its own
    writer.write(UInt32(literals.lengths.count - 257), bits: 5)
    writer.write(0, bits: 5)
    writer.write(19 - 4, bits: 4)
    for symbol in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] {
      writer.write(UInt32(lengthCode.lengths[symbol]), bits: 3)
    }
    for length in lengths { writer.write(lengthCode, length) }
    for token in tokens {
      writer.write(literals, Int(token.symbol))
      if token.symbol > endOfBlock {
        writer.write(UInt32(token.extra), bits: Int(token.extraBits))
        writer.write(0, bits: 1)
      }
    }
    writer.write(literals, endOfBlock)
    return writer.finished()
  }

  /// A byte, or the length of a run of the byte before.
  private struct Token {
    var symbol: UInt16
    var extra: UInt8 = 0
    var extraBits: UInt8 = 0
  }

  /// Bytes as tokens: a run of five and more is its first byte and how often it comes again (3.2.5).
  private static func tokens(_ bytes: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      let end = endOfRun(in: bytes, from: place)
      tokens.append(Token(symbol: UInt16(byte)))
      var rest = end - place - 1
      while rest >= 4 {
        let length = min(rest, 258)
        tokens.append(run(length))
        rest -= length
      }
      for _ in 0..<rest { tokens.append(Token(symbol: UInt16(byte))) }
      place = end
    }
    return tokens
  }

  /// Where other bytes than that at `start` begin again. Drawings are mostly long runs, so that eight bytes are looked at at a time.
  private static func endOfRun(in bytes: [UInt8], from start: Int) -> Int {
    bytes.withUnsafeBytes { bytes in
      let byte = bytes[start]
      let eight = UInt64(byte) &* 0x0101_0101_0101_0101
      var end = start + 1
      while end + 8 <= bytes.count, bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self) == eight { end += 8 }
      while end < bytes.count, bytes[end] == byte { end += 1 }
      return end
    }
  }

  /// The token of a run's length, from 3 to 258: four symbols for each number of further bits.
  private static func run(_ length: Int) -> Token {
    if length == 258 { return Token(symbol: 285) }
    if length < 11 { return Token(symbol: UInt16(254 + length)) }
    let offset = length - 3
    let bits = offset.bitWidth - offset.leadingZeroBitCount - 3
    return Token(
      symbol: UInt16(257 + 4 * bits + offset >> bits), extra: UInt8(offset & (1 << bits - 1)), extraBits: UInt8(bits))
  }
}

/// A canonical Huffman code (RFC 1951, 3.2.2).
struct HuffmanCode {
  /// The number of bits of each symbol; 0 for one that does not occur.
  let lengths: [Int]
  /// The bits of each symbol, the first to be written the least significant.
  let codes: [UInt32]

  /// The code that makes text with these frequencies shortest, or nearly so where that would need more than `longest`
  /// bits.
  init(frequencies: [Int], longest: Int) {
    var frequencies = frequencies
    // A code needs two symbols to be complete.
    let absent = frequencies.indices.filter { frequencies[$0] == 0 }
    for symbol in absent.prefix(max(0, 2 - (frequencies.count - absent.count))) { frequencies[symbol] = 1 }
    var lengths = Self.lengths(of: frequencies)
    while lengths.contains(where: { $0 > longest }) {
      // Frequencies that differ less make a flatter tree.
      frequencies = frequencies.map { $0 == 0 ? 0 : $0 / 2 + 1 }
      lengths = Self.lengths(of: frequencies)
    }
    var codes = [UInt32](repeating: 0, count: lengths.count)
    var next: UInt32 = 0
    for length in 1...longest {
      for symbol in lengths.indices where lengths[symbol] == length {
        codes[symbol] = Self.reversed(next, bits: length)
        next += 1
      }
      next <<= 1
    }
    self.lengths = lengths
    self.codes = codes
  }

  /// The depth of each symbol in the tree that joins the two least frequent nodes first.
  ///
  /// Joined nodes come out in ascending order, so the two least are always at the front of one of two queues.
  private static func lengths(of frequencies: [Int]) -> [Int] {
    let symbols = frequencies.indices.filter { frequencies[$0] > 0 }
      .sorted { (frequencies[$0], $0) < (frequencies[$1], $1) }
    var weights = symbols.map { frequencies[$0] }
    var parents = [Int](repeating: 0, count: 2 * symbols.count - 1)
    var (leaf, joined) = (0, symbols.count)
    func takeLeast() -> Int {
      if leaf < symbols.count, joined >= weights.count || weights[leaf] <= weights[joined] {
        leaf += 1
        return leaf - 1
      }
      joined += 1
      return joined - 1
    }
    while weights.count < parents.count {
      let (first, second) = (takeLeast(), takeLeast())
      (parents[first], parents[second]) = (weights.count, weights.count)
      weights.append(weights[first] + weights[second])
    }
    // From the root down, each node is one deeper than its parent.
    var depths = [Int](repeating: 0, count: parents.count)
    for node in parents.indices.dropLast().reversed() { depths[node] = depths[parents[node]] + 1 }
    var lengths = [Int](repeating: 0, count: frequencies.count)
    for (node, symbol) in symbols.enumerated() { lengths[symbol] = depths[node] }
    return lengths
  }

  private static func reversed(_ code: UInt32, bits: Int) -> UInt32 {
    (0..<bits).reduce(0) { $0 << 1 | (code >> UInt32($1)) & 1 }
  }
}

/// Bytes written bit by bit, the least significant first.
struct BitWriter {
  private var bytes: [UInt8] = []
  private var pending: UInt32 = 0
  private var pendingBits = 0

  /// Writes the lowest `bits` bits of `value`, 16 at most.
  mutating func write(_ value: UInt32, bits: Int) {
    pending |= value << UInt32(pendingBits)
    pendingBits += bits
    while pendingBits >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingBits -= 8
    }
  }

  mutating func write(_ code: HuffmanCode, _ symbol: Int) { write(code.codes[symbol], bits: code.lengths[symbol]) }
  func finished() -> [UInt8] { pendingBits > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes }
}
