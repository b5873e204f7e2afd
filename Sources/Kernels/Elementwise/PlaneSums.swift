/// Adds the sum of each plane of numbers to the number that stands for the plane.
public struct PlaneSums<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The planes.
  public var input: UnsafePointer<Scalar>
  /// How many planes there are.
  public var planes: Int
  /// How many numbers a plane has.
  public var planeCount: Int
  /// A number for each plane.
  public var result: UnsafeMutablePointer<Scalar>

  /// A kernel with these arguments.
  @inlinable
  public init(
    input: UnsafePointer<Scalar>, planes: Int, planeCount: Int, result: UnsafeMutablePointer<Scalar>
  ) {
    self.input = input
    self.planes = planes
    self.planeCount = planeCount
    self.result = result
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    for plane in 0..<planes {
      let numbers = input + plane * planeCount
      var sums = (Vector(repeating: 0), Vector(repeating: 0))
      var index = 0
      while index + 2 * Vector.width <= planeCount {
        sums.0 = sums.0 + Vector(loading: numbers + index)
        sums.1 = sums.1 + Vector(loading: numbers + index + Vector.width)
        index += 2 * Vector.width
      }
      var sum = (sums.0 + sums.1).sum()
      while index < planeCount {
        sum += numbers[index]
        index += 1
      }
      result[plane] += sum
    }
  }
}
