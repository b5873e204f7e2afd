/// Where the numbers stand that the windows of a convolution cover, in an image laid out so that neighbouring outputs meet
/// neighbouring numbers, and which of them are padding.
///
/// A tap is a factor of a filter; taps go by channel, row and column. A block is a vector of outputs in one row.
@usableFromInline package struct WindowOffsets {
  /// For each tap, where the number that it meets stands for the first block; the last one is repeated up to a multiple that
  /// the kernel asks for.
  @usableFromInline package let taps: UnsafePointer<Int>
  /// How many taps there are, the repeated ones included.
  @usableFromInline package let tapCount: Int
  @usableFromInline package let channels: Int
  /// How many taps a channel has.
  @usableFromInline package let channelTaps: Int
  /// For each block, how far its numbers stand behind those of the first block.
  @usableFromInline package let blocks: UnsafePointer<Int>
  @usableFromInline package let blockCount: Int
  /// For each block, the first tap of a channel whose row is not all padding there, and the end of those.
  @usableFromInline package let tapReach: UnsafePointer<Int>
  /// For each `tapsAtOnce` taps, the first block for which their rows are not all padding, and the end of those.
  @usableFromInline package let blockReach: UnsafePointer<Int>

  /// How many taps a filter gradient sums at a time.
  @inlinable package static var tapsAtOnce: Int { 3 }

  @inlinable
  package init(
    taps: UnsafePointer<Int>, tapCount: Int, channels: Int, channelTaps: Int, blocks: UnsafePointer<Int>,
    blockCount: Int, tapReach: UnsafePointer<Int>, blockReach: UnsafePointer<Int>
  ) {
    (self.taps, self.tapCount, self.channels, self.channelTaps) = (taps, tapCount, channels, channelTaps)
    (self.blocks, self.blockCount, self.tapReach, self.blockReach) = (blocks, blockCount, tapReach, blockReach)
  }
}
