/// Converts bytes to numbers and subtracts a mean from each.
public struct ByteConversion<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The bytes.
  public var input: UnsafePointer<UInt8>
  /// As many means as bytes, or nothing.
  public var mean: UnsafePointer<Scalar>?
  /// As many numbers as bytes.
  public var output: UnsafeMutablePointer<Scalar>
  /// How many bytes there are.
  public var count: Int

  /// A kernel with these arguments.
  @inlinable
  public init(
    input: UnsafePointer<UInt8>, mean: UnsafePointer<Scalar>?, output: UnsafeMutablePointer<Scalar>, count: Int
  ) {
    self.input = input
    self.mean = mean
    self.output = output
    self.count = count
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    var index = 0
    while index + Vector.width <= count {
      var numbers = Vector(bytes: input + index)
      if let mean { numbers = numbers - Vector(loading: mean + index) }
      numbers.store(to: output + index)
      index += Vector.width
    }
    while index < count {
      output[index] = Scalar(input[index]) - (mean?[index] ?? 0)
      index += 1
    }
  }
}
