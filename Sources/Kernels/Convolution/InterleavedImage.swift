/// The layout of an image in which all channels of a pixel stand together: rows × columns × channels, with zeros around the
/// image, and as many rows and columns as the windows of a convolution cover.
///
/// In it each row of a window is one run of numbers.
@usableFromInline package struct InterleavedImage {
  /// Channels of the image.
  @usableFromInline package let channels: Int
  /// Rows and columns of the image.
  @usableFromInline package let height: Int, width: Int
  /// Rows of zeros above, columns of zeros left of the image.
  @usableFromInline package let padding: Int
  /// Rows and columns of the layout.
  @usableFromInline package let paddedHeight: Int, paddedWidth: Int

  /// The layout of an image.
  package init(channels: Int, height: Int, width: Int, padding: Int, paddedHeight: Int, paddedWidth: Int) {
    (self.channels, self.height, self.width) = (channels, height, width)
    (self.padding, self.paddedHeight, self.paddedWidth) = (padding, paddedHeight, paddedWidth)
  }

  @inlinable @inline(__always) package var rowLength: Int { paddedWidth * channels }

  /// How many numbers an image takes.
  @inlinable @inline(__always) package var count: Int { paddedHeight * rowLength }

  /// How many numbers behind an image may be written, and read: zeros are written in whole vectors, and the last vector of
  /// a window's row reads on behind it.
  @inlinable package static var slack: Int { 8 }
}

/// Copies an image, channels × height × width, and puts its channels together.
@usableFromInline package struct ImageInterleaving<Scalar: KernelScalar>: Kernel {
  @usableFromInline let layout: InterleavedImage
  @usableFromInline let image: UnsafePointer<Scalar>
  /// Room for `layout.count` numbers and `InterleavedImage.slack` more.
  @usableFromInline let target: UnsafeMutablePointer<Scalar>
  /// Whether the target holds an image in the same layout, so that its zeros are there.
  @usableFromInline let isFilled: Bool

  @inlinable
  package init(
    layout: InterleavedImage, image: UnsafePointer<Scalar>, target: UnsafeMutablePointer<Scalar>, isFilled: Bool
  ) {
    (self.layout, self.image, self.target, self.isFilled) = (layout, image, target, isFilled)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    if !isFilled {
      Vector.writeZeros(to: target, count: layout.count)
      (target + layout.count).update(repeating: 0, count: InterleavedImage.slack)
    }
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
}
