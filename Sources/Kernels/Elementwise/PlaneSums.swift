/// Adds the sum of each plane of numbers to the number that stands for the plane.
@usableFromInline package struct PlaneSums<Scalar: KernelScalar>: Kernel {
  /// The planes.
  @usableFromInline let input: UnsafePointer<Scalar>
  @usableFromInline let planes: Int
  /// How many numbers a plane has.
  @usableFromInline let planeCount: Int
  /// A number for each plane.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(input: UnsafePointer<Scalar>, planes: Int, planeCount: Int, result: UnsafeMutablePointer<Scalar>) {
    (self.input, self.planes, self.planeCount, self.result) = (input, planes, planeCount, result)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
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
      for index in index..<planeCount { sum += numbers[index] }
      result[plane] += sum
    }
  }
}
