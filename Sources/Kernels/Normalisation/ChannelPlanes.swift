/// Where the planes of one channel are: one in each example.
@usableFromInline package struct ChannelPlanes: Sendable {
  /// How many there are.
  @usableFromInline let count: Int
  /// How far apart they are.
  @usableFromInline let stride: Int
  /// How many numbers each has.
  @usableFromInline let length: Int

  @inlinable
  package init(count: Int, stride: Int, length: Int) {
    (self.count, self.stride, self.length) = (count, stride, length)
  }
}
