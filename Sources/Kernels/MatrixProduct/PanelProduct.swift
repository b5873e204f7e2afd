/// The product of two packed matrices, added to or written over a block of a third.
///
/// The left matrix is packed in slivers of up to six rows (`SliverPartition`), the right one in panels of two vectors' width,
/// depth-major too, the last one padded (the scheme of Goto and van de Geijn, "Anatomy of High-Performance Matrix
/// Multiplication", 2008).
@usableFromInline package struct PanelProduct<Scalar: KernelScalar>: Kernel {
  /// The packed left matrix: rows × depth, from its first sliver on.
  @usableFromInline let left: UnsafePointer<Scalar>
  /// The packed right matrix: depth × columns.
  @usableFromInline let right: UnsafePointer<Scalar>
  /// The block of the result: rows × columns.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>
  /// How far apart the rows of the result are.
  @usableFromInline let resultStride: Int
  /// How the rows are cut.
  @usableFromInline let partition: SliverPartition
  /// Which slivers are multiplied.
  @usableFromInline let slivers: Range<Int>
  /// The number of columns.
  @usableFromInline let columns: Int
  /// The length of the sums.
  @usableFromInline let depth: Int
  /// Whether the product is added to what the result holds.
  @usableFromInline let isAccumulating: Bool
  /// Room for a tile: six rows of two vectors.
  @usableFromInline let scratch: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    left: UnsafePointer<Scalar>, right: UnsafePointer<Scalar>, result: UnsafeMutablePointer<Scalar>, resultStride: Int,
    partition: SliverPartition, slivers: Range<Int>, columns: Int, depth: Int, isAccumulating: Bool,
    scratch: UnsafeMutablePointer<Scalar>
  ) {
    (self.left, self.right, self.result) = (left, right, result)
    (self.resultStride, self.partition, self.slivers) = (resultStride, partition, slivers)
    (self.columns, self.depth, self.isAccumulating, self.scratch) = (columns, depth, isAccumulating, scratch)
  }

  @inlinable @inline(__always)
  package func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let product = SliverProduct(
      left: left, result: result, resultStride: resultStride, partition: partition, depth: depth,
      isAccumulating: isAccumulating, scratch: scratch)
    var nothing = Prefetching()
    // A panel stays in the first-level cache while it meets the slivers of a block, which stay in the second-level one.
    var block = slivers.lowerBound
    while block < slivers.upperBound {
      let blockEnd = min(block + 86, slivers.upperBound)
      var column = 0
      while column < columns {
        product.run(
          block..<blockEnd, PackedPanel<Vector>(right + column * depth), column: column,
          width: min(columns - column, 2 * Vector.width), asking: &nothing)
        column += 2 * Vector.width
      }
      block = blockEnd
    }
  }
}
