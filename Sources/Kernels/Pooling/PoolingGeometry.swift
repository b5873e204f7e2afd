/// The sizes of a pooling layer.
///
/// Windows may overlap. Where the stride does not divide, the last rows and columns that no whole window covers are left over.
/// Whether sizes meet is checked where a layer is entered, by making them of a shape.
public struct PoolingGeometry: Hashable, Sendable {
  /// Number of images, N.
  public let images: Int
  /// Channels of an image, C.
  public let channels: Int
  /// Height of an image, H.
  public let height: Int
  /// Width of an image, W.
  public let width: Int
  /// Height of a window, HH.
  public let windowHeight: Int
  /// Width of a window, WW.
  public let windowWidth: Int
  /// Distance between neighbouring windows, in both directions.
  public let stride: Int

  /// Pooling over `images` × `planes` planes, unchecked.
  public init(images: Int = 1, planes: Int, height: Int, width: Int, windowHeight: Int, windowWidth: Int, stride: Int) {
    (self.images, channels, self.height, self.width) = (images, planes, height, width)
    (self.windowHeight, self.windowWidth, self.stride) = (windowHeight, windowWidth, stride)
  }

  /// The same windows over `planes` planes.
  package func over(planes: Int) -> PoolingGeometry {
    PoolingGeometry(
      planes: planes, height: height, width: width, windowHeight: windowHeight, windowWidth: windowWidth,
      stride: stride)
  }

  /// How many planes there are, N·C.
  @inlinable public var planes: Int { images * channels }
  /// Height of the output, H′ = ⌊(H − HH) / stride⌋ + 1.
  @inlinable public var outputHeight: Int { (height - windowHeight) / stride + 1 }
  /// Width of the output, W′ = ⌊(W − WW) / stride⌋ + 1.
  @inlinable public var outputWidth: Int { (width - windowWidth) / stride + 1 }
  /// Outputs of a plane, H′·W′.
  @inlinable public var outputPlaneCount: Int { outputHeight * outputWidth }
  /// Whether the windows are the usual ones: 2 × 2, side by side.
  @inlinable var arePairs: Bool { windowHeight == 2 && windowWidth == 2 && stride == 2 }

  /// In the place of an offset: the output was not positive, so ReLU stops its gradient.
  @inlinable package static var noArgmax: UInt8 { 255 }
  /// Whether the offset of each number of a window fits a byte, and `noArgmax`: windows have fewer than 255 numbers.
  public var offsetsFitBytes: Bool { windowHeight * windowWidth < Int(Self.noArgmax) }
}
