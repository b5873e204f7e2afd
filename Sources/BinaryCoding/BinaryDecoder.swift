import NbrunPlatform

/// Reads what `BinaryEncoder` wrote.
package enum BinaryDecoder {
  /// The value that `bytes` hold.
  /// - Throws: an error where they hold no value of this type: they come from files, so nothing about them is trusted.
  package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    try TreeDecoder(value: BinaryValue.read(bytes), codingPath: []).decode(Value.self)
  }
}

private struct TreeDecoder: Decoder, SingleValueDecodingContainer {
  let value: BinaryValue
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if Value.self == Data.self {
      guard case .data(let data) = value, let result = data as? Value else { throw mismatch(type) }
      return result
    }
    return try Value(from: self)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .keyed(let members) = value else { throw mismatch([String: Any].self) }
    return KeyedDecodingContainer(KeyedBranch(members: members, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    // An empty value's container was never touched, so it was stored as having no members.
    if case .keyed(let members) = value, members.isEmpty { return UnkeyedBranch(elements: [], codingPath: codingPath) }
    guard case .list(let elements) = value else { throw mismatch([Any].self) }
    return UnkeyedBranch(elements: elements, codingPath: codingPath)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

  func mismatch(_ type: Any.Type) -> DecodingError {
    .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "the stored value has another type"))
  }

  func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
    let result: Value? =
      switch value {
      case .integer(let value): Value(exactly: value)
      case .unsigned(let value): Value(exactly: value)
      default: nil
      }
    guard let result else { throw mismatch(type) }
    return result
  }

  // MARK: A single value

  func decodeNil() -> Bool { value == .null }

  func decode(_ type: Bool.Type) throws -> Bool {
    if case .bool(let value) = value { value } else { throw mismatch(type) }
  }

  func decode(_ type: String.Type) throws -> String {
    if case .string(let value) = value { value } else { throw mismatch(type) }
  }

  func decode(_ type: Double.Type) throws -> Double {
    if case .double(let value) = value { value } else { throw mismatch(type) }
  }

  func decode(_ type: Float.Type) throws -> Float {
    if case .float(let value) = value { value } else { throw mismatch(type) }
  }

  func decode(_ type: Int.Type) throws -> Int { try integer(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
}

private struct UnkeyedBranch: UnkeyedDecodingContainer {
  let elements: [BinaryValue]
  let codingPath: [any CodingKey]
  var currentIndex = 0
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  private mutating func next() throws -> TreeDecoder {
    guard !isAtEnd else {
      throw DecodingError.dataCorrupted(.init(codingPath: codingPath, debugDescription: "the stored list is too short"))
    }
    defer { currentIndex += 1 }
    return TreeDecoder(value: elements[currentIndex], codingPath: codingPath)
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, elements[currentIndex] == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().decode(type) }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
  mutating func superDecoder() throws -> any Decoder { try next() }
}

private struct KeyedBranch<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let members: [String: BinaryValue]
  let codingPath: [any CodingKey]
  var allKeys: [Key] { members.keys.sorted().compactMap(Key.init(stringValue:)) }
  func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try member(key.stringValue).value == .null }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try member(key.stringValue).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<
    Nested
  > { try member(key.stringValue).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try member(key.stringValue).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try member("super") }
  func superDecoder(forKey key: Key) throws -> any Decoder { try member(key.stringValue) }

  private func member(_ key: String) throws -> TreeDecoder {
    guard let value = members[key] else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: codingPath, debugDescription: "the stored value has no member \"\(key)\""))
    }
    return TreeDecoder(value: value, codingPath: codingPath)
  }
}
