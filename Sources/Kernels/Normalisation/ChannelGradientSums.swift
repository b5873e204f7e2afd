/// The sums that the gradient of batch normalisation needs, over one channel: that of the output's gradients and that of their
/// products with the normalised inputs x̂ = (x − μ) / √(σ² + ε). With ReLU behind the normalisation, gradients of outputs that
/// are not positive count as zero.
@usableFromInline package struct ChannelGradientSums<Scalar: KernelScalar>: Kernel {
  /// The first plane of the channel.
  @usableFromInline let input: UnsafePointer<Scalar>
  /// Where the channel's planes are.
  @usableFromInline let planes: ChannelPlanes
  /// The first plane of the output's gradient, with the same strides.
  @usableFromInline let gradient: UnsafePointer<Scalar>
  /// The first plane of the output when ReLU stands behind the normalisation.
  @usableFromInline let output: UnsafePointer<Scalar>?
  /// μ.
  @usableFromInline let centre: Scalar
  /// 1 / √(σ² + ε).
  @usableFromInline let inverseDeviation: Scalar
  /// The sum of the gradients, then that of the products.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    input: UnsafePointer<Scalar>, planes: ChannelPlanes, gradient: UnsafePointer<Scalar>,
    output: UnsafePointer<Scalar>?, centre: Scalar, inverseDeviation: Scalar, result: UnsafeMutablePointer<Scalar>
  ) {
    (self.input, self.planes, self.gradient) = (input, planes, gradient)
    (self.output, self.centre, self.inverseDeviation, self.result) = (output, centre, inverseDeviation, result)
  }

  @inlinable @inline(__always)
  package func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let centres = Vector(repeating: centre)
    var sum: Scalar = 0
    var products: Scalar = 0
    for plane in 0..<planes.count {
      let end = plane * planes.stride + planes.length
      var index = plane * planes.stride
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
