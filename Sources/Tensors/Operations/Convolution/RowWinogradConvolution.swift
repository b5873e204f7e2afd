import Kernels

/// Convolution with wide filters at stride 1 by minimal filtering along rows: half the multiplications for filters of
/// seven columns, with little to transform even where channels are few.
struct RowWinogradConvolution<Scalar: KernelScalar>: ImageConvolution {
  let layout: RowWinogradLayout
  private var sizes: ConvolutionSizes { layout.sizes }

  init(_ sizes: ConvolutionSizes) {
    layout = RowWinogradLayout(sizes, vectorWidth: Scalar.vectorWidth)
  }

  var partition: SliverPartition { SliverPartition(rows: sizes.filters) }
  var imageLength: Int { sizes.imageCount }
  var outputPlane: Int { sizes.outputPlaneCount }
  var packedCount: Int { RowWinogradFilters.parts * sizes.filters * layout.tapCount }

  /// Room for the products of a sliver and for four vectors.
  private var roomCount: Int { SliverPartition.maximumHeight * (RowWinogradFilters.parts * layout.plane + 16) }

  /// G g, part after part.
  func packFilters(_ filters: UnsafePointer<Scalar>, into packed: UnsafeMutablePointer<Scalar>, pool: ThreadPool) {
    let taps = layout.tapCount
    pool.run(count: RowWinogradFilters.parts) { part in
      withScratch(of: Scalar.self, count: sizes.filters * taps) { transformed in
        transformFilters(filters, RowWinogradFilters.matrix[part].map { Scalar($0) }, into: transformed)
        Scalar.run(
          LeftPacking(
            source: transformed, rowStride: taps, depthStride: 1, slivers: 0..<partition.count, partition: partition,
            depth: taps, packed: packed + part * sizes.filters * taps))
      }
    }
  }

  /// One part's number for each row's segments.
  private func transformFilters(
    _ filters: UnsafePointer<Scalar>, _ powers: [Scalar], into transformed: UnsafeMutablePointer<Scalar>
  ) {
    var source = filters
    var target = transformed
    for _ in 0..<sizes.filters * sizes.channels * sizes.filterHeight {
      for first in stride(from: 0, to: sizes.filterWidth, by: powers.count) {
        var sum: Scalar = 0
        for place in 0..<min(powers.count, sizes.filterWidth - first) { sum += powers[place] * source[first + place] }
        target.pointee = sum
        target += 1
      }
      source += sizes.filterWidth
    }
  }

  /// Bᵀ d for each row and tile.
  func withPreparedImage(
    _ image: UnsafePointer<Scalar>, _ body: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
  ) {
    layout.withTransformedImage(image, room: roomCount, body)
  }

  func multiply(
    _ prepared: UnsafePointer<Scalar>, _ slivers: Range<Int>, filters: UnsafePointer<Scalar>,
    bias: UnsafePointer<Scalar>?, output: UnsafeMutablePointer<Scalar>, isRectified: Bool,
    room: UnsafeMutablePointer<Scalar>
  ) {
    let plane = layout.plane
    layout.offsets.withPlaces { windows in
      for sliver in slivers {
        let first = partition.start(of: sliver)
        let count = partition.start(of: sliver + 1) - first
        let products = room + 4 * Scalar.vectorWidth
        for part in 0..<RowWinogradFilters.parts {
          Scalar.run(
            ImageProduct(
              image: prepared + part * layout.partStride, windows: windows, rowLength: layout.tiles,
              filters: filters + part * sizes.filters * windows.tapCount, partition: partition,
              slivers: sliver..<sliver + 1, bias: nil, output: products + (part * count - first) * plane,
              outputStride: plane, isRectified: false, scratch: room))
        }
        Scalar.run(
          RowWinogradOutput(
            products: products, partStride: count * plane, filters: count, rows: sizes.outputHeight,
            tiles: layout.tiles, bias: bias.map { $0 + first }, isRectified: isRectified,
            output: output + first * outputPlane, rowLength: sizes.outputWidth, scratch: room))
      }
    }
  }
}
