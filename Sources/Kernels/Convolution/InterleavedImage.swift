/// The layout of an image in which all channels of a pixel stand together: rows × columns × channels, with zeros around the
/// image, and as many rows and columns as the windows of a convolution cover.
///
/// In it each row of a window is one run of numbers.
public struct InterleavedImage {
  /// Channels of the image.
  public let channels: Int
  /// Rows and columns of the image.
  public let height: Int, width: Int
  /// Rows of zeros above, columns of zeros left of the image.
  public let padding: Int
  /// Rows and columns of the layout.
  public let paddedHeight: Int, paddedWidth: Int

  /// The layout of an image.
  public init(channels: Int, height: Int, width: Int, padding: Int, paddedHeight: Int, paddedWidth: Int) {
    self.channels = channels
    self.height = height
    self.width = width
    self.padding = padding
    self.paddedHeight = paddedHeight
    self.paddedWidth = paddedWidth
  }

  /// Length of a row.
  @inlinable @inline(__always)
  public var rowLength: Int { paddedWidth * channels }

  /// How many numbers an image takes.
  @inlinable @inline(__always)
  public var count: Int { paddedHeight * rowLength }

  /// How many numbers behind an image may be written, and read: zeros are written in whole vectors, and the last vector of
  /// a window's row reads on behind it.
  public static var slack: Int { 8 }
}

/// Copies an image, channels × height × width, and puts its channels together.
public struct ImageInterleaving<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The layout.
  public var layout: InterleavedImage
  /// The image.
  public var image: UnsafePointer<Scalar>
  /// Room for `layout.count` numbers and `InterleavedImage.slack` more.
  public var target: UnsafeMutablePointer<Scalar>
  /// Whether the target holds an image in the same layout, so that its zeros are there.
  public var isFilled: Bool

  /// An image to copy.
  @inlinable
  public init(
    layout: InterleavedImage, image: UnsafePointer<Scalar>, target: UnsafeMutablePointer<Scalar>, isFilled: Bool
  ) {
    self.layout = layout
    self.image = image
    self.target = target
    self.isFilled = isFilled
  }

  /// Copies the image with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    if !isFilled { zero(Vector.self) }
    // Windows that do not reach the image's end leave rows and columns out.
    let rows = min(layout.height, layout.paddedHeight - layout.padding)
    let columns = min(layout.width, layout.paddedWidth - layout.padding)
    guard rows > 0, columns > 0 else { return }
    let channels = layout.channels
    for channel in 0..<channels {
      for row in 0..<rows {
        let source = image + (channel * layout.height + row) * layout.width
        var place = target + ((row + layout.padding) * layout.rowLength + layout.padding * channels + channel)
        for column in 0..<columns {
          place.pointee = source[column]
          place += channels
        }
      }
    }
  }

  /// Writes zeros everywhere, and up to a vector's width behind.
  @inlinable @inline(__always)
  func zero<Vector: KernelVector>(_: Vector.Type) where Vector.Scalar == Scalar {
    var index = 0
    while index < layout.count + Vector.width {
      Vector(repeating: 0).store(to: target + min(index, layout.count + InterleavedImage.slack - Vector.width))
      index += Vector.width
    }
  }
}
