import Kernels

/// How minimal filtering along rows lays out an image: seven parts, each channels × padded rows × tiles of four outputs.
struct RowWinogradLayout {
  let sizes: ConvolutionSizes
  /// Segments of a filter's row.
  let segments: Int
  /// Tiles of a row of outputs, filled up to whole vectors.
  let tiles: Int
  /// Tiles of a row of the image: as many, and those that the last segments meet.
  let rowLength: Int
  /// Rows of the padded image.
  let rows: Int
  /// How far apart the parts of a transformed image are.
  let partStride: Int
  /// Where the factors of a transformed filter (channel, row, segment) meet the tiles.
  let offsets: WindowOffsets

  /// - Parameter tapMultiple: The number of taps is rounded up to a multiple of this, by repeating the last.
  init(_ sizes: ConvolutionSizes, vectorWidth: Int, tapMultiple: Int = 1) {
    self.sizes = sizes
    let length = RowWinogradFilters.segmentLength
    let segments = (sizes.filterWidth + length - 1) / length
    let tiles = (sizes.outputWidth + 4 * vectorWidth - 1) / (4 * vectorWidth) * vectorWidth
    let rows = sizes.outputHeight + sizes.filterHeight - 1
    let rowLength = tiles + segments - 1
    (self.segments, self.tiles, self.rows, self.rowLength) = (segments, tiles, rows, rowLength)
    partStride = sizes.channels * rows * rowLength + 8
    offsets = WindowOffsets(
      channels: sizes.channels,
      rows: WindowRows(
        filterHeight: sizes.filterHeight, outputHeight: sizes.outputHeight, imageHeight: sizes.height, stride: 1,
        topPadding: sizes.padding),
      rowTaps: segments, rowBlocks: stride(from: 0, to: tiles, by: vectorWidth), rowDistance: rowLength,
      tapMultiple: tapMultiple,
      offset: { channel, row, segment in (channel * rows + row) * rowLength + segment })
  }

  /// Whether the method applies and pays: for wide filters over rows that fill whole vectors of tiles, in float32.
  static func suits<Scalar: KernelScalar>(_ sizes: ConvolutionSizes, _: Scalar.Type) -> Bool {
    let covered = (sizes.outputWidth + 31) / 32 * 32
    return Scalar.self == Float.self && sizes.stride == 1 && sizes.filterWidth >= 6
      && 5 * sizes.outputWidth >= 4 * covered
  }

  /// Factors of one transformed filter.
  var tapCount: Int { sizes.channels * sizes.filterHeight * segments }
  /// Tiles of one filter for one image.
  var plane: Int { sizes.outputHeight * tiles }

  /// Transforms one image, and lends that; `room` numbers stand before it.
  func withTransformedImage<Scalar: KernelScalar>(
    _ image: UnsafePointer<Scalar>, room: Int,
    _ body: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
  ) {
    let parts = RowWinogradFilters.parts
    let rowCount = RowWinogradInput<Scalar>.scratchCount(rowLength: rowLength)
    withScratch(of: Scalar.self, count: room + parts * partStride + rowCount) { scratch in
      let target = scratch + room
      Scalar.run(
        RowWinogradInput(
          image: image, channels: sizes.channels, height: sizes.height, width: sizes.width, padding: sizes.padding,
          rows: rows, rowLength: rowLength, target: target, partStride: partStride,
          scratch: target + parts * partStride))
      body(target, scratch)
    }
  }
}
