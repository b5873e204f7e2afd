/// Transforms the rows of the output's gradient, tile by tile: A y.
///
/// The result has seven parts, each planes × rows × tiles.
public struct RowWinogradGradient<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The gradients: some planes' rows, each of `rowLength` numbers.
  public var gradient: UnsafePointer<Scalar>
  /// How many rows there are in all planes.
  public var rows: Int
  /// How many numbers a row has.
  public var rowLength: Int
  /// How many tiles a row is filled up to: whole vectors.
  public var tiles: Int
  /// The first part.
  public var target: UnsafeMutablePointer<Scalar>
  /// How far apart the parts are.
  public var partStride: Int
  /// Room for four vectors.
  public var scratch: UnsafeMutablePointer<Scalar>

  /// A kernel with these arguments.
  @inlinable
  public init(
    gradient: UnsafePointer<Scalar>, rows: Int, rowLength: Int, tiles: Int, target: UnsafeMutablePointer<Scalar>,
    partStride: Int, scratch: UnsafeMutablePointer<Scalar>
  ) {
    self.gradient = gradient
    self.rows = rows
    self.rowLength = rowLength
    self.tiles = tiles
    self.target = target
    self.partStride = partStride
    self.scratch = scratch
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    var source = gradient
    var place = target
    for _ in 0..<rows {
      var tile = 0
      while tile < tiles {
        var numbers = source + 4 * tile
        if 4 * (tile + Vector.width) > rowLength {
          for column in 0..<4 * Vector.width {
            scratch[column] = 4 * tile + column < rowLength ? numbers[column] : 0
          }
          numbers = UnsafePointer(scratch)
        }
        Vector.store(
          Vector.rowGradientTransform(Vector.loadByFours(numbers)), to: place + tile, stride: partStride)
        tile += Vector.width
      }
      source += rowLength
      place += tiles
    }
  }
}
