/// The gradient of batch normalisation with respect to one channel of its input: with M observations,
///
/// dx = gamma / √(σ² + ε) · (dout − (Σ dout + x̂ · Σ dout·x̂) / M), where the sums are those of `ChannelGradientSums`.
public struct ChannelGradient<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The first plane of the channel.
  public var input: UnsafePointer<Scalar>
  /// How many planes the channel has: one in each example.
  public var planes: Int
  /// How far apart the planes are.
  public var planeStride: Int
  /// How many numbers a plane has.
  public var planeCount: Int
  /// The first plane of the output's gradient, with the same strides.
  public var gradient: UnsafePointer<Scalar>
  /// The first plane of the output when ReLU stands behind the normalisation.
  public var output: UnsafePointer<Scalar>?
  /// μ.
  public var centre: Scalar
  /// gamma / √(σ² + ε).
  public var scale: Scalar
  /// Σ dout / M; zero in testing.
  public var offset: Scalar
  /// Σ dout·x̂ / M / √(σ² + ε); zero in testing.
  public var slope: Scalar
  /// The first plane of the result, with the same strides; may be `gradient`.
  public var result: UnsafeMutablePointer<Scalar>

  /// A kernel with these arguments.
  @inlinable
  public init(
    input: UnsafePointer<Scalar>, planes: Int, planeStride: Int, planeCount: Int, gradient: UnsafePointer<Scalar>,
    output: UnsafePointer<Scalar>?, centre: Scalar, scale: Scalar, offset: Scalar, slope: Scalar,
    result: UnsafeMutablePointer<Scalar>
  ) {
    self.input = input
    self.planes = planes
    self.planeStride = planeStride
    self.planeCount = planeCount
    self.gradient = gradient
    self.output = output
    self.centre = centre
    self.scale = scale
    self.offset = offset
    self.slope = slope
    self.result = result
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let centres = Vector(repeating: centre)
    let scales = Vector(repeating: scale)
    let offsets = Vector(repeating: offset)
    let slopes = Vector(repeating: slope)
    for plane in 0..<planes {
      var index = plane * planeStride
      let end = index + planeCount
      while index + Vector.width <= end {
        var dout = Vector(loading: gradient + index)
        if let output { dout = dout.keeping(wherePositive: Vector(loading: output + index)) }
        var share = offsets
        share.addProduct(Vector(loading: input + index) - centres, slopes)
        (scales * (dout - share)).store(to: result + index)
        index += Vector.width
      }
      while index < end {
        let isStopped = isStopped(index)
        let dout = isStopped ? 0 : gradient[index]
        result[index] = scale * (dout - (offset + (input[index] - centre) * slope))
        index += 1
      }
    }
  }

  @inlinable @inline(__always)
  func isStopped(_ index: Int) -> Bool {
    guard let output else { return false }
    return !(output[index] > 0)
  }
}
