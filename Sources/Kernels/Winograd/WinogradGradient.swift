/// Transforms tiles of 4×4 gradients, A dY Aᵀ, a vector of filters at a time, and packs them for `PanelProduct`.
///
/// The result has 36 parts, one for each place in a transformed tile, each packed in micro-panels of four filters: filters × tiles.
@usableFromInline package struct WinogradGradient<Scalar: KernelScalar>: Kernel {
  /// The padded planes of gradients.
  @usableFromInline let source: UnsafePointer<Scalar>
  /// Where the plane of each filter starts, for all vectors.
  @usableFromInline let filterOffsets: UnsafePointer<Int>
  /// How many vectors of filters there are.
  @usableFromInline let vectors: Int
  /// Where each tile starts in a plane.
  @usableFromInline let tileOffsets: UnsafePointer<Int>
  @usableFromInline let tiles: Int
  /// How far apart the rows of a tile are.
  @usableFromInline let rowLength: Int
  /// The first part.
  @usableFromInline let packed: UnsafeMutablePointer<Scalar>
  /// How far apart the parts are.
  @usableFromInline let partStride: Int
  /// Room for 56 vectors.
  @usableFromInline let scratch: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    source: UnsafePointer<Scalar>, filterOffsets: UnsafePointer<Int>, vectors: Int,
    tileOffsets: UnsafePointer<Int>, tiles: Int, rowLength: Int, packed: UnsafeMutablePointer<Scalar>,
    partStride: Int, scratch: UnsafeMutablePointer<Scalar>
  ) {
    (self.source, self.filterOffsets, self.vectors) = (source, filterOffsets, vectors)
    (self.tileOffsets, self.tiles, self.rowLength) = (tileOffsets, tiles, rowLength)
    (self.packed, self.partStride, self.scratch) = (packed, partStride, scratch)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    let width = Vector.width
    let rows = scratch
    let middle = scratch + 32 * width
    for tile in 0..<tiles {
      for vector in 0..<vectors {
        for row in 0..<4 {
          Vector.loadTransposed(
            source + (tileOffsets[tile] + row * rowLength), offsets: filterOffsets + vector * width,
            to: rows + row * 8 * width)
        }
        for column in 0..<4 {
          let transformed = Vector.gradientTransform(Vector.four(rows + column * width, stride: 8 * width))
          Vector.store(transformed, to: middle + column * width, stride: 4 * width)
        }
        let target = packed + (vector * width * tiles + tile * 4)
        for row in 0..<6 {
          let transformed = Vector.gradientTransform(Vector.four(middle + row * 4 * width, stride: width))
          let part = target + row * 6 * partStride
          transformed.0.storeQuads(to: part, stride: 4 * tiles)
          transformed.1.storeQuads(to: part + partStride, stride: 4 * tiles)
          transformed.2.storeQuads(to: part + 2 * partStride, stride: 4 * tiles)
          transformed.3.storeQuads(to: part + 3 * partStride, stride: 4 * tiles)
          transformed.4.storeQuads(to: part + 4 * partStride, stride: 4 * tiles)
          transformed.5.storeQuads(to: part + 5 * partStride, stride: 4 * tiles)
        }
      }
    }
  }
}
