/// A canonical Huffman code (RFC 1951, section 3.2.2) and the tables that decode it.
///
/// Codes of up to ten bits are found in one step in a table; the rare longer ones are found length by length.
struct HuffmanCode: ~Copyable {
  /// The most bits of a code.
  static let maximumLength = 15
  /// The most symbols of a code.
  static let maximumSymbolCount = 288
  private static let tableBits = 10

  /// For each value of the next ten bits: symbol × 16 + length, or 0 where no code of up to ten bits begins like it.
  private let table = UnsafeMutablePointer<UInt16>.allocate(capacity: 1 << tableBits)
  /// The symbols in the order of their codes.
  private let symbols = UnsafeMutablePointer<UInt16>.allocate(capacity: maximumSymbolCount)
  /// How many codes there are of each length.
  private let counts = UnsafeMutablePointer<Int>.allocate(capacity: maximumLength + 1)

  init() {
    table.initialize(repeating: 0, count: 1 << Self.tableBits)
    symbols.initialize(repeating: 0, count: Self.maximumSymbolCount)
    counts.initialize(repeating: 0, count: Self.maximumLength + 1)
  }

  deinit {
    table.deallocate()
    symbols.deallocate()
    counts.deallocate()
  }

  /// How well the code words fill the space of bit strings.
  enum Completeness {
    case complete
    /// Some bit strings begin with no code word.
    case incomplete
    /// There are more code words than bit strings.
    case oversubscribed
  }

  /// Takes on the code whose symbols have these lengths in bits; 0 for a symbol that does not occur.
  mutating func assign(lengths: some Collection<UInt8>) -> Completeness {
    precondition(lengths.count <= Self.maximumSymbolCount, "a code of \(lengths.count) symbols is too large")
    counts.update(repeating: 0, count: Self.maximumLength + 1)
    table.update(repeating: 0, count: 1 << Self.tableBits)
    for length in lengths { counts[Int(length)] += 1 }
    counts[0] = 0

    var spare = 1
    var nextCode = [Int](repeating: 0, count: Self.maximumLength + 1)
    var nextIndex = nextCode
    for length in 1...Self.maximumLength {
      spare = 2 * spare - counts[length]
      if spare < 0 { return .oversubscribed }
      nextCode[length] = 2 * (nextCode[length - 1] + counts[length - 1])
      nextIndex[length] = nextIndex[length - 1] + counts[length - 1]
    }
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let length = Int(length)
      symbols[nextIndex[length]] = UInt16(symbol)
      nextIndex[length] += 1
      enter(symbol: symbol, code: nextCode[length], length: length)
      nextCode[length] += 1
    }
    return spare == 0 ? .complete : .incomplete
  }

  /// Puts a code into the table, at every place that begins with it.
  private mutating func enter(symbol: Int, code: Int, length: Int) {
    guard length <= Self.tableBits else { return }
    var reversed = 0
    for bit in 0..<length { reversed |= (code >> bit & 1) << (length - 1 - bit) }
    for place in stride(from: reversed, to: 1 << Self.tableBits, by: 1 << length) {
      table[place] = UInt16(symbol << 4 | length)
    }
  }

  /// The symbol whose code the bits begin with, and the code's length; nil when there is none.
  @inline(__always)
  func symbol(startOf bits: UInt64) -> (symbol: Int, length: Int)? {
    let entry = Int(table[Int(truncatingIfNeeded: bits & (1 << UInt64(Self.tableBits) - 1))])
    return entry != 0 ? (entry >> 4, entry & 15) : longSymbol(startOf: bits)
  }

  @inline(never)
  private func longSymbol(startOf bits: UInt64) -> (symbol: Int, length: Int)? {
    var code = 0
    var firstCode = 0
    var firstIndex = 0
    for length in 1...Self.maximumLength {
      code |= Int(bits >> UInt64(length - 1) & 1)
      if code - firstCode < counts[length] { return (Int(symbols[firstIndex + code - firstCode]), length) }
      firstIndex += counts[length]
      firstCode = (firstCode + counts[length]) << 1
      code <<= 1
    }
    return nil
  }
}
