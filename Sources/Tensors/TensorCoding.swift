import NbrunPlatform

/// A tensor is coded as its shape and its elements' bytes, little-endian as on every processor that there is a variant for: exact,
/// and never a decimal number.
extension Tensor: Codable {
  private enum CodingKeys: CodingKey { case type, shape, elements }

  /// Decodes a tensor, which the calling thread computes with until `on` says otherwise; bytes that do not fill its shape, or of another type, are refused.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let type = try container.decode(String.self, forKey: .type)
    let shape = try container.decode(Shape.self, forKey: .shape)
    let data = try container.decode(Data.self, forKey: .elements)
    let (byteCount, overflow) = shape.elementCount.multipliedReportingOverflow(by: MemoryLayout<Scalar>.stride)
    guard type == Scalar.typeName, !overflow, data.count == byteCount else {
      throw DecodingError.dataCorruptedError(
        forKey: .elements, in: container,
        debugDescription: "\(data.count) bytes of \(type) are no \(Scalar.typeName) tensor of shape \(shape)")
    }
    self.init(unsafeUninitialized: shape, on: .serial)
    data.copyBytes(to: UnsafeMutableRawBufferPointer(unsafeMutableElements))
  }

  /// Encodes type, shape and bytes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Scalar.typeName, forKey: .type)
    try container.encode(shape, forKey: .shape)
    try container.encode(sharedBytes, forKey: .elements)
  }

  /// The bytes to encode: the elements themselves, which live as long as the data does. For reading only.
  private var sharedBytes: Data {
    let storage = storage
    guard count > 0 else { return Data() }
    return Data(
      bytesNoCopy: storage.pointer, count: count * MemoryLayout<Scalar>.stride,
      deallocator: .custom { _, _ in withExtendedLifetime(storage) {} })
  }
}
