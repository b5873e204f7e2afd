/// The sums that the gradient of batch normalisation needs, over one channel: that of the output's gradients and that of their
/// products with the normalised inputs x̂ = (x − μ) / √(σ² + ε). With ReLU behind the normalisation, gradients of outputs that
/// are not positive count as zero.
public struct ChannelGradientSums<Scalar: BinaryFloatingPoint & SIMDScalar> {
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
  /// 1 / √(σ² + ε).
  public var inverseDeviation: Scalar
  /// The sum of the gradients, then that of the products.
  public var result: UnsafeMutablePointer<Scalar>

  /// A kernel with these arguments.
  @inlinable
  public init(
    input: UnsafePointer<Scalar>, planes: Int, planeStride: Int, planeCount: Int, gradient: UnsafePointer<Scalar>,
    output: UnsafePointer<Scalar>?, centre: Scalar, inverseDeviation: Scalar, result: UnsafeMutablePointer<Scalar>
  ) {
    self.input = input
    self.planes = planes
    self.planeStride = planeStride
    self.planeCount = planeCount
    self.gradient = gradient
    self.output = output
    self.centre = centre
    self.inverseDeviation = inverseDeviation
    self.result = result
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let centres = Vector(repeating: centre)
    var sum: Scalar = 0
    var products: Scalar = 0
    for plane in 0..<planes {
      let end = (plane * planeStride) + planeCount
      var index = plane * planeStride
      var sums = Vector(repeating: 0)
      var productSums = Vector(repeating: 0)
      while index + Vector.width <= end {
        var dout = Vector(loading: gradient + index)
        if let output { dout = dout.keeping(wherePositive: Vector(loading: output + index)) }
        sums = sums + dout
        productSums.addProduct(dout, Vector(loading: input + index) - centres)
        index += Vector.width
      }
      var planeSum = sums.sum()
      var planeProducts = productSums.sum()
      while index < end {
        let isStopped = isStopped(index)
        let dout = isStopped ? 0 : gradient[index]
        planeSum += dout
        planeProducts += dout * (input[index] - centre)
        index += 1
      }
      sum += planeSum
      products += planeProducts
    }
    result[0] = sum
    result[1] = products * inverseDeviation
  }

  @inlinable @inline(__always)
  func isStopped(_ index: Int) -> Bool {
    guard let output else { return false }
    return !(output[index] > 0)
  }
}
