/// The product of a packed left matrix with a right one as it stands in memory, added to or written over a block of a third.
///
/// The right matrix is packed a panel at a time, while the first sliver meets it, or before where its columns are contiguous.
/// So a packed panel never leaves the first-level cache, and the second-level one is left to the slivers. While a panel
/// meets the slivers, the memory of those that come after it is asked for.
@usableFromInline package struct PackingProduct<Scalar: KernelScalar>: Kernel {
  /// The packed left matrix: rows × depth, from its first sliver on (`LeftPacking`).
  @usableFromInline let left: UnsafePointer<Scalar>
  /// The first element of the right matrix: depth × columns.
  @usableFromInline let right: UnsafePointer<Scalar>
  /// How far apart neighbours in a column of the right matrix are.
  @usableFromInline let depthStride: Int
  /// How far apart neighbours in a row of the right matrix are. One of the two strides is 1.
  @usableFromInline let columnStride: Int
  /// Room for a packed panel: `depth` steps of two vectors.
  @usableFromInline let panel: UnsafeMutablePointer<Scalar>
  /// The block of the result: rows × columns.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>
  /// How far apart the rows of the result are.
  @usableFromInline let resultStride: Int
  /// How the rows are cut.
  @usableFromInline let partition: SliverPartition
  /// Which slivers are multiplied, at least one. They are read again for each panel.
  @usableFromInline let slivers: Range<Int>
  /// The number of columns.
  @usableFromInline let columns: Int
  /// The length of the sums.
  @usableFromInline let depth: Int
  /// Whether the product is added to what the result holds.
  @usableFromInline let isAccumulating: Bool
  /// Room for a tile: six rows of two vectors.
  @usableFromInline let scratch: UnsafeMutablePointer<Scalar>
  /// The first element of a right matrix with as many columns that is multiplied after this one, or nothing.
  @usableFromInline let nextRight: UnsafePointer<Scalar>?

  @inlinable
  package init(
    left: UnsafePointer<Scalar>, right: UnsafePointer<Scalar>, depthStride: Int, columnStride: Int,
    panel: UnsafeMutablePointer<Scalar>, result: UnsafeMutablePointer<Scalar>, resultStride: Int,
    partition: SliverPartition, slivers: Range<Int>, columns: Int, depth: Int, isAccumulating: Bool,
    scratch: UnsafeMutablePointer<Scalar>, nextRight: UnsafePointer<Scalar>?
  ) {
    (self.left, self.right, self.depthStride) = (left, right, depthStride)
    (self.columnStride, self.panel, self.result, self.resultStride) = (columnStride, panel, result, resultStride)
    (self.partition, self.slivers, self.columns) = (partition, slivers, columns)
    (self.depth, self.isAccumulating, self.scratch, self.nextRight) = (depth, isAccumulating, scratch, nextRight)
  }

  @inlinable @inline(__always)
  package func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let product = SliverProduct(
      left: left, result: result, resultStride: resultStride, partition: partition, depth: depth,
      isAccumulating: isAccumulating, scratch: scratch)
    let wholeWidth = 2 * Vector.width
    var next = Prefetching()
    var column = 0
    while column < columns {
      if column % (panelsAtOnce * wholeWidth) == 0 { next = columnsAfter(column, panelWidth: wholeWidth) }
      let width = min(columns - column, wholeWidth)
      let source = right + column * columnStride
      var multiplied = slivers.lowerBound
      if columnStride == 1 && width == wholeWidth {
        let first = slivers.lowerBound
        product.run(
          first..<first + 1, PanelBeingPacked<Vector>(source, sourceStride: depthStride, packedInto: panel),
          column: column, width: width, asking: &next)
        multiplied += 1
      } else {
        PanelPacking(
          source: source, depthStride: depthStride, columnStride: columnStride, depth: depth, columns: width,
          packed: panel
        ).run(with: Vector.self)
      }
      product.run(
        multiplied..<slivers.upperBound, PackedPanel<Vector>(panel), column: column, width: width, asking: &next)
      column += wholeWidth
    }
  }

  /// How many panels are asked for together: one where it meets many slivers, several where it meets few, since memory gives
  /// the longer rows of several more readily.
  @inlinable @inline(__always)
  var panelsAtOnce: Int { max(1, min(4, 48 / slivers.count)) }

  /// What is to be asked for while the columns from `column` on are multiplied: those after them, or those of `nextRight`.
  @inlinable @inline(__always)
  func columnsAfter(_ column: Int, panelWidth: Int) -> Prefetching {
    let count = panelsAtOnce * panelWidth
    let here = min(count, columns - column)
    let end = column + here
    let start = end < columns ? right + end * columnStride : nextRight
    let width = end < columns ? min(count, columns - end) : min(count, columns)
    let turns = slivers.count * (depth / Prefetching.stepsBetweenTurns) * ((here + panelWidth - 1) / panelWidth)
    guard let start, turns > 0 else { return Prefetching() }
    let isInRows = columnStride == 1
    let size = MemoryLayout<Scalar>.stride
    return Prefetching(
      start, rows: isInRows ? depth : width, rowBytes: (isInRows ? width : depth) * size,
      rowStride: (isInRows ? depthStride : columnStride) * size, turns: turns)
  }
}
