/// Normalises the numbers of one channel: (x − μ) · scale + beta, where scale = gamma / √(σ² + ε); with ReLU where that is
/// wanted.
@usableFromInline package struct ChannelNormalisation<Scalar: KernelScalar>: Kernel {
  /// The first plane of the channel.
  @usableFromInline let input: UnsafePointer<Scalar>
  /// Where the channel's planes are.
  @usableFromInline let planes: ChannelPlanes
  /// The factor.
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
    input: UnsafePointer<Scalar>, planes: ChannelPlanes, scale: Scalar, centre: Scalar,
    shift: Scalar, isRectified: Bool, output: UnsafeMutablePointer<Scalar>
  ) {
    (self.input, self.planes, self.scale) = (input, planes, scale)
    (self.centre, self.shift, self.isRectified, self.output) = (centre, shift, isRectified, output)
  }

  @inlinable @inline(__always)
  package func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let scales = Vector(repeating: scale)
    let centres = Vector(repeating: centre)
    let shifts = Vector(repeating: shift)
    for plane in 0..<planes.count {
      var index = plane * planes.stride
      let end = index + planes.length
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
