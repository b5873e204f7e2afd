/// One 512-byte header block of a tar archive, in the layout of POSIX ustar or of GNU tar.
struct TarHeader {
  static let blockSize = 512

  /// The name as the block has it; a preceding long name replaces it.
  var name: [UInt8]
  /// The number of bytes of contents that follow.
  var size: Int
  /// The character that says what kind of entry it is.
  var type: UInt8

  /// Reads a header. Throws a sentence about the first field that is wrong.
  init(_ block: [UInt8]) throws(FieldError) {
    precondition(block.count == Self.blockSize, "a tar header has \(Self.blockSize) bytes, not \(block.count)")
    let stored = try Self.number(block[148..<156], "checksum")
    let blank = Int(UInt8(ascii: " ")) * 8
    let rest = block[..<148] + block[156...]
    // Some old programs added the bytes up as signed numbers.
    let sums = [rest.reduce(blank) { $0 + Int($1) }, rest.reduce(blank) { $0 + Int(Int8(bitPattern: $1)) }]
    guard sums.contains(stored) else { throw FieldError("the checksum of a header is wrong") }
    type = block[156]
    size = try Self.number(block[124..<136], "size")
    name = Self.text(block[0..<100])
    if Array(block[257..<263]) == Array("ustar\0".utf8) {
      let prefix = Self.text(block[345..<500])
      if !prefix.isEmpty { name = prefix + [UInt8(ascii: "/")] + name }
    }
  }

  /// The bytes up to the first NUL.
  static func text(_ field: some Sequence<UInt8>) -> [UInt8] { Array(field.prefix { $0 != 0 }) }

  /// A number in octal digits, or in GNU tar's binary form for those that need more of them.
  private static func number(_ field: ArraySlice<UInt8>, _ name: String) throws(FieldError) -> Int {
    guard let first = field.first else { throw FieldError("the \(name) in a header is missing") }
    var digits: ArraySlice<UInt8>
    let bitsPerDigit: Int
    if first == 0x80 {
      digits = field.dropFirst()
      bitsPerDigit = 8
    } else {
      let padding: Set<UInt8> = [0, UInt8(ascii: " ")]
      digits = field.drop { padding.contains($0) }.prefix { !padding.contains($0) }
      guard digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "7") ~= $0 }) else {
        throw FieldError("the \(name) in a header is not an octal number")
      }
      digits = ArraySlice(digits.map { $0 - UInt8(ascii: "0") })
      bitsPerDigit = 3
    }
    var value = 0
    for digit in digits {
      guard value <= Int.max >> bitsPerDigit else { throw FieldError("the \(name) in a header is too large") }
      value = value << bitsPerDigit | Int(digit)
    }
    return value
  }

  /// What is wrong with a header.
  struct FieldError: Error {
    var message: String
    init(_ message: String) { self.message = message }
  }
}
