/// Adds up the products of several pieces of work, in their order, and transforms them to gradients of filters, Gᵀ dU G.
///
/// The products of a piece have 36 parts, one for each place in a transformed tile, each filters × channels.
public struct WinogradFilterResult<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The products of the first piece.
  public var products: UnsafePointer<Scalar>
  /// How many pieces there are.
  public var pieces: Int
  /// How far apart the products of two pieces are.
  public var pieceStride: Int
  /// How far apart the parts are.
  public var partStride: Int
  /// How far apart the products of two filters are: the number of channels, filled up to whole vectors.
  public var rowLength: Int
  /// Which filters are wanted.
  public var filters: Range<Int>
  /// How many channels a filter has.
  public var channels: Int
  /// F×C×3×3.
  public var result: UnsafeMutablePointer<Scalar>
  /// Room for 63 vectors.
  public var scratch: UnsafeMutablePointer<Scalar>

  /// A kernel with these arguments.
  @inlinable
  public init(
    products: UnsafePointer<Scalar>, pieces: Int, pieceStride: Int, partStride: Int, rowLength: Int,
    filters: Range<Int>, channels: Int, result: UnsafeMutablePointer<Scalar>, scratch: UnsafeMutablePointer<Scalar>
  ) {
    self.products = products
    self.pieces = pieces
    self.pieceStride = pieceStride
    self.partStride = partStride
    self.rowLength = rowLength
    self.filters = filters
    self.channels = channels
    self.result = result
    self.scratch = scratch
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
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
          taps.0.store(to: middle + column * width)
          taps.1.store(to: middle + (6 + column) * width)
          taps.2.store(to: middle + (12 + column) * width)
        }
        for row in 0..<3 {
          let taps = Vector.filterGradientTransform(Vector.six(middle + row * 6 * width, stride: width))
          taps.0.store(to: finished + 3 * row * width)
          taps.1.store(to: finished + (3 * row + 1) * width)
          taps.2.store(to: finished + (3 * row + 2) * width)
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
