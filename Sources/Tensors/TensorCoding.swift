import Foundation

/// A tensor is coded as its shape and its elements' bytes, little-endian: exact, and never a decimal number.
extension Tensor: Codable {
  private enum CodingKeys: CodingKey { case type, shape, elements }

  /// Decodes a tensor; bytes that do not fill its shape, or of another type, are refused.
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
    self.init(littleEndian: data, shape: shape)
  }

  /// Encodes type, shape and bytes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Scalar.typeName, forKey: .type)
    try container.encode(shape, forKey: .shape)
    try container.encode(sharedBytes, forKey: .elements)
  }

  /// The bytes to encode: on most machines the elements themselves, which live as long as the data does. For reading only.
  private var sharedBytes: Data {
    #if _endian(little)
      let storage = storage
      guard count > 0 else { return Data() }
      return Data(
        bytesNoCopy: storage.pointer, count: count * MemoryLayout<Scalar>.stride,
        deallocator: .custom { _, _ in withExtendedLifetime(storage) {} })
    #else
      return littleEndianBytes
    #endif
  }

  /// A tensor of `shape` from its elements' little-endian bytes. Traps when their number is another.
  package init(littleEndian data: Data, shape: Shape) {
    let byteCount = shape.elementCount * MemoryLayout<Scalar>.stride
    guard data.count == byteCount else { fatalError("\(data.count) bytes do not fill a tensor of shape \(shape)") }
    self.init(unsafeUninitialized: shape)
    let bytes = UnsafeMutableRawBufferPointer(unsafeMutableElements)
    data.copyBytes(to: bytes)
    #if _endian(big)
      reverseElements(of: bytes, width: MemoryLayout<Scalar>.stride)
    #endif
  }

  /// The elements' bytes in row-major order, each little-endian.
  package var littleEndianBytes: Data {
    withUnsafeBufferPointer { elements in
      #if _endian(little)
        return Data(buffer: elements)
      #else
        var data = Data(buffer: elements)
        data.withUnsafeMutableBytes { reverseElements(of: $0, width: MemoryLayout<Scalar>.stride) }
        return data
      #endif
    }
  }
}

#if _endian(big)
  private func reverseElements(of bytes: UnsafeMutableRawBufferPointer, width: Int) {
    for start in stride(from: 0, to: bytes.count, by: width) { bytes[start..<start + width].reverse() }
  }
#endif
