/// The numbers of one channel: a plane in each example.
@usableFromInline package struct ChannelPlanes<Scalar: KernelScalar> {
  /// The first plane.
  @usableFromInline let input: UnsafePointer<Scalar>
  @usableFromInline let count: Int
  /// How far apart they are.
  @usableFromInline let stride: Int
  /// How many numbers each has.
  @usableFromInline let length: Int

  @inlinable package init(_ input: UnsafePointer<Scalar>, count: Int, stride: Int, length: Int) {
    (self.input, self.count, self.stride, self.length) = (input, count, stride, length)
  }

  /// The offsets of the numbers of plane `index`.
  @inlinable @inline(__always)
  func offsets(ofPlane index: Int) -> Range<Int> { index * stride..<index * stride + length }
}
