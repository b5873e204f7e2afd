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
  func packFilters(_ filters: UnsafePointer<Scalar>, into packed: UnsafeMutablePointer<Scalar>, pool: ThreadPool)

  /// Lays an image out in scratch memory, and lends that and room for `multiply`.
  func withPreparedImage(
    _ image: UnsafePointer<Scalar>, _ body: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void)

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
    output: UnsafeMutablePointer<Scalar>, isRectified: Bool, pool: ThreadPool
  ) {
    // A few images are cut by filters, so that there is work for many threads.
    let bands = max(1, min(partition.count, (16 + sizes.images - 1) / sizes.images))
    withScratch(of: Scalar.self, count: packedCount) { packed in
      packFilters(filters, into: packed, pool: pool)
      pool.run(count: sizes.images * bands) { index in
        let image = index / bands
        let microPanels = share(index % bands, of: bands, in: partition.count)
        withPreparedImage(images + image * sizes.imageCount) { prepared, room in
          multiply(
            prepared, microPanels, filters: packed, bias: bias, output: output + image * sizes.outputCount,
            isRectified: isRectified, room: room)
        }
      }
    }
  }
}
