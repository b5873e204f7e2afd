/// The product of two packed matrices, added to or written over a block of a third.
///
/// The left matrix is packed in slivers of up to six rows (`SliverPartition`), the right one in panels of two vectors' width,
/// depth-major too, the last one padded (the scheme of Goto and van de Geijn, "Anatomy of High-Performance Matrix
/// Multiplication", 2008).
public struct PanelProduct<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The packed left matrix: rows × depth, from its first sliver on.
  public var left: UnsafePointer<Scalar>
  /// The packed right matrix: depth × columns.
  public var right: UnsafePointer<Scalar>
  /// The block of the result: rows × columns.
  public var result: UnsafeMutablePointer<Scalar>
  /// How far apart the rows of the result are.
  public var resultStride: Int
  /// How the rows are cut.
  public var partition: SliverPartition
  /// Which slivers are multiplied.
  public var slivers: Range<Int>
  /// The number of columns.
  public var columns: Int
  /// The length of the sums.
  public var depth: Int
  /// Whether the product is added to what the result holds.
  public var isAccumulating: Bool
  /// Room for a tile: six rows of two vectors.
  public var scratch: UnsafeMutablePointer<Scalar>

  /// A product of packed matrices.
  @inlinable
  public init(
    left: UnsafePointer<Scalar>, right: UnsafePointer<Scalar>, result: UnsafeMutablePointer<Scalar>, resultStride: Int,
    partition: SliverPartition, slivers: Range<Int>, columns: Int, depth: Int, isAccumulating: Bool,
    scratch: UnsafeMutablePointer<Scalar>
  ) {
    self.left = left
    self.right = right
    self.result = result
    self.resultStride = resultStride
    self.partition = partition
    self.slivers = slivers
    self.columns = columns
    self.depth = depth
    self.isAccumulating = isAccumulating
    self.scratch = scratch
  }

  /// Computes the product with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
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
