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
    layout = RowWinogradLayout(sizes, vectorWidth: Scalar.vectorWidth, tapMultiple: WindowPlaces.tapsAtOnce)
    let sums = RowWinogradFilters.parts * sizes.filters * layout.offsets.taps.count * Scalar.vectorWidth
    pieces = max(1, min(8, sizes.images, (1 << 22) / max(sums, 1)))
  }

  private var lanes: Int { Scalar.vectorWidth }
  /// How many filters' gradients are transformed at once: so many stay in the first-level cache.
  private var filtersAtOnce: Int { 4 }
  /// How far apart the sums of the parts are.
  private var sumStride: Int { sizes.filters * layout.offsets.taps.count * lanes }

  /// Computes the gradients of filters and bias; see `DirectFilterGradient.run`.
  func run(
    images: UnsafePointer<Scalar>, result: UnsafeMutablePointer<Scalar>, biasResult: UnsafeMutablePointer<Scalar>?,
    pool: ThreadPool, gradient: FilterGradientSource<Scalar>
  ) {
    let parts = RowWinogradFilters.parts
    let pieceStride = parts * sumStride + sizes.filters * lanes
    let plain = filtersAtOnce * sizes.outputPlaneCount
    let room = 4 * lanes + plain + parts * filtersAtOnce * layout.plane
    withScratch(of: Scalar.self, count: pieceStride * pieces) { sums in
      pool.run(count: pieces) { piece in
        let sums = sums + piece * pieceStride
        let share = sizes.images * piece / pieces..<sizes.images * (piece + 1) / pieces
        for image in share {
          layout.withTransformedImage(images + image * sizes.imageCount, room: room) { transformed, room in
            for first in stride(from: 0, to: sizes.filters, by: filtersAtOnce) {
              let filters = first..<min(first + filtersAtOnce, sizes.filters)
              let outputs = gradient(image, filters, room + 4 * lanes)
              add(
                transformed, outputs, filters, room: room, target: room + 4 * lanes + plain, sums: sums,
                biasSums: sums + parts * sumStride, isAccumulating: image > share.lowerBound)
            }
          }
        }
      }
      finish(sums, pieceStride: pieceStride, result: result, biasResult: biasResult, pool: pool)
    }
  }

  /// Adds one image's part for some filters, or begins with it.
  private func add(
    _ transformed: UnsafePointer<Scalar>, _ outputs: UnsafePointer<Scalar>, _ filters: Range<Int>,
    room: UnsafeMutablePointer<Scalar>, target: UnsafeMutablePointer<Scalar>, sums: UnsafeMutablePointer<Scalar>,
    biasSums: UnsafeMutablePointer<Scalar>, isAccumulating: Bool
  ) {
    let partStride = filters.count * layout.plane
    Scalar.run(
      RowWinogradGradient(
        gradient: outputs, rows: filters.count * sizes.outputHeight, rowLength: sizes.outputWidth,
        tiles: layout.tiles, target: target, partStride: partStride, scratch: room))
    layout.offsets.withPlaces { windows in
      for part in 0..<RowWinogradFilters.parts {
        Scalar.run(
          FilterGradient(
            image: transformed + part * layout.partStride, windows: windows, gradient: target + part * partStride,
            gradientStride: layout.plane, filterCount: filters.count,
            sums: sums + (part * sumStride + filters.lowerBound * windows.tapCount * lanes),
            biasSums: part == RowWinogradFilters.partOfSums ? biasSums + filters.lowerBound * lanes : nil,
            isAccumulating: isAccumulating))
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
    let (rowLength, count) = (layout.offsets.taps.count, layout.tapCount)
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
