/// Transforms the products of tiles back, Aᵀ m A, and writes the outputs.
///
/// The products have 36 parts, one for each place in a transformed tile, each filters × tiles.
public struct WinogradOutput<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The products.
  public var products: UnsafePointer<Scalar>
  /// How far apart the parts are.
  public var partStride: Int
  /// How many tiles there are, filled up to whole vectors.
  public var tiles: Int
  /// How many filters there are.
  public var filters: Int
  /// Where the outputs go.
  public var outputs: WinogradTileOutputs<Scalar>
  /// Room for 24 vectors.
  public var scratch: UnsafeMutablePointer<Scalar>

  /// A kernel with these arguments.
  @inlinable
  public init(
    products: UnsafePointer<Scalar>, partStride: Int, tiles: Int, filters: Int, outputs: WinogradTileOutputs<Scalar>,
    scratch: UnsafeMutablePointer<Scalar>
  ) {
    self.products = products
    self.partStride = partStride
    self.tiles = tiles
    self.filters = filters
    self.outputs = outputs
    self.scratch = scratch
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let width = Vector.width
    for filter in 0..<filters {
      let bias = outputs.bias(of: filter, Vector.self)
      var tile = 0
      while tile < outputs.tileCount {
        let place = products + (filter * tiles + tile)
        for column in 0..<6 {
          var m = Vector.six(place + column * partStride, stride: 6 * partStride)
          if column == 1 { m.1 = m.1 + bias }
          Vector.store(Vector.outputTransform(m), to: scratch + column * width, stride: 6 * width)
        }
        outputs.finish(Vector.self, scratch, tile: tile, filter: filter, asking: outputs.filterStride)
        tile += width
      }
    }
  }
}
