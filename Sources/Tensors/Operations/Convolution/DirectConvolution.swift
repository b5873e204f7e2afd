import Kernels

/// Convolution straight from the padded image, for any sizes: each piece of work pads one image and multiplies some of the
/// filters with its windows.
struct DirectConvolution<Scalar: KernelScalar> {
  let planes: PhasePlanes
  let offsets: WindowOffsets
  let filterCount: Int
  let outputHeight: Int
  let outputWidth: Int

  /// The convolution with `filterCount` filters over images laid out in `planes`.
  init(
    _ planes: PhasePlanes, filterCount: Int, filterHeight: Int, filterWidth: Int, outputHeight: Int, outputWidth: Int
  ) {
    self.planes = planes
    self.filterCount = filterCount
    self.outputHeight = outputHeight
    self.outputWidth = outputWidth
    offsets = WindowOffsets(
      planes, filterHeight: filterHeight, filterWidth: filterWidth, outputHeight: outputHeight,
      outputWidth: outputWidth, vectorWidth: Scalar.vectorWidth)
  }

  /// How the filters are cut.
  var partition: SliverPartition { SliverPartition(rows: filterCount) }

  /// Numbers that one piece of work needs for itself: the padded image and a tile.
  private var tileCount: Int { SliverPartition.maximumHeight * 2 * Scalar.vectorWidth }

  /// Convolves all images.
  ///
  /// - Parameters:
  ///   - images: `imageCount` images; the length of one is that of `planes`.
  ///   - filters: packed by `packFilters`.
  ///   - output: `imageCount` × filters × output height × output width.
  func run(
    images: UnsafePointer<Scalar>, imageCount: Int, filters: UnsafePointer<Scalar>, bias: UnsafePointer<Scalar>?,
    output: UnsafeMutablePointer<Scalar>, isRectified: Bool, pool: ThreadPool
  ) {
    let plane = outputHeight * outputWidth
    let imageLength = planes.channels * planes.height * planes.width
    // A few images are cut by filters, so that there is work for many threads.
    let bands = max(1, min(partition.count, (16 + imageCount - 1) / imageCount))
    pool.run(count: imageCount * bands) { index in
      let image = index / bands
      let slivers = partition.count * (index % bands) / bands..<partition.count * (index % bands + 1) / bands
      withPaddedImage(images + image * imageLength) { padded, tile in
        multiply(
          padded, slivers, filters: filters, bias: bias, output: output + image * filterCount * plane,
          isRectified: isRectified, tile: tile)
      }
    }
  }

  /// Pads an image into scratch memory, and lends that and room for a tile.
  func withPaddedImage(
    _ image: UnsafePointer<Scalar>, _ body: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
  ) {
    withScratch(of: Scalar.self, count: tileCount + planes.count + PhasePlanes.slack) { scratch in
      Scalar.run(PhasePlaneFilling(planes: planes, image: image, target: scratch + tileCount))
      body(scratch + tileCount, scratch)
    }
  }

  /// Multiplies some of the filters with the windows of a padded image.
  ///
  /// - Parameter output: The outputs of filter 0 for this image.
  func multiply(
    _ padded: UnsafePointer<Scalar>, _ slivers: Range<Int>, filters: UnsafePointer<Scalar>,
    bias: UnsafePointer<Scalar>?, output: UnsafeMutablePointer<Scalar>, isRectified: Bool,
    tile: UnsafeMutablePointer<Scalar>
  ) {
    offsets.taps.withUnsafeBufferPointer { taps in
      offsets.blocks.withUnsafeBufferPointer { blocks in
        guard let tapOffsets = taps.baseAddress, let blockOffsets = blocks.baseAddress else { return }
        Scalar.run(
          ImageProduct(
            image: padded, tapOffsets: tapOffsets, tapCount: taps.count, blockOffsets: blockOffsets,
            blocks: 0..<blocks.count, rowLength: outputWidth, filters: filters, partition: partition,
            slivers: slivers, bias: bias, output: output, outputStride: outputHeight * outputWidth,
            isRectified: isRectified, scratch: tile))
      }
    }
  }

  /// Packs filters as `run` wants them. `filters` holds `filterCount` × taps numbers row by row.
  func packFilters(_ filters: UnsafePointer<Scalar>, into packed: UnsafeMutablePointer<Scalar>) {
    let taps = offsets.taps.count
    Scalar.run(
      LeftPacking(
        source: filters, rowStride: taps, depthStride: 1, slivers: 0..<partition.count, partition: partition,
        depth: taps, packed: packed))
  }
}
