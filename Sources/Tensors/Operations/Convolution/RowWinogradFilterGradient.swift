import Kernels

/// The gradient of wide filters at stride 1 by the transpose of minimal filtering along rows.
///
/// Images are shared out in pieces whose number depends on the sizes alone; the sums of the pieces are added in their order.
struct RowWinogradFilterGradient<Scalar: KernelScalar> {
  let layout: RowWinogradLayout
  /// How the images are shared out.
  let pieces: Int
  private var sizes: ConvolutionSizes { layout.sizes }

  init(_ sizes: ConvolutionSizes) {
    layout = RowWinogradLayout(sizes, vectorWidth: Scalar.vectorWidth, tapMultiple: 3)
    let sums = RowWinogradFilters.parts * sizes.filters * layout.taps.count * Scalar.vectorWidth
    pieces = max(1, min(8, sizes.images, (1 << 22) / max(sums, 1)))
  }

  private var lanes: Int { Scalar.vectorWidth }
  /// How many filters' gradients are transformed at once: so many stay in the first-level cache.
  private var filtersAtOnce: Int { 4 }
  /// How many images are added at once: the sums, which the first-level cache does not hold, are read and written once for all of them.
  private var imagesAtOnce: Int { 2 }
  /// How far apart the sums of the parts are.
  private var sumStride: Int { sizes.filters * layout.taps.count * lanes }

  /// Computes the gradients of filters and bias; see `DirectFilterGradient.run`.
  func run(
    images: UnsafePointer<Scalar>, result: UnsafeMutablePointer<Scalar>, biasResult: UnsafeMutablePointer<Scalar>?,
    pool: ThreadPool, gradient: FilterGradientSource<Scalar>
  ) {
    let parts = RowWinogradFilters.parts
    let pieceStride = parts * sumStride + sizes.filters * lanes
    let plain = filtersAtOnce * sizes.outputPlaneCount
    let room = 4 * lanes + plain + imagesAtOnce * parts * filtersAtOnce * layout.plane
    // The blocks of the first image, then those of the second.
    let blocks = (0..<imagesAtOnce).flatMap { image in layout.blocks.map { image * layout.imageStride + $0 } }
    withScratch(of: Scalar.self, count: pieceStride * pieces) { sums in
      if sizes.images == 0 { sums.update(repeating: 0, count: pieceStride * pieces) }
      pool.run(count: pieces) { piece in
        let sums = sums + piece * pieceStride
        let share = sizes.images * piece / pieces..<sizes.images * (piece + 1) / pieces
        for image in stride(from: share.lowerBound, to: share.upperBound, by: imagesAtOnce) {
          let group = image..<min(image + imagesAtOnce, share.upperBound)
          layout.withTransformedImages(images + image * sizes.imageCount, count: group.count, room: room) {
            transformed, room in
            for first in stride(from: 0, to: sizes.filters, by: filtersAtOnce) {
              let filters = first..<min(first + filtersAtOnce, sizes.filters)
              let target = room + 4 * lanes + plain
              for image in group {
                transform(
                  gradient(image, filters, room + 4 * lanes), filters: filters.count, room: room,
                  place: image - group.lowerBound, images: group.count, target: target)
              }
              add(
                transformed, target, filters, blocks: blocks[..<(group.count * layout.blocks.count)], sums: sums,
                biasSums: sums + parts * sumStride, isAccumulating: image > share.lowerBound)
            }
          }
        }
      }
      finish(sums, pieceStride: pieceStride, result: result, biasResult: biasResult, pool: pool)
    }
  }

  /// Transforms one image's gradients of some filters: parts × filters × images × tiles.
  private func transform(
    _ outputs: UnsafePointer<Scalar>, filters: Int, room: UnsafeMutablePointer<Scalar>, place: Int, images: Int,
    target: UnsafeMutablePointer<Scalar>
  ) {
    for filter in 0..<filters {
      Scalar.run(
        RowWinogradGradient(
          gradient: outputs + filter * sizes.outputPlaneCount, rows: sizes.outputHeight, rowLength: sizes.outputWidth,
          tiles: layout.tiles, target: target + (filter * images + place) * layout.plane,
          partStride: filters * images * layout.plane, scratch: room))
    }
  }

  /// Adds some images' part for some filters, or begins with it.
  private func add(
    _ transformed: UnsafePointer<Scalar>, _ gradients: UnsafePointer<Scalar>, _ filters: Range<Int>,
    blocks: ArraySlice<Int>, sums: UnsafeMutablePointer<Scalar>, biasSums: UnsafeMutablePointer<Scalar>,
    isAccumulating: Bool
  ) {
    let gradientStride = blocks.count * lanes
    layout.taps.withUnsafeBufferPointer { taps in
      blocks.withUnsafeBufferPointer { blocks in
        guard let tapOffsets = taps.baseAddress, let blockOffsets = blocks.baseAddress else { return }
        for part in 0..<RowWinogradFilters.parts {
          Scalar.run(
            FilterGradient(
              image: transformed + part * layout.partStride, tapOffsets: tapOffsets, tapCount: taps.count,
              blockOffsets: blockOffsets, blockCount: blocks.count,
              gradient: gradients + part * filters.count * gradientStride, gradientStride: gradientStride,
              filterCount: filters.count,
              sums: sums + (part * sumStride + filters.lowerBound * taps.count * lanes),
              biasSums: part == RowWinogradFilters.partOfSums ? biasSums + filters.lowerBound * lanes : nil,
              isAccumulating: isAccumulating))
        }
      }
    }
  }

  /// Adds up lanes and pieces, and transforms the sums back: Gᵀ u.
  private func finish(
    _ sums: UnsafePointer<Scalar>, pieceStride: Int, result: UnsafeMutablePointer<Scalar>,
    biasResult: UnsafeMutablePointer<Scalar>?, pool: ThreadPool
  ) {
    let matrix = RowWinogradFilters.matrix.map { $0.map { Scalar($0) } }
    let parts = RowWinogradFilters.parts
    let (rowLength, count) = (layout.taps.count, layout.tapCount)
    pool.run(count: sizes.filters) { filter in
      withScratch(of: Scalar.self, count: parts * count) { totals in
        for part in 0..<parts {
          Scalar.run(
            LaneSums(
              partial: sums + (part * sumStride + filter * rowLength * lanes), pieces: pieces,
              pieceStride: pieceStride, rows: 1, rowLength: rowLength, count: count, result: totals + part * count))
        }
        let target = result + filter * sizes.taps
        for row in 0..<sizes.channels * sizes.filterHeight {
          for column in 0..<sizes.filterWidth {
            let (segment, power) = column.quotientAndRemainder(dividingBy: RowWinogradFilters.segmentLength)
            target[row * sizes.filterWidth + column] = (0..<parts).reduce(0) {
              $0 + matrix[$1][power] * totals[$1 * count + row * layout.segments + segment]
            }
          }
        }
      }
    }
    if let biasResult {
      Scalar.run(
        LaneSums(
          partial: sums + parts * sumStride, pieces: pieces, pieceStride: pieceStride, rows: sizes.filters,
          rowLength: 1, count: 1, result: biasResult))
    }
  }
}
