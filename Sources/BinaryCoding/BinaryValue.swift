import NbrunPlatform

/// What outputs and checkpoints are stored as: a tree of plain values with one byte form for each.
///
/// Equal values have equal bytes (keys are sorted), numbers keep every bit, and `Data`, which tensors encode as, is stored as
/// it stands.
enum BinaryValue: Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case unsigned(UInt64)
  case double(Double)
  case float(Float)
  case string(String)
  case data(Data)
  case list([BinaryValue])
  case keyed([String: BinaryValue])

  private enum Tag: UInt8 { case null, no, yes, integer, unsigned, double, float, string, data, list, keyed }

  /// The value's bytes, little-endian.
  func write(to pieces: inout BinaryPieces) {
    switch self {
    case .null: pieces.append(Tag.null.rawValue)
    case .bool(let value): pieces.append((value ? Tag.yes : .no).rawValue)
    case .integer(let value): Self.append(.integer, UInt64(bitPattern: value), to: &pieces)
    case .unsigned(let value): Self.append(.unsigned, value, to: &pieces)
    case .double(let value): Self.append(.double, value.bitPattern, to: &pieces)
    case .float(let value): Self.append(.float, UInt64(value.bitPattern), to: &pieces)
    case .string(let value):
      Self.append(.string, UInt64(value.utf8.count), to: &pieces)
      pieces.append(contentsOf: value.utf8)
    case .data(let value):
      Self.append(.data, UInt64(value.count), to: &pieces)
      pieces.append(value)
    case .list(let elements):
      Self.append(.list, UInt64(elements.count), to: &pieces)
      for element in elements { element.write(to: &pieces) }
    case .keyed(let members):
      Self.append(.keyed, UInt64(members.count), to: &pieces)
      for (key, value) in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        BinaryValue.string(key).write(to: &pieces)
        value.write(to: &pieces)
      }
    }
  }

  private static func append(_ tag: Tag, _ word: UInt64, to pieces: inout BinaryPieces) {
    pieces.append(tag.rawValue)
    withUnsafeBytes(of: word.littleEndian) { pieces.append(contentsOf: $0) }
  }

  // MARK: Reading

  /// The value that `bytes` hold.
  /// - Throws: `BinaryFormatError` where they are no such value: they come from files, so nothing about them is trusted.
  static func read(_ bytes: [UInt8]) throws(BinaryFormatError) -> BinaryValue {
    var position = 0
    let value = try read(bytes, at: &position, depth: 0)
    guard position == bytes.count else { throw BinaryFormatError() }
    return value
  }

  private static func read(
    _ bytes: [UInt8], at position: inout Int, depth: Int
  ) throws(BinaryFormatError) -> BinaryValue {
    guard depth < 64, position < bytes.count, let tag = Tag(rawValue: bytes[position]) else {
      throw BinaryFormatError()
    }
    position += 1
    switch tag {
    case .null: return .null
    case .no: return .bool(false)
    case .yes: return .bool(true)
    case .integer: return .integer(Int64(bitPattern: try word(bytes, at: &position)))
    case .unsigned: return .unsigned(try word(bytes, at: &position))
    case .double: return .double(Double(bitPattern: try word(bytes, at: &position)))
    case .float: return .float(Float(bitPattern: UInt32(truncatingIfNeeded: try word(bytes, at: &position))))
    case .string:
      guard let text = String(validating: try run(bytes, at: &position), as: UTF8.self) else {
        throw BinaryFormatError()
      }
      return .string(text)
    case .data: return .data(Data(try run(bytes, at: &position)))
    case .list:
      var elements: [BinaryValue] = []
      for _ in 0..<(try count(bytes, at: &position)) {
        elements.append(try read(bytes, at: &position, depth: depth + 1))
      }
      return .list(elements)
    case .keyed:
      var members: [String: BinaryValue] = [:]
      for _ in 0..<(try count(bytes, at: &position)) {
        guard case .string(let key) = try read(bytes, at: &position, depth: depth + 1) else {
          throw BinaryFormatError()
        }
        members[key] = try read(bytes, at: &position, depth: depth + 1)
      }
      return .keyed(members)
    }
  }

  private static func word(_ bytes: [UInt8], at position: inout Int) throws(BinaryFormatError) -> UInt64 {
    guard bytes.count - position >= 8 else { throw BinaryFormatError() }
    defer { position += 8 }
    return bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt64.self)) }
  }

  /// A count of things that take at least a byte each, so that a false one cannot ask for more than there is.
  private static func count(_ bytes: [UInt8], at position: inout Int) throws(BinaryFormatError) -> Int {
    let count = try word(bytes, at: &position)
    guard count <= UInt64(bytes.count - position) else { throw BinaryFormatError() }
    return Int(count)
  }

  private static func run(_ bytes: [UInt8], at position: inout Int) throws(BinaryFormatError) -> ArraySlice<UInt8> {
    let length = try count(bytes, at: &position)
    defer { position += length }
    return bytes[position..<position + length]
  }
}

/// Stored bytes are not what was stored.
struct BinaryFormatError: Error, Equatable {}
