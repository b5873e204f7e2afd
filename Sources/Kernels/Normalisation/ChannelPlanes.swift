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

  /// Where the numbers of plane `index` stand.
  @inlinable @inline(__always) func places(_ index: Int) -> Range<Int> { index * stride..<index * stride + length }
}
