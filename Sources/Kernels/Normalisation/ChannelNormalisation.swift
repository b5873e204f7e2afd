/// Normalises the numbers of one channel: (x − μ) · scale + beta, where scale = gamma / √(σ² + ε); with ReLU where that is
/// wanted.
@usableFromInline package struct ChannelNormalisation<Scalar: KernelScalar>: ElementwiseKernel {
  @usableFromInline let planes: ChannelPlanes<Scalar>
  @usableFromInline let scale: Scalar
  /// μ.
  @usableFromInline let centre: Scalar
  /// beta.
  @usableFromInline let shift: Scalar
  /// Whether ReLU is applied.
  @usableFromInline let isRectified: Bool
  /// The first plane of the result, with the same strides.
  @usableFromInline let output: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    _ planes: ChannelPlanes<Scalar>, scale: Scalar, centre: Scalar, shift: Scalar, isRectified: Bool,
    output: UnsafeMutablePointer<Scalar>
  ) {
    (self.planes, self.scale, self.centre) = (planes, scale, centre)
    (self.shift, self.isRectified, self.output) = (shift, isRectified, output)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    for plane in 0..<planes.count { steps(Vector.self, over: planes.offsets(ofPlane: plane)) }
  }

  @inlinable @inline(__always) package func step<Vector: NumberVector<Scalar>>(_: Vector.Type, _ index: Int) {
    var normal = Vector(repeating: shift)
    normal.addProduct(Vector(loading: planes.input + index) - Vector(repeating: centre), Vector(repeating: scale))
    (isRectified ? normal.rectified() : normal).store(to: output + index)
  }
}
