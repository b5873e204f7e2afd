/// The 32 bytes of a SHA-256 digest. Written and encoded as 64 lowercase hexadecimal digits.
public struct Digest: Sendable, Hashable {
  /// The digest as eight big-endian words, in the order of the standard.
  let words: SIMD8<UInt32>

  init(words: SIMD8<UInt32>) { self.words = words }

  /// The digest that `text` spells in exactly 64 hexadecimal digits of either case; nil for any other text.
  public init?(hexadecimal text: some StringProtocol) {
    guard text.utf8.count == 64 else { return nil }
    var words = SIMD8<UInt32>()
    for (position, character) in text.utf8.enumerated() {
      guard let digit = Character(Unicode.Scalar(character)).hexDigitValue else { return nil }
      words[position / 8] = words[position / 8] &<< 4 | UInt32(digit)
    }
    self.words = words
  }

  package var bytes: [UInt8] { (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 4] &>> UInt32(24 - $0 % 4 * 8)) } }
}

extension Digest: CustomStringConvertible {
  /// The digest as 64 lowercase hexadecimal digits.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

extension Digest: Codable {
  /// Reads a digest from its 64 hexadecimal digits; anything else is a `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = Digest(hexadecimal: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "“\(text)” is not a SHA-256 digest of 64 hexadecimal digits")
    }
    self = digest
  }

  /// Writes the digest as its 64 hexadecimal digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
