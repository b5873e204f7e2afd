/// Multiplies and adds in registers as fast as the CPU does: twelve independent sums, nothing to wait for.
public struct ArithmeticPeak<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// Two vectors that are multiplied, then 69 factors.
  public var numbers: UnsafePointer<Scalar>
  /// How often the twelve sums are added to.
  public var count: Int
  /// Room for six rows of two vectors.
  public var result: UnsafeMutablePointer<Scalar>

  /// A measurement of `count` rounds.
  @inlinable
  public init(numbers: UnsafePointer<Scalar>, count: Int, result: UnsafeMutablePointer<Scalar>) {
    self.numbers = numbers
    self.count = count
    self.result = result
  }

  /// Multiplies vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let left = Vector(loading: numbers)
    let right = Vector(loading: numbers + Vector.width)
    var tile = SixRows<Vector>()
    // Factors that move keep the compiler from holding them in registers, of which the sums need all that there are.
    for index in 0..<count { tile.addProducts(numbers + (2 * Vector.width + index & 63), left, right) }
    tile.store(left: result, right: result + Vector.width, stride: 2 * Vector.width)
  }
}
