/// The gradient of batch normalisation with respect to one channel of its input: with M observations,
///
/// dx = gamma / √(σ² + ε) · (dout − (Σ dout + x̂ · Σ dout·x̂) / M), where the sums are those of `ChannelGradientSums`.
@usableFromInline package struct ChannelGradient<Scalar: KernelScalar>: Kernel {
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
  /// gamma / √(σ² + ε).
  @usableFromInline let scale: Scalar
  /// Σ dout / M; zero in testing.
  @usableFromInline let offset: Scalar
  /// Σ dout·x̂ / M / √(σ² + ε); zero in testing.
  @usableFromInline let slope: Scalar
  /// The first plane of the result, with the same strides; may be `gradient`.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    input: UnsafePointer<Scalar>, planes: ChannelPlanes, gradient: UnsafePointer<Scalar>,
    output: UnsafePointer<Scalar>?, centre: Scalar, scale: Scalar, offset: Scalar, slope: Scalar,
    result: UnsafeMutablePointer<Scalar>
  ) {
    (self.input, self.planes, self.gradient, self.output) = (input, planes, gradient, output)
    (self.centre, self.scale, self.offset, self.slope, self.result) = (centre, scale, offset, slope, result)
  }

  @inlinable @inline(__always)
  package func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let centres = Vector(repeating: centre)
    let scales = Vector(repeating: scale)
    let offsets = Vector(repeating: offset)
    let slopes = Vector(repeating: slope)
    for plane in 0..<planes.count {
      var index = plane * planes.stride
      let end = index + planes.length
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
