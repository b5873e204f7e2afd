/// Adds up the products of several pieces of work, in their order, and transforms them to gradients of filters, Gᵀ dU G.
///
/// The products of a piece have 36 parts, one for each place in a transformed tile, each filters × channels.
@usableFromInline package struct WinogradFilterResult<Scalar: KernelScalar>: Kernel {
  /// The products of the first piece.
  @usableFromInline let products: UnsafePointer<Scalar>
  @usableFromInline let pieces: Int
  /// How far apart the products of two pieces are.
  @usableFromInline let pieceStride: Int
  /// How far apart the parts are.
  @usableFromInline let partStride: Int
  /// How far apart the products of two filters are: the number of channels, filled up to whole vectors.
  @usableFromInline let rowLength: Int
  /// Which filters are wanted.
  @usableFromInline let filters: Range<Int>
  /// How many channels a filter has.
  @usableFromInline let channels: Int
  /// F×C×3×3.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>
  /// Room for 63 vectors.
  @usableFromInline let scratch: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    products: UnsafePointer<Scalar>, pieces: Int, pieceStride: Int, partStride: Int, rowLength: Int,
    filters: Range<Int>, channels: Int, result: UnsafeMutablePointer<Scalar>, scratch: UnsafeMutablePointer<Scalar>
  ) {
    (self.products, self.pieces, self.pieceStride) = (products, pieces, pieceStride)
    (self.partStride, self.rowLength, self.filters) = (partStride, rowLength, filters)
    (self.channels, self.result, self.scratch) = (channels, result, scratch)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    let width = Vector.width
    let middle = scratch + 36 * width
    let finished = middle + 18 * width
    for filter in filters {
      var channel = 0
      while channel < channels {
        let place = products + (filter * rowLength + channel)
        for part in 0..<36 {
          var sum = Vector(loading: place + part * partStride)
          for piece in 1..<max(1, pieces) {
            sum = sum + Vector(loading: place + (piece * pieceStride + part * partStride))
          }
          sum.store(to: scratch + part * width)
        }
        for column in 0..<6 {
          let taps = Vector.filterGradientTransform(Vector.six(scratch + column * width, stride: 6 * width))
          Vector.store(taps, to: middle + column * width, stride: 6 * width)
        }
        for row in 0..<3 {
          let taps = Vector.filterGradientTransform(Vector.six(middle + row * 6 * width, stride: width))
          Vector.store(taps, to: finished + 3 * row * width, stride: width)
        }
        let target = result + (filter * channels + channel) * 9
        for lane in 0..<min(width, channels - channel) {
          for tap in 0..<9 { target[lane * 9 + tap] = finished[tap * width + lane] }
        }
        channel += width
      }
    }
  }
}
