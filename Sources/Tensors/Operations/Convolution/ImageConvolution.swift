import NbrunKernels

/// A way to convolve that takes one image at a time: lay the image out, then multiply some of the filters with its windows.
protocol ImageConvolution<Scalar> {
  associatedtype Scalar: KernelScalar

  var sizes: ConvolutionGeometry { get }
  /// How the filters are cut.
  var partition: MicroPanelPartition { get }
  /// Numbers of the packed filters.
  var packedCount: Int { get }

  /// Packs filters as `multiply` wants them. `filters` holds F×C×HH×WW numbers.
  func packFilters(_ filters: UnsafePointer<Scalar>, into packed: UnsafeMutablePointer<Scalar>, on device: Device)

  /// How many numbers `prepare` and `multiply` need room for.
  var roomCount: Int { get }

  /// Lays an image out in `room`, and gives it as `multiply` wants it; nil where this is no way to convolve it.
  ///
  /// - Parameter isFilled: Whether an image was laid out there before, whose padding still stands.
  func prepare(
    _ image: UnsafePointer<Scalar>, in room: UnsafeMutablePointer<Scalar>, isFilled: Bool, on device: Device
  ) -> UnsafePointer<Scalar>?

  /// Multiplies some of the filters with the windows of a prepared image.
  ///
  /// - Parameter output: The outputs of filter 0 for this image.
  func multiply(
    _ prepared: UnsafePointer<Scalar>, _ microPanels: Range<Int>, filters: UnsafePointer<Scalar>,
    bias: UnsafePointer<Scalar>?, output: UnsafeMutablePointer<Scalar>, isRectified: Bool,
    room: UnsafeMutablePointer<Scalar>)
}

extension ImageConvolution {
  /// Convolves all images.
  ///
  /// - Parameters:
  ///   - images: N×C×H×W.
  ///   - filters: F×C×HH×WW.
  ///   - output: N×F×H′×W′.
  func run(
    images: UnsafePointer<Scalar>, filters: UnsafePointer<Scalar>, bias: UnsafePointer<Scalar>?,
    output: UnsafeMutablePointer<Scalar>, isRectified: Bool, on device: Device
  ) {
    // A few images are cut by filters, so that there is work for many threads.
    let bands = max(1, min(partition.count, (16 + sizes.images - 1) / sizes.images))
    withScratch(of: Scalar.self, count: packedCount, on: device) { packed in
      packFilters(filters, into: packed, on: device)
      device.threads.run(count: pieces * bands) { index in
        let microPanels = share(index % bands, of: bands, in: partition.count)
        prepare(piece: index / bands, of: images, on: device) { image, prepared, room in
          multiply(
            prepared, microPanels, filters: packed, bias: bias, output: output + image * sizes.outputCount,
            isRectified: isRectified, room: room)
        }
      }
    }
  }

  /// How the images are shared out: a few at a time, which are laid out in the same room.
  var pieces: Int { min(sizes.images, 32 * max(1, sizes.images / 128)) }

  /// Calls `body` with each image of a piece as `multiply` wants it, and with room for that.
  func prepare(
    piece: Int, of images: UnsafePointer<Scalar>, on device: Device,
    _ body: (_ image: Int, _ prepared: UnsafePointer<Scalar>, _ room: UnsafeMutablePointer<Scalar>) -> Void
  ) {
    let range = share(piece, of: pieces, in: sizes.images)
    withScratch(of: Scalar.self, count: roomCount, on: device) { room in
      for image in range {
        let source = images + image * sizes.imageCount
        guard let prepared = prepare(source, in: room, isFilled: image > range.lowerBound, on: device) else { return }
        body(image, prepared, room)
      }
    }
  }
}
