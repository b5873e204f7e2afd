/// Makes a step from prepared `@Parameter` and `@Input` wrappers.
///
/// A step's declarations are read by reflection from a fresh instance, with their defaults and help; its synthesised
/// `init(from:)` then takes each wrapper back by its property's name. (Synthesised `Decodable` alone would ignore defaults.)
enum StepDecoder {
  /// What a step, or a group of parameters, declares, in the order of its declaration.
  static func entries(of declaring: Any) -> [RegisteredStep.Entry] {
    Mirror(reflecting: declaring).children.flatMap { child in
      if let group = child.value as? any DeclaredGroup { return entries(of: group.group) }
      guard let label = child.label, label.hasPrefix("_"), let entry = child.value as? any DeclaredEntry else {
        return []
      }
      return [RegisteredStep.Entry(property: String(label.dropFirst()), entry: entry)]
    }
  }

  /// A step whose wrappers are `entries`.
  static func make<S: Step>(_ step: S.Type, from entries: [String: any DeclaredEntry]) throws -> S {
    try S(from: PreparedDecoder(entries: entries, codingPath: []))
  }
}

/// The wrapper that `StepDecoder` prepared for the property at the decoder's path.
func preparedEntry<Entry: DeclaredEntry>(from decoder: any Decoder) throws -> Entry {
  guard let prepared = decoder as? PreparedDecoder, let key = decoder.codingPath.last,
    let entry = prepared.entries[key.stringValue] as? Entry
  else {
    throw DecodingError.dataCorrupted(
      .init(codingPath: decoder.codingPath, debugDescription: "steps are configured by cells, not decoded from data"))
  }
  return entry
}

/// A decoder that knows only how to hand out prepared wrappers by property name.
private struct PreparedDecoder: Decoder {
  let entries: [String: any DeclaredEntry]
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(PreparedContainer(entries: entries, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw notAWrapper(codingPath) }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw notAWrapper(codingPath) }
}

private struct PreparedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let entries: [String: any DeclaredEntry]
  let codingPath: [any CodingKey]

  var allKeys: [Key] { entries.keys.sorted().compactMap(Key.init(stringValue:)) }
  func contains(_ key: Key) -> Bool { entries[key.stringValue] != nil }
  func decodeNil(forKey key: Key) throws -> Bool { false }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try T(from: PreparedDecoder(entries: entries, codingPath: codingPath + [key]))
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<
    Nested
  > { throw notAWrapper(codingPath + [key]) }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw notAWrapper(codingPath + [key])
  }

  func superDecoder() throws -> any Decoder { throw notAWrapper(codingPath) }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw notAWrapper(codingPath + [key]) }
}

private func notAWrapper(_ path: [any CodingKey]) -> DecodingError {
  let property = path.last?.stringValue ?? "the step"
  return DecodingError.dataCorrupted(
    .init(
      codingPath: path,
      debugDescription: "\(property) is stored in a step but is neither @Parameter, @Parameters nor @Input"))
}
