/// The mean and the uncorrected variance of the numbers of one channel, in two passes: the second sums the differences from the
/// first one's mean and their squares, and corrects both results by what these differences have for a mean. So neither
/// suffers from a mean that is far larger than the spread. Source: Chan, Golub and LeVeque, "Algorithms for computing the
/// sample variance", 1983.
@usableFromInline package struct ChannelStatistics<Scalar: KernelScalar>: Kernel {
  @usableFromInline let planes: ChannelPlanes<Scalar>
  /// The mean, then the variance.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>

  @inlinable package init(_ planes: ChannelPlanes<Scalar>, result: UnsafeMutablePointer<Scalar>) {
    (self.planes, self.result) = (planes, result)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    let count = Scalar(planes.count * planes.length)
    let first = totals(Vector.self, around: 0, withSquares: false).sum / count
    let second = totals(Vector.self, around: first, withSquares: true)
    let correction = second.sum / count
    result[0] = first + correction
    // Below zero by rounding alone; NaN stays NaN.
    let variance = second.squares / count - correction * correction
    result[1] = variance < 0 ? 0 : variance
  }

  /// The sum of the numbers less `centre` and, where they are wanted, that of the squares of these differences.
  @inlinable @inline(__always)
  func totals<Vector: KernelVector<Scalar>>(
    _: Vector.Type, around centre: Scalar, withSquares: Bool
  ) -> (sum: Scalar, squares: Scalar) {
    let centres = Vector(repeating: centre)
    var total: (sum: Scalar, squares: Scalar) = (0, 0)
    for plane in 0..<planes.count {
      let numbers = planes.input + plane * planes.stride
      var sums = (Vector(repeating: 0), Vector(repeating: 0))
      var squareSums = sums
      var index = 0
      while index + 2 * Vector.width <= planes.length {
        let first = Vector(loading: numbers + index) - centres
        let second = Vector(loading: numbers + index + Vector.width) - centres
        sums.0 = sums.0 + first
        sums.1 = sums.1 + second
        if withSquares {
          squareSums.0.addProduct(first, first)
          squareSums.1.addProduct(second, second)
        }
        index += 2 * Vector.width
      }
      var sum = (sums.0 + sums.1).sum()
      var squares = (squareSums.0 + squareSums.1).sum()
      for index in index..<planes.length {
        let number = numbers[index] - centre
        sum += number
        if withSquares { squares += number * number }
      }
      total.sum += sum
      total.squares += squares
    }
    return total
  }
}
