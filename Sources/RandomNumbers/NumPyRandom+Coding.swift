import NbrunPlatform

extension NumPyRandom: Codable {
  private enum CodingKeys: String, CodingKey {
    case words, position, spare
  }

  /// Reads a generator that continues exactly where the encoded one stood; a state that no generator can be in is a `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let bytes = try container.decode(Data.self, forKey: .words)
    let position = try container.decode(Int.self, forKey: .position)
    guard
      bytes.count == 4 * MersenneTwister.wordCount,
      let twister = MersenneTwister(words: Self.words(in: bytes), position: position)
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .words, in: container, debugDescription: "not the state of a random generator")
    }
    self.twister = twister
    spare = try container.decodeIfPresent(UInt64.self, forKey: .spare).map(Double.init(bitPattern:))
  }

  /// Writes the whole state: the words as little-endian bytes, the spare as its bit pattern, so that no encoder rounds it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Self.bytes(of: twister.words), forKey: .words)
    try container.encode(twister.position, forKey: .position)
    try container.encodeIfPresent(spare?.bitPattern, forKey: .spare)
  }

  private static func bytes(of words: [UInt32]) -> Data {
    words.map(\.littleEndian).withUnsafeBytes { Data($0) }
  }

  private static func words(in bytes: Data) -> [UInt32] {
    bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count - 3, by: 4).map {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
      }
    }
  }
}
