/// Converts bytes to numbers and subtracts a mean from each.
@usableFromInline package struct ByteConversion<Scalar: KernelScalar>: ElementwiseKernel {
  /// The bytes.
  @usableFromInline let input: UnsafePointer<UInt8>
  /// As many means as bytes, or nothing.
  @usableFromInline let mean: UnsafePointer<Scalar>?
  /// As many numbers as bytes.
  @usableFromInline let output: UnsafeMutablePointer<Scalar>
  /// How many bytes there are.
  @usableFromInline package let count: Int

  @inlinable
  package init(
    input: UnsafePointer<UInt8>, mean: UnsafePointer<Scalar>?, output: UnsafeMutablePointer<Scalar>, count: Int
  ) {
    (self.input, self.mean, self.output, self.count) = (input, mean, output, count)
  }

  @inlinable @inline(__always)
  package func step<Vector: KernelVector>(_: Vector.Type, _ index: Int) where Vector.Scalar == Scalar {
    var numbers = Vector(bytes: input + index)
    if let mean { numbers = numbers - Vector(loading: mean + index) }
    numbers.store(to: output + index)
  }

  @inlinable @inline(__always)
  package func scalarStep(_ index: Int) {
    output[index] = Scalar(input[index]) - (mean?[index] ?? 0)
  }
}
