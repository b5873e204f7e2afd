/// The gradient of batch normalisation with respect to one channel of its input: with M observations,
///
/// dx = gamma / √(σ² + ε) · (dout − (Σ dout + x̂ · Σ dout·x̂) / M), where the sums are those of `ChannelGradientSums`.
@usableFromInline package struct ChannelGradient<Scalar: KernelScalar>: ElementwiseKernel {
  @usableFromInline let channel: ChannelGradients<Scalar>
  /// gamma / √(σ² + ε).
  @usableFromInline let scale: Scalar
  /// Σ dout / M; zero in testing.
  @usableFromInline let offset: Scalar
  /// Σ dout·x̂ / M / √(σ² + ε); zero in testing.
  @usableFromInline let slope: Scalar
  /// The first plane of the result, with the same strides; may be the output's gradient.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    _ channel: ChannelGradients<Scalar>, scale: Scalar, offset: Scalar, slope: Scalar,
    result: UnsafeMutablePointer<Scalar>
  ) {
    (self.channel, self.scale, self.offset, self.slope, self.result) = (channel, scale, offset, slope, result)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    for plane in 0..<channel.planes.count { steps(Vector.self, over: channel.planes.offsets(ofPlane: plane)) }
  }

  @inlinable @inline(__always) package func step<Vector: NumberVector<Scalar>>(_: Vector.Type, _ index: Int) {
    let (dout, centred) = channel.load(Vector.self, index)
    var share = Vector(repeating: offset)
    share.addProduct(centred, Vector(repeating: slope))
    (Vector(repeating: scale) * (dout - share)).store(to: result + index)
  }
}
