/// Where the numbers stand that the windows of a convolution cover, in an image laid out so that neighbouring outputs meet
/// neighbouring numbers, and which of them are padding.
///
/// A tap is a factor of a filter; taps go by channel, row and column. A block is a vector of outputs in one row.
public struct WindowPlaces {
  /// For each tap, where the number that it meets stands for the first block; the last one is repeated up to a multiple that
  /// the kernel asks for.
  public var taps: UnsafePointer<Int>
  /// How many taps there are, the repeated ones included.
  public var tapCount: Int
  /// How many channels there are.
  public var channels: Int
  /// How many taps a channel has.
  public var channelTaps: Int
  /// For each block, how far its numbers stand behind those of the first block.
  public var blocks: UnsafePointer<Int>
  /// How many blocks there are.
  public var blockCount: Int
  /// For each block, the first tap of a channel whose row is not all padding there, and the end of those.
  public var tapReach: UnsafePointer<Int>
  /// For each `tapsAtOnce` taps, the first block for which their rows are not all padding, and the end of those.
  public var blockReach: UnsafePointer<Int>

  /// How many taps a filter gradient sums at a time.
  @inlinable
  public static var tapsAtOnce: Int { 3 }

  /// Places of windows.
  @inlinable
  public init(
    taps: UnsafePointer<Int>, tapCount: Int, channels: Int, channelTaps: Int, blocks: UnsafePointer<Int>,
    blockCount: Int, tapReach: UnsafePointer<Int>, blockReach: UnsafePointer<Int>
  ) {
    self.taps = taps
    self.tapCount = tapCount
    self.channels = channels
    self.channelTaps = channelTaps
    self.blocks = blocks
    self.blockCount = blockCount
    self.tapReach = tapReach
    self.blockReach = blockReach
  }
}
