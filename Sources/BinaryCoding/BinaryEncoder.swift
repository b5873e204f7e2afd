import NbrunPlatform

/// Turns a `Codable` value into bytes that depend on the value alone.
package enum BinaryEncoder {
  /// The bytes of `value`.
  package static func encode(_ value: some Encodable) throws -> [UInt8] { try binaryPieces(value).joined }
  /// The bytes of `value` in pieces, in order; large ones are the memory of what `value` holds.
  package static func pieces(_ value: some Encodable) throws -> [Data] { try binaryPieces(value).pieces }

  private static func binaryPieces(_ value: some Encodable) throws -> BinaryPieces {
    var pieces = BinaryPieces()
    try tree(value, codingPath: []).write(to: &pieces)
    return pieces
  }

  fileprivate static func tree(_ value: some Encodable, codingPath: [any CodingKey]) throws -> BinaryValue {
    if let data = value as? Data { return .data(data) }
    let encoder = TreeEncoder(codingPath: codingPath)
    try value.encode(to: encoder)
    return encoder.slot.value
  }
}

/// Where a value is being built; containers of one encoder share it.
private final class Slot {
  private enum Content {
    case value(BinaryValue)
    case list([Slot])
    case keyed([String: Slot])
  }

  private var content = Content.keyed([:])

  var value: BinaryValue {
    switch content {
    case .value(let value): value
    case .list(let slots): .list(slots.map(\.value))
    case .keyed(let slots): .keyed(slots.mapValues(\.value))
    }
  }

  var count: Int {
    if case .list(let slots) = content { slots.count } else { 0 }
  }

  func set(_ value: BinaryValue) { content = .value(value) }

  func becomeList() {
    if case .list = content { return }
    content = .list([])
  }

  func append() -> Slot {
    let slot = Slot()
    if case .list(var slots) = content {
      content = .list([])
      slots.append(slot)
      content = .list(slots)
    } else {
      content = .list([slot])
    }
    return slot
  }

  func member(_ key: String) -> Slot {
    let slot = Slot()
    if case .keyed(var slots) = content {
      content = .keyed([:])
      slots[key] = slot
      content = .keyed(slots)
    } else {
      content = .keyed([key: slot])
    }
    return slot
  }
}

private struct TreeEncoder: Encoder, SingleValueEncodingContainer {
  var codingPath: [any CodingKey]
  var slot = Slot()
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(KeyedTree(codingPath: codingPath, slot: slot))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    slot.becomeList()
    return UnkeyedTree(codingPath: codingPath, slot: slot)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  // MARK: A single value

  mutating func encodeNil() { slot.set(.null) }
  mutating func encode(_ value: Bool) { slot.set(.bool(value)) }
  mutating func encode(_ value: String) { slot.set(.string(value)) }
  mutating func encode(_ value: Double) { slot.set(.double(value)) }
  mutating func encode(_ value: Float) { slot.set(.float(value)) }
  mutating func encode(_ value: Int) { slot.set(.integer(Int64(value))) }
  mutating func encode(_ value: Int8) { slot.set(.integer(Int64(value))) }
  mutating func encode(_ value: Int16) { slot.set(.integer(Int64(value))) }
  mutating func encode(_ value: Int32) { slot.set(.integer(Int64(value))) }
  mutating func encode(_ value: Int64) { slot.set(.integer(value)) }
  mutating func encode(_ value: UInt) { slot.set(.unsigned(UInt64(value))) }
  mutating func encode(_ value: UInt8) { slot.set(.unsigned(UInt64(value))) }
  mutating func encode(_ value: UInt16) { slot.set(.unsigned(UInt64(value))) }
  mutating func encode(_ value: UInt32) { slot.set(.unsigned(UInt64(value))) }
  mutating func encode(_ value: UInt64) { slot.set(.unsigned(value)) }
  mutating func encode(_ value: some Encodable) throws {
    slot.set(try BinaryEncoder.tree(value, codingPath: codingPath))
  }
}

private struct UnkeyedTree: UnkeyedEncodingContainer {
  var codingPath: [any CodingKey]
  let slot: Slot
  var count: Int { slot.count }
  mutating func encodeNil() { slot.append().set(.null) }
  mutating func encode(_ value: some Encodable) throws {
    slot.append().set(try BinaryEncoder.tree(value, codingPath: codingPath))
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(KeyedTree(codingPath: codingPath, slot: slot.append()))
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    let inner = slot.append()
    inner.becomeList()
    return UnkeyedTree(codingPath: codingPath, slot: inner)
  }

  mutating func superEncoder() -> any Encoder { TreeEncoder(codingPath: codingPath, slot: slot.append()) }
}

private struct KeyedTree<Key: CodingKey>: KeyedEncodingContainerProtocol {
  var codingPath: [any CodingKey]
  let slot: Slot

  mutating func encodeNil(forKey key: Key) { slot.member(key.stringValue).set(.null) }
  mutating func encode(_ value: some Encodable, forKey key: Key) throws {
    slot.member(key.stringValue).set(try BinaryEncoder.tree(value, codingPath: codingPath + [key]))
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    KeyedEncodingContainer(KeyedTree<Nested>(codingPath: codingPath + [key], slot: slot.member(key.stringValue)))
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    let inner = slot.member(key.stringValue)
    inner.becomeList()
    return UnkeyedTree(codingPath: codingPath + [key], slot: inner)
  }

  mutating func superEncoder() -> any Encoder { TreeEncoder(codingPath: codingPath, slot: slot.member("super")) }

  mutating func superEncoder(forKey key: Key) -> any Encoder {
    TreeEncoder(codingPath: codingPath, slot: slot.member(key.stringValue))
  }
}
