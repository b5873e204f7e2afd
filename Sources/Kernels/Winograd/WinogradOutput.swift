/// Transforms the products of tiles back, Aᵀ m A, and writes the outputs, 4×4 a tile, fewer at the edges.
///
/// The products have 36 parts, one for each place in a transformed tile, each filters × tiles.
public struct WinogradOutput<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The products.
  public var products: UnsafePointer<Scalar>
  /// How far apart the parts are.
  public var partStride: Int
  /// How many tiles there are, filled up to whole vectors.
  public var tiles: Int
  /// How many of them count.
  public var tileCount: Int
  /// How many filters there are.
  public var filters: Int
  /// A number for each filter that is added, or nothing.
  public var bias: UnsafePointer<Scalar>?
  /// Whether negative outputs become zero.
  public var isRectified: Bool
  /// The outputs of filter 0 for the first image.
  public var output: UnsafeMutablePointer<Scalar>
  /// Where the outputs of each tile start.
  public var outputOffsets: UnsafePointer<Int>
  /// How far apart the outputs of two filters are.
  public var filterStride: Int
  /// How many outputs a row has.
  public var rowLength: Int
  /// How many rows of each tile are outputs.
  public var heights: UnsafePointer<Int>
  /// How many columns of each tile are outputs.
  public var widths: UnsafePointer<Int>
  /// Room for 40 vectors.
  public var scratch: UnsafeMutablePointer<Scalar>

  /// A kernel with these arguments.
  @inlinable
  public init(
    products: UnsafePointer<Scalar>, partStride: Int, tiles: Int, tileCount: Int, filters: Int,
    bias: UnsafePointer<Scalar>?, isRectified: Bool, output: UnsafeMutablePointer<Scalar>,
    outputOffsets: UnsafePointer<Int>, filterStride: Int, rowLength: Int, heights: UnsafePointer<Int>,
    widths: UnsafePointer<Int>, scratch: UnsafeMutablePointer<Scalar>
  ) {
    self.products = products
    self.partStride = partStride
    self.tiles = tiles
    self.tileCount = tileCount
    self.filters = filters
    self.bias = bias
    self.isRectified = isRectified
    self.output = output
    self.outputOffsets = outputOffsets
    self.filterStride = filterStride
    self.rowLength = rowLength
    self.heights = heights
    self.widths = widths
    self.scratch = scratch
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let width = Vector.width
    let middle = scratch
    let finished = scratch + 24 * width
    for filter in 0..<filters {
      let start = Vector(repeating: bias?[filter] ?? 0)
      var tile = 0
      while tile < tileCount {
        let place = products + (filter * tiles + tile)
        for column in 0..<6 {
          let transformed = Vector.outputTransform(Vector.six(place + column * partStride, stride: 6 * partStride))
          Vector.store(transformed, to: middle + column * width, stride: 6 * width)
        }
        for row in 0..<4 {
          var y = Vector.outputTransform(Vector.six(middle + row * 6 * width, stride: width))
          y = (y.0 + start, y.1 + start, y.2 + start, y.3 + start)
          if isRectified { y = (y.0.rectified(), y.1.rectified(), y.2.rectified(), y.3.rectified()) }
          // Each tile's four outputs of this row follow each other.
          Vector.storeTransposed(y.0, y.1, y.2, y.3, to: finished + row * 4 * width)
        }
        write(finished, from: tile, lanes: min(width, tileCount - tile), width, filter)
        tile += width
      }
    }
  }

  /// Copies the finished outputs of some tiles to where they belong.
  @inlinable @inline(__always)
  func write(
    _ finished: UnsafePointer<Scalar>, from tile: Int, lanes: Int, _ width: Int, _ filter: Int
  ) {
    for lane in 0..<lanes {
      let target = output + (outputOffsets[tile + lane] + filter * filterStride)
      let source = finished + 4 * lane
      if heights[tile + lane] == 4 && widths[tile + lane] == 4 {
        for row in 0..<4 {
          let quad = UnsafeRawPointer(source + row * 4 * width).loadUnaligned(as: SIMD4<Scalar>.self)
          UnsafeMutableRawPointer(target + row * rowLength).storeBytes(of: quad, as: SIMD4<Scalar>.self)
        }
      } else {
        for row in 0..<heights[tile + lane] {
          for column in 0..<widths[tile + lane] {
            target[row * rowLength + column] = source[row * 4 * width + column]
          }
        }
      }
    }
  }
}
