import NbrunKernels

/// Convolution of images of few channels with 3×3 filters at stride 1 by minimal filtering, F(4×4, 3×3), one image at a time:
/// the products of a tile are transformed back as soon as they are there.
///
/// Its rounding is that of `WinogradConvolution`.
struct WinogradImageConvolution<Scalar: KernelScalar>: ImageConvolution {
  let sizes: ConvolutionGeometry
  private let tiles: WinogradTiles
  /// Where each channel starts in a padded image.
  private let channelOffsets: [Int]
  /// Where each vector of transformed tiles goes.
  private let vectorOffsets: [Int]
  /// What the images and filters were like.
  let range = NumberRange<Scalar>()

  init(_ sizes: ConvolutionGeometry) {
    self.sizes = sizes
    let lanes = Scalar.vectorWidth
    tiles = WinogradTiles(sizes, of: Scalar.self, byImage: true)
    let planes = tiles.planes
    channelOffsets = (0..<sizes.channels).map { $0 * planes.planeHeight * planes.rowLength }
    let pairLength = 36 * sizes.channels * 2 * lanes
    vectorOffsets = (0..<tiles.inputOffsets.count / lanes).map { $0 / 2 * pairLength + $0 % 2 * lanes }
  }

  var partition: MicroPanelPartition { MicroPanelPartition(rows: sizes.filters, height: 8) }
  var packedCount: Int { sizes.filters * filterLength }

  /// Numbers of a transformed filter.
  private var filterLength: Int { 36 * sizes.channels }
  /// Pairs of vectors of tiles.
  private var pairs: Int { vectorOffsets.count / 2 }

  /// G g Gᵀ, micro-panel after micro-panel.
  func packFilters(_ filters: UnsafePointer<Scalar>, into packed: UnsafeMutablePointer<Scalar>, on device: Device) {
    range.transform(filters, count: sizes.filters, channels: sizes.channels, partition.count, on: device) {
      microPanel, scratch in
      let (first, end) = (partition.start(of: microPanel), partition.start(of: microPanel + 1))
      // The kernel counts from where the first micro-panel of the part would stand.
      return WinogradFilters(
        filters: filters, channels: sizes.channels, filterStride: sizes.taps, channelStride: 9, isTurned: false,
        partition: partition, microPanel: microPanel, packed: packed + first * (filterLength - sizes.channels),
        partStride: (end - first) * sizes.channels, scratch: scratch)
    }
  }

  private var transformedCount: Int { vectorOffsets.count * Scalar.vectorWidth * filterLength }
  var roomCount: Int { 96 * Scalar.vectorWidth + transformedCount + tiles.planes.count + PolyphasePlanes.slack }

  /// Bᵀ d B for each tile, unless the image is not to be filtered minimally.
  func prepare(
    _ image: UnsafePointer<Scalar>, in room: UnsafeMutablePointer<Scalar>, isFilled: Bool, on device: Device
  ) -> UnsafePointer<Scalar>? {
    let (planes, lanes) = (tiles.planes, Scalar.vectorWidth)
    let transformed = room + 96 * lanes
    let padded = transformed + transformedCount
    guard range.admits(image, laidOutIn: planes, at: padded, isFilled: isFilled, on: device) else { return nil }
    Scalar.run(
      WinogradInput(
        source: padded, offsets: tiles.inputOffsets, vectors: vectorOffsets.count, repeats: sizes.channels,
        repeatOffsets: channelOffsets, rowLength: planes.rowLength, target: transformed, targetOffsets: vectorOffsets,
        repeatTargetOffset: 2 * lanes, partStride: 2 * lanes * sizes.channels, scratch: room))
    return UnsafePointer(transformed)
  }

  func multiply(
    _ prepared: UnsafePointer<Scalar>, _ microPanels: Range<Int>, filters: UnsafePointer<Scalar>,
    bias: UnsafePointer<Scalar>?, output: UnsafeMutablePointer<Scalar>, isRectified: Bool,
    room: UnsafeMutablePointer<Scalar>
  ) {
    let all = 0..<tiles.tilesPerImage
    tiles.withOutputs(all, bias: bias, isRectified: isRectified, output: output, scratch: room) { outputs in
      Scalar.run(
        WinogradImageProduct(
          tiles: prepared, pairs: pairs, channels: sizes.channels, filters: filters, partition: partition,
          microPanels: microPanels, outputs: outputs, scratch: room + 16 * Scalar.vectorWidth))
    }
  }
}
