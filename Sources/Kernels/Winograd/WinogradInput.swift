/// Transforms tiles of 6×6 numbers, Bᵀ d B, a vector of them at a time: neighbours in a vector are different tiles, or
/// different channels of one tile, as `offsets` says.
///
/// The result has 36 parts, one for each place in a transformed tile, `partStride` apart.
@usableFromInline package struct WinogradInput<Scalar: KernelScalar>: Kernel {
  /// The padded planes.
  @usableFromInline let source: UnsafePointer<Scalar>
  /// Where the tile of each lane starts, for all vectors.
  @usableFromInline let offsets: UnsafePointer<Int>
  /// How many vectors of tiles there are.
  @usableFromInline let vectors: Int
  /// How often all of that is done, each time further on.
  @usableFromInline let repeats: Int
  /// How far on the tiles of each repeat are.
  @usableFromInline let repeatOffsets: UnsafePointer<Int>
  /// How far apart the rows of a tile are.
  @usableFromInline let rowLength: Int
  /// Where the first vector of the first part goes.
  @usableFromInline let target: UnsafeMutablePointer<Scalar>
  /// Where each vector goes, behind the first.
  @usableFromInline let targetOffsets: UnsafePointer<Int>
  /// How far apart the results of two repeats are.
  @usableFromInline let repeatTargetOffset: Int
  /// How far apart the parts are.
  @usableFromInline let partStride: Int
  /// Room for 96 vectors.
  @usableFromInline let scratch: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    source: UnsafePointer<Scalar>, offsets: UnsafePointer<Int>, vectors: Int, repeats: Int,
    repeatOffsets: UnsafePointer<Int>, rowLength: Int, target: UnsafeMutablePointer<Scalar>,
    targetOffsets: UnsafePointer<Int>, repeatTargetOffset: Int, partStride: Int, scratch: UnsafeMutablePointer<Scalar>
  ) {
    (self.source, self.offsets) = (source, offsets)
    (self.vectors, self.repeats, self.repeatOffsets) = (vectors, repeats, repeatOffsets)
    (self.rowLength, self.target, self.targetOffsets) = (rowLength, target, targetOffsets)
    (self.repeatTargetOffset, self.partStride, self.scratch) = (repeatTargetOffset, partStride, scratch)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    let width = Vector.width
    let rows = scratch
    let middle = scratch + 48 * width
    for again in 0..<repeats {
      for vector in 0..<vectors {
        let tiles = offsets + vector * width
        for row in 0..<6 {
          let place = source + (repeatOffsets[again] + row * rowLength)
          Vector.loadTransposed(place, offsets: tiles, to: rows + row * 8 * width)
        }
        for column in 0..<6 {
          let transformed = Vector.inputTransform(Vector.six(rows + column * width, stride: 8 * width))
          Vector.store(transformed, to: middle + column * width, stride: 6 * width)
        }
        let result = target + (targetOffsets[vector] + again * repeatTargetOffset)
        for row in 0..<6 {
          let transformed = Vector.inputTransform(Vector.six(middle + row * 6 * width, stride: width))
          Vector.store(transformed, to: result + row * 6 * partStride, stride: partStride)
        }
      }
    }
  }
}
