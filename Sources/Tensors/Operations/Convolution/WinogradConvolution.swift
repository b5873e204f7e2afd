import NbrunKernels

/// Convolution with 3×3 filters at stride 1 by minimal filtering, F(4×4, 3×3): a quarter of the multiplications, at the price
/// of transforming images, filters and outputs, which many channels and filters share.
///
/// In float32 its rounding errors are some ten times those of the direct method, well within 1e-4 of the outputs' size.
struct WinogradConvolution<Scalar: KernelScalar> {
  /// The convolution, whose filters are 3×3 and whose stride is 1.
  let sizes: ConvolutionGeometry
  private let tiles: WinogradTiles
  /// What the images and filters were like.
  let range = NumberRange<Scalar>()

  init(_ sizes: ConvolutionGeometry) {
    self.sizes = sizes
    tiles = WinogradTiles(sizes, of: Scalar.self)
  }

  private var partition: MicroPanelPartition { MicroPanelPartition(rows: sizes.filters) }
  private var panelWidth: Int { 2 * Scalar.vectorWidth }

  private func packFilters(
    _ filters: UnsafePointer<Scalar>, isTurned: Bool, into packed: UnsafeMutablePointer<Scalar>, on device: Device
  ) {
    let (rows, taps) = isTurned ? (sizes.channels, 9 * sizes.filters) : (sizes.filters, sizes.taps)
    range.transform(filters, count: rows, channels: taps / 9, partition.count, on: device) { microPanel, scratch in
      WinogradFilters(
        filters: filters, channels: sizes.channels, filterStride: isTurned ? 9 : taps,
        channelStride: isTurned ? taps : 9, isTurned: isTurned, partition: partition, microPanel: microPanel,
        packed: packed, partStride: sizes.filters * sizes.channels, scratch: scratch)
    }
  }

  /// Convolves all images with filters, F×C×3×3, or C×F×3×3 turned by 180° for the gradient of the images; see
  /// `DirectConvolution.run`. Where `range` turns out too wide, the outputs are not what they should be.
  func run(
    images: UnsafePointer<Scalar>, filters: UnsafePointer<Scalar>, isTurned: Bool, bias: UnsafePointer<Scalar>?,
    output: UnsafeMutablePointer<Scalar>, isRectified: Bool, on device: Device
  ) {
    let paddedCount = tiles.imagesAtOnce * tiles.planes.count + PolyphasePlanes.slack
    let transformedCount = 36 * WinogradTiles.partStride(of: Scalar.self, tiles.tilesAtOnce * sizes.channels)
    let productCount = 36 * WinogradTiles.partStride(of: Scalar.self, tiles.tilesAtOnce * sizes.filters)
    let scratchCount = 96 * Scalar.vectorWidth
    withScratch(of: Scalar.self, count: 36 * sizes.filters * sizes.channels, on: device) { packed in
      packFilters(filters, isTurned: isTurned, into: packed, on: device)
      // Groups of a piece are laid out in the same room, between the padding of the first.
      let groups = max(1, sizes.images / tiles.imagesAtOnce / 32)
      device.threads.runInPieces(of: groups * tiles.imagesAtOnce, count: sizes.images) { piece in
        withScratch(of: Scalar.self, count: paddedCount + transformedCount + productCount + scratchCount, on: device) {
          memory in
          let padded = memory + scratchCount
          for first in stride(from: piece.lowerBound, to: piece.upperBound, by: tiles.imagesAtOnce) {
            let group = first..<min(first + tiles.imagesAtOnce, piece.upperBound)
            for index in group {
              let (image, target) = (images + index * sizes.imageCount, padded + (index - first) * tiles.planes.count)
              let isFilled = first > piece.lowerBound
              guard range.admits(image, laidOutIn: tiles.planes, at: target, isFilled: isFilled, on: device)
              else { return }
            }
            let tileCount = group.count * tiles.tilesPerImage
            for start in stride(from: 0, to: tileCount, by: tiles.tilesAtOnce) {
              multiply(
                padded, start..<min(start + tiles.tilesAtOnce, tileCount), filters: packed, bias: bias,
                output: output + first * sizes.outputCount, isRectified: isRectified,
                transformed: padded + paddedCount, products: padded + (paddedCount + transformedCount), scratch: memory)
            }
          }
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
    let (planes, channels, filterCount) = (tiles.planes, sizes.channels, sizes.filters)
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
          right: transformed + part * transformedStride, columns: columns))
    }
    tiles.withOutputs(range, bias: bias, isRectified: isRectified, output: output, scratch: scratch) { outputs in
      Scalar.run(
        WinogradOutput(
          products: products, partStride: productStride, tiles: columns, filters: filterCount, outputs: outputs,
          scratch: scratch + 16 * Scalar.vectorWidth))
    }
  }
}
