/// The windows of a pooling layer over planes of numbers.
public struct PoolingWindows {
  /// How many planes there are.
  public var planes: Int
  /// Rows and columns of a plane.
  public var height: Int, width: Int
  /// Rows and columns of a window.
  public var windowHeight: Int, windowWidth: Int
  /// Distance between neighbouring windows.
  public var stride: Int

  /// Windows over planes.
  @inlinable
  public init(planes: Int, height: Int, width: Int, windowHeight: Int, windowWidth: Int, stride: Int) {
    self.planes = planes
    self.height = height
    self.width = width
    self.windowHeight = windowHeight
    self.windowWidth = windowWidth
    self.stride = stride
  }

  /// Rows of windows.
  @inlinable @inline(__always)
  public var outputHeight: Int { (height - windowHeight) / stride + 1 }
  /// Windows in a row.
  @inlinable @inline(__always)
  public var outputWidth: Int { (width - windowWidth) / stride + 1 }
  /// Whether the windows are the usual ones: 2 × 2, side by side.
  @inlinable @inline(__always)
  public var arePairs: Bool { windowHeight == 2 && windowWidth == 2 && stride == 2 }
  /// Whether every place in a window has a number below `noWinner`.
  @inlinable @inline(__always)
  public var placesFitBytes: Bool { windowHeight * windowWidth < Int(Self.noWinner) }

  /// In the place of a winner: the output was not positive, so ReLU stops its gradient.
  public static var noWinner: UInt8 { 255 }
}
