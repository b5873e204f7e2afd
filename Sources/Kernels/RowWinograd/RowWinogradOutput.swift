/// Transforms the products of tiles back, Aᵀ m, and writes the rows of outputs.
///
/// The products have seven parts, each filters × rows × tiles.
public struct RowWinogradOutput<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The products.
  public var products: UnsafePointer<Scalar>
  /// How far apart the parts are.
  public var partStride: Int
  /// How many filters there are.
  public var filters: Int
  /// How many rows of outputs there are.
  public var rows: Int
  /// How many tiles a row has: whole vectors.
  public var tiles: Int
  /// A number for each filter that is added, or nothing.
  public var bias: UnsafePointer<Scalar>?
  /// Whether negative outputs become zero.
  public var isRectified: Bool
  /// The outputs: filters × rows × `rowLength`.
  public var output: UnsafeMutablePointer<Scalar>
  /// How many outputs a row has.
  public var rowLength: Int
  /// Room for four vectors.
  public var scratch: UnsafeMutablePointer<Scalar>

  /// A kernel with these arguments.
  @inlinable
  public init(
    products: UnsafePointer<Scalar>, partStride: Int, filters: Int, rows: Int, tiles: Int,
    bias: UnsafePointer<Scalar>?, isRectified: Bool, output: UnsafeMutablePointer<Scalar>, rowLength: Int,
    scratch: UnsafeMutablePointer<Scalar>
  ) {
    self.products = products
    self.partStride = partStride
    self.filters = filters
    self.rows = rows
    self.tiles = tiles
    self.bias = bias
    self.isRectified = isRectified
    self.output = output
    self.rowLength = rowLength
    self.scratch = scratch
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    var place = products
    var row = output
    for filter in 0..<filters {
      let start = Vector(repeating: bias?[filter] ?? 0)
      for _ in 0..<rows {
        var tile = 0
        while tile < tiles {
          var y = Vector.rowOutputTransform(Vector.seven(place + tile, stride: partStride))
          y = (y.0 + start, y.1 + start, y.2 + start, y.3 + start)
          if isRectified { y = (y.0.rectified(), y.1.rectified(), y.2.rectified(), y.3.rectified()) }
          if 4 * (tile + Vector.width) <= rowLength {
            Vector.storeTransposed(y.0, y.1, y.2, y.3, to: row + 4 * tile)
          } else {
            Vector.storeTransposed(y.0, y.1, y.2, y.3, to: scratch)
            for column in 4 * tile..<max(4 * tile, rowLength) { row[column] = scratch[column - 4 * tile] }
          }
          tile += Vector.width
        }
        place += tiles
        row += rowLength
      }
    }
  }
}
