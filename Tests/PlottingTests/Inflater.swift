/// A plain reader of DEFLATE data without repetitions but runs of one byte (RFC 1951), the referee of the writer: it builds no tables, but
/// compares bit by bit with the canonical code's first codes, as the specification's section 3.2.2 defines them.
struct Inflater {
  private let bytes: [UInt8]
  private var position = 0

  private struct Corrupt: Error {}

  static func inflate(_ bytes: [UInt8]) throws -> [UInt8] {
    var inflater = Inflater(bytes: bytes)
    return try inflater.blocks()
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func bits(_ count: Int) throws -> Int {
    var value = 0
    for bit in 0..<count {
      guard position / 8 < bytes.count else { throw Corrupt() }
      value |= Int(bytes[position / 8] >> UInt8(position % 8) & 1) << bit
      position += 1
    }
    return value
  }

  private mutating func blocks() throws -> [UInt8] {
    var result: [UInt8] = []
    var isLast = false
    while !isLast {
      isLast = try bits(1) == 1
      switch try bits(2) {
      case 0:
        position = (position + 7) / 8 * 8
        let length = try bits(16)
        guard try bits(16) == ~length & 0xFFFF else { throw Corrupt() }
        for _ in 0..<length { result.append(UInt8(try bits(8))) }
      case 2: result += try codedBlock()
      default: throw Corrupt()
      }
    }
    guard (position + 7) / 8 == bytes.count else { throw Corrupt() }
    return result
  }

  private mutating func codedBlock() throws -> [UInt8] {
    let (literals, distances, count) = (try bits(5) + 257, try bits(5) + 1, try bits(4) + 4)
    var lengthLengths = [Int](repeating: 0, count: 19)
    for symbol in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15].prefix(count) {
      lengthLengths[symbol] = try bits(3)
    }
    let lengthCode = try symbolsByLength(lengthLengths)
    let lengths = try (0..<(literals + distances)).map { _ in
      let length = try symbol(lengthCode)
      guard length < 16 else { throw Corrupt() }
      return length
    }
    let code = try symbolsByLength(Array(lengths[..<literals]))
    var result: [UInt8] = []
    while true {
      let symbol = try symbol(code)
      if symbol == 256 { return result }
      if symbol < 256 {
        result.append(UInt8(symbol))
        continue
      }
      // The table of 3.2.5, by its own columns.
      let extra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
      let bases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
      ]
      let length = bases[symbol - 257] + (try bits(extra[symbol - 257]))
      // The only distance is 1, its code a single bit.
      guard Array(lengths[literals...]) == [1], try bits(1) == 0, let last = result.last else { throw Corrupt() }
      result += [UInt8](repeating: last, count: length)
    }
  }

  /// The symbols of a complete code in order, for each length.
  private func symbolsByLength(_ lengths: [Int]) throws -> [[Int]] {
    guard lengths.filter({ $0 > 0 }).reduce(0, { $0 + 1 << (15 - $1) }) == 1 << 15 else { throw Corrupt() }
    return (0...15).map { length in lengths.indices.filter { lengths[$0] == length } }
  }

  /// The next symbol of a canonical code.
  private mutating func symbol(_ symbols: [[Int]]) throws -> Int {
    var (code, first) = (0, 0)
    for length in 1...15 {
      code = code << 1 | (try bits(1))
      if code - first < symbols[length].count { return symbols[length][code - first] }
      first = (first + symbols[length].count) << 1
    }
    throw Corrupt()
  }
}
