/// Transforms the products of tiles back, Aᵀ m A, and writes the outputs.
///
/// The products have 36 parts, one for each place in a transformed tile, each filters × tiles.
@usableFromInline package struct WinogradOutput<Scalar: KernelScalar>: Kernel {
  @usableFromInline let products: UnsafePointer<Scalar>
  /// How far apart the parts are.
  @usableFromInline let partStride: Int
  /// How many tiles there are, filled up to whole vectors.
  @usableFromInline let tiles: Int
  @usableFromInline let filters: Int
  /// Where the outputs go.
  @usableFromInline let outputs: WinogradTileOutputs<Scalar>
  /// Room for 24 vectors.
  @usableFromInline let scratch: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    products: UnsafePointer<Scalar>, partStride: Int, tiles: Int, filters: Int, outputs: WinogradTileOutputs<Scalar>,
    scratch: UnsafeMutablePointer<Scalar>
  ) {
    (self.products, self.partStride, self.tiles) = (products, partStride, tiles)
    (self.filters, self.outputs, self.scratch) = (filters, outputs, scratch)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
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
