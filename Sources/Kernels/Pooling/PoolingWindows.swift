/// The windows of a pooling layer over planes of numbers.
@usableFromInline package struct PoolingWindows {
  /// How many planes there are.
  @usableFromInline package let planes: Int
  /// Rows and columns of a plane.
  @usableFromInline package let height: Int, width: Int
  /// Rows and columns of a window.
  @usableFromInline package let windowHeight: Int, windowWidth: Int
  /// Distance between neighbouring windows.
  @usableFromInline package let stride: Int

  @inlinable
  package init(planes: Int, height: Int, width: Int, windowHeight: Int, windowWidth: Int, stride: Int) {
    (self.planes, self.height, self.width) = (planes, height, width)
    (self.windowHeight, self.windowWidth, self.stride) = (windowHeight, windowWidth, stride)
  }

  /// Rows of windows.
  @inlinable @inline(__always)
  package var outputHeight: Int { (height - windowHeight) / stride + 1 }
  /// Windows in a row.
  @inlinable @inline(__always)
  package var outputWidth: Int { (width - windowWidth) / stride + 1 }
  /// Whether the windows are the usual ones: 2 × 2, side by side.
  @inlinable @inline(__always)
  package var arePairs: Bool { windowHeight == 2 && windowWidth == 2 && stride == 2 }
  /// Whether every place in a window has a number below `noWinner`.
  @inlinable @inline(__always)
  package var offsetsFitBytes: Bool { windowHeight * windowWidth < Int(Self.noWinner) }

  /// In the place of a winner: the output was not positive, so ReLU stops its gradient.
  @inlinable package static var noWinner: UInt8 { 255 }
}
