/// Multiplies and adds in registers as fast as the CPU does: twelve independent sums, nothing to wait for.
@usableFromInline package struct ArithmeticPeak<Scalar: KernelScalar>: Kernel {
  /// Two vectors that are multiplied, then 69 factors.
  @usableFromInline let numbers: UnsafePointer<Scalar>
  /// How often the twelve sums are added to.
  @usableFromInline let count: Int
  /// Room for six rows of two vectors.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>

  @inlinable package init(numbers: UnsafePointer<Scalar>, count: Int, result: UnsafeMutablePointer<Scalar>) {
    (self.numbers, self.count, self.result) = (numbers, count, result)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    let left = Vector(loading: numbers)
    let right = Vector(loading: numbers + Vector.width)
    var tile = SixRows<TwoVectors<Vector>>()
    // Factors that move keep the compiler from holding them in registers, of which the sums need all that there are.
    for index in 0..<count { tile.addOuterProduct(numbers + (2 * Vector.width + index & 63), (left, right)) }
    tile.store(to: result, stride: 2 * Vector.width)
  }
}
