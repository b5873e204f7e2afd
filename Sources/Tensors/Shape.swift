/// The lengths of a tensor's axes, outermost first: images are N×C×H×W.
///
/// A scalar's shape is empty and has one element.
public struct Shape: Sendable, Hashable {
  /// The lengths, outermost axis first; none is negative.
  public let dimensions: [Int]
  /// The product of the lengths.
  public let elementCount: Int

  /// The shape with these lengths. Traps when one is negative or the number of elements is no `Int`.
  public init(_ dimensions: [Int]) {
    guard let shape = Shape(validating: dimensions) else {
      fatalError("\(dimensions) is no shape: a length is negative or the elements are too many to count")
    }
    self = shape
  }

  /// The shape with these lengths, or nil when one is negative or the number of elements is no `Int`.
  public init?(validating dimensions: [Int]) {
    var count = 1
    for length in dimensions {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflow else { return nil }
      count = product
    }
    self.dimensions = dimensions
    elementCount = count
  }

  /// The number of axes.
  public var rank: Int { dimensions.count }

  /// The length of the axis `axis`; a negative one counts from the last, as in NumPy.
  public subscript(axis: Int) -> Int { dimensions[axis < 0 ? axis + dimensions.count : axis] }

  /// For each axis, how many elements lie between neighbours along it.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) { strides[axis] = strides[axis + 1] * dimensions[axis + 1] }
    return strides
  }

  /// The shape that NumPy's broadcasting gives this and `other`, or nil when they do not meet.
  public func broadcast(with other: Shape) -> Shape? {
    let rank = Swift.max(rank, other.rank)
    var result: [Int] = []
    for axis in 0..<rank {
      let a = axis + self.rank - rank
      let b = axis + other.rank - rank
      let (m, n) = (a < 0 ? 1 : dimensions[a], b < 0 ? 1 : other.dimensions[b])
      guard m == n || m == 1 || n == 1 else { return nil }
      result.append(m == 1 ? n : m)
    }
    return Shape(validating: result)
  }
}

extension Shape: ExpressibleByArrayLiteral {
  /// The shape with these lengths.
  public init(arrayLiteral dimensions: Int...) { self.init(dimensions) }
}

extension Shape: CustomStringConvertible {
  /// As Python prints a tuple: `(2, 3, 4, 4)`, `(3,)`, `()`.
  public var description: String {
    rank == 1 ? "(\(dimensions[0]),)" : "(\(dimensions.map(String.init).joined(separator: ", ")))"
  }
}

extension Shape: Codable {
  /// Decodes the list of lengths; one that is no shape is refused.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let dimensions = try container.decode([Int].self)
    guard let shape = Shape(validating: dimensions) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(dimensions) is no shape")
    }
    self = shape
  }

  /// Encodes the list of lengths.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(dimensions)
  }
}

/// Shapes that a user chose do not meet; the message is one sentence without a full stop that names them.
public struct ShapeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What does not meet, and what would.
  public var message: String

  /// An error with this message.
  public init(_ message: String) { self.message = message }

  /// The message.
  public var description: String { message }
}
