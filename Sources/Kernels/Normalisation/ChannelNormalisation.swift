/// Normalises the numbers of one channel: (x − μ) · scale + beta, where scale = gamma / √(σ² + ε); with ReLU where that is
/// wanted.
public struct ChannelNormalisation<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The first plane of the channel.
  public var input: UnsafePointer<Scalar>
  /// How many planes the channel has: one in each example.
  public var planes: Int
  /// How far apart the planes are.
  public var planeStride: Int
  /// How many numbers a plane has.
  public var planeCount: Int
  /// The factor.
  public var scale: Scalar
  /// μ.
  public var centre: Scalar
  /// beta.
  public var shift: Scalar
  /// Whether ReLU is applied.
  public var isRectified: Bool
  /// The first plane of the result, with the same strides.
  public var output: UnsafeMutablePointer<Scalar>

  /// A kernel with these arguments.
  @inlinable
  public init(
    input: UnsafePointer<Scalar>, planes: Int, planeStride: Int, planeCount: Int, scale: Scalar, centre: Scalar,
    shift: Scalar, isRectified: Bool, output: UnsafeMutablePointer<Scalar>
  ) {
    self.input = input
    self.planes = planes
    self.planeStride = planeStride
    self.planeCount = planeCount
    self.scale = scale
    self.centre = centre
    self.shift = shift
    self.isRectified = isRectified
    self.output = output
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let scales = Vector(repeating: scale)
    let centres = Vector(repeating: centre)
    let shifts = Vector(repeating: shift)
    for plane in 0..<planes {
      var index = plane * planeStride
      let end = index + planeCount
      while index + Vector.width <= end {
        var normal = shifts
        normal.addProduct(Vector(loading: input + index) - centres, scales)
        (isRectified ? normal.rectified() : normal).store(to: output + index)
        index += Vector.width
      }
      while index < end {
        let normal = (input[index] - centre) * scale + shift
        output[index] = isRectified && normal < 0 ? 0 : normal
        index += 1
      }
    }
  }
}
