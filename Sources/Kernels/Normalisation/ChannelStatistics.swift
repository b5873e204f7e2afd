/// The mean and the uncorrected variance of the numbers of one channel.
public struct ChannelStatistics<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The first plane of the channel.
  public var input: UnsafePointer<Scalar>
  /// How many planes the channel has: one in each example.
  public var planes: Int
  /// How far apart the planes are.
  public var planeStride: Int
  /// How many numbers a plane has.
  public var planeCount: Int
  /// The mean, then the variance.
  public var result: UnsafeMutablePointer<Scalar>

  /// A kernel with these arguments.
  @inlinable
  public init(
    input: UnsafePointer<Scalar>, planes: Int, planeStride: Int, planeCount: Int,
    result: UnsafeMutablePointer<Scalar>
  ) {
    self.input = input
    self.planes = planes
    self.planeStride = planeStride
    self.planeCount = planeCount
    self.result = result
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let count = Scalar(planes * planeCount)
    let mean = total(Vector.self, around: 0, isSquared: false) / count
    result[0] = mean
    result[1] = total(Vector.self, around: mean, isSquared: true) / count
  }

  /// The sum of the numbers less `centre`, or of the squares of that.
  @inlinable @inline(__always)
  func total<Vector: KernelVector>(_: Vector.Type, around centre: Scalar, isSquared: Bool) -> Scalar
  where Vector.Scalar == Scalar {
    let centres = Vector(repeating: centre)
    var total: Scalar = 0
    for plane in 0..<planes {
      let numbers = input + plane * planeStride
      var sums = (Vector(repeating: 0), Vector(repeating: 0))
      var index = 0
      while index + 2 * Vector.width <= planeCount {
        let first = Vector(loading: numbers + index) - centres
        let second = Vector(loading: numbers + index + Vector.width) - centres
        if isSquared {
          sums.0.addProduct(first, first)
          sums.1.addProduct(second, second)
        } else {
          sums.0 = sums.0 + first
          sums.1 = sums.1 + second
        }
        index += 2 * Vector.width
      }
      var sum = (sums.0 + sums.1).sum()
      while index < planeCount {
        let number = numbers[index] - centre
        sum += isSquared ? number * number : number
        index += 1
      }
      total += sum
    }
    return total
  }
}
