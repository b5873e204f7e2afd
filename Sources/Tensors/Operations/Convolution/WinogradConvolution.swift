import Kernels

/// Convolution with 3×3 filters at stride 1 by minimal filtering, F(4×4, 3×3): a quarter of the multiplications, at the price
/// of transforming images, filters and outputs, which many channels and filters share.
///
/// In float32 its rounding errors are some ten times those of the direct method, well within 1e-4 of the outputs' size.
struct WinogradConvolution<Scalar: KernelScalar> {
  let channels: Int
  let filterCount: Int
  let tiles: WinogradTiles
  let outputHeight: Int
  let outputWidth: Int

  /// A convolution over images laid out as `height` × `width` with this much padding.
  init(
    imageCount: Int, channels: Int, height: Int, width: Int, topPadding: Int, leftPadding: Int, filterCount: Int,
    outputHeight: Int, outputWidth: Int
  ) {
    (self.channels, self.filterCount) = (channels, filterCount)
    (self.outputHeight, self.outputWidth) = (outputHeight, outputWidth)
    let panelWidth = 2 * Scalar.vectorWidth
    tiles = WinogradTiles(
      imageCount: imageCount, channels: channels, height: height, width: width, topPadding: topPadding,
      leftPadding: leftPadding, outputHeight: outputHeight, outputWidth: outputWidth, outputChannels: filterCount,
      tilesAtOnce: WinogradTiles.tilesAtOnce(
        channels: channels + filterCount, panelWidth: panelWidth, scalarSize: MemoryLayout<Scalar>.size),
      panelWidth: panelWidth)
  }

  private var partition: MicroPanelPartition { MicroPanelPartition(rows: filterCount) }
  private var panelWidth: Int { 2 * Scalar.vectorWidth }

  private func packFilters(
    _ filters: UnsafePointer<Scalar>, isTurned: Bool, into packed: UnsafeMutablePointer<Scalar>, pool: ThreadPool
  ) {
    pool.run(count: partition.count) { microPanel in
      withScratch(of: Scalar.self, count: 63 * Scalar.vectorWidth) { scratch in
        Scalar.run(
          WinogradFilters(
            filters: filters, channels: channels, filterStride: isTurned ? 9 : 9 * channels,
            channelStride: isTurned ? 9 * filterCount : 9, isTurned: isTurned, partition: partition,
            microPanels: microPanel..<microPanel + 1, packed: packed, partStride: filterCount * channels,
            scratch: scratch))
      }
    }
  }

  /// Convolves all images with filters, F×C×3×3, or C×F×3×3 turned by 180° for the gradient of the images; see
  /// `DirectConvolution.run`.
  func run(
    images: UnsafePointer<Scalar>, imageCount: Int, filters: UnsafePointer<Scalar>, isTurned: Bool,
    bias: UnsafePointer<Scalar>?, output: UnsafeMutablePointer<Scalar>, isRectified: Bool, pool: ThreadPool
  ) {
    withScratch(of: Scalar.self, count: 36 * filterCount * channels) { packed in
      packFilters(filters, isTurned: isTurned, into: packed, pool: pool)
      run(
        images: images, imageCount: imageCount, packed: packed, bias: bias, output: output, isRectified: isRectified,
        pool: pool)
    }
  }

  private func run(
    images: UnsafePointer<Scalar>, imageCount: Int, packed filters: UnsafePointer<Scalar>,
    bias: UnsafePointer<Scalar>?, output: UnsafeMutablePointer<Scalar>, isRectified: Bool, pool: ThreadPool
  ) {
    let planes = tiles.planes
    let imageLength = channels * planes.height * planes.width
    let paddedCount = tiles.imagesAtOnce * planes.count + PolyphasePlanes.slack
    let transformedCount = 36 * WinogradTiles.partStride(of: Scalar.self, tiles.tilesAtOnce * channels)
    let productCount = 36 * WinogradTiles.partStride(of: Scalar.self, tiles.tilesAtOnce * filterCount)
    pool.runInPieces(of: tiles.imagesAtOnce, count: imageCount) { group in
      let scratchCount = 96 * Scalar.vectorWidth
      withScratch(of: Scalar.self, count: paddedCount + transformedCount + productCount + scratchCount) { memory in
        let padded = memory + scratchCount
        for (place, image) in group.enumerated() {
          Scalar.run(
            PolyphaseFilling(
              planes: planes, image: images + image * imageLength, target: padded + place * planes.count))
        }
        let tileCount = group.count * tiles.tilesPerImage
        for start in stride(from: 0, to: tileCount, by: tiles.tilesAtOnce) {
          multiply(
            padded, start..<min(start + tiles.tilesAtOnce, tileCount), filters: filters, bias: bias,
            output: output + group.lowerBound * filterCount * outputHeight * outputWidth, isRectified: isRectified,
            transformed: padded + paddedCount, products: padded + (paddedCount + transformedCount), scratch: memory)
        }
      }
    }
  }

  /// Computes the outputs of some tiles of a group of padded images.
  private func multiply(
    _ padded: UnsafePointer<Scalar>, _ range: Range<Int>, filters: UnsafePointer<Scalar>, bias: UnsafePointer<Scalar>?,
    output: UnsafeMutablePointer<Scalar>, isRectified: Bool, transformed: UnsafeMutablePointer<Scalar>,
    products: UnsafeMutablePointer<Scalar>, scratch: UnsafeMutablePointer<Scalar>
  ) {
    let planes = tiles.planes
    let panels = (range.count + panelWidth - 1) / panelWidth
    let columns = panels * panelWidth
    let transformedStride = WinogradTiles.partStride(of: Scalar.self, columns * channels)
    let productStride = WinogradTiles.partStride(of: Scalar.self, columns * filterCount)
    let channelOffsets = (0..<channels).map { $0 * planes.planeHeight * planes.rowLength }
    let targets = (0..<2 * panels).map { $0 / 2 * panelWidth * channels + $0 % 2 * Scalar.vectorWidth }
    tiles.inputOffsets.withUnsafeBufferPointer { offsets in
      Scalar.run(
        WinogradInput(
          source: padded, offsets: offsets.baseAddress! + range.lowerBound, vectors: 2 * panels, repeats: channels,
          repeatOffsets: channelOffsets, rowLength: planes.rowLength, target: transformed,
          targetOffsets: targets, repeatTargetOffset: panelWidth, partStride: transformedStride, scratch: scratch))
    }
    for part in 0..<36 {
      Scalar.run(
        PanelProduct(
          MicroPanelProduct(
            left: filters + part * filterCount * channels, result: products + part * productStride,
            resultStride: columns, partition: partition, depth: channels, isAccumulating: false, scratch: scratch),
          right: transformed + part * transformedStride, microPanels: 0..<partition.count, columns: columns))
    }
    tiles.withOutputs(
      range, bias: bias, isRectified: isRectified, output: output, filterStride: outputHeight * outputWidth,
      rowLength: outputWidth, scratch: scratch
    ) { outputs in
      Scalar.run(
        WinogradOutput(
          products: products, partStride: productStride, tiles: columns, filters: filterCount, outputs: outputs,
          scratch: scratch + 16 * Scalar.vectorWidth))
    }
  }
}
