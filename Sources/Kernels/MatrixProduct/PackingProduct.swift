/// The product of a packed left matrix with a right one as it stands in memory, added to or written over a block of a third.
///
/// The right matrix is packed a panel at a time, while the first micro-panel meets it, or before where its columns are contiguous.
/// So a packed panel never leaves the first-level cache, and the second-level one is left to the micro-panels. While a panel
/// meets the micro-panels, the memory of those that come after it is asked for.
@usableFromInline package struct PackingProduct<Scalar: KernelScalar>: Kernel {
  /// The left matrix, and where the product goes.
  @usableFromInline let product: MicroPanelProduct<Scalar>
  /// The first element of the right matrix: depth × columns.
  @usableFromInline let right: UnsafePointer<Scalar>
  /// How far apart neighbours in a column of the right matrix are.
  @usableFromInline let depthStride: Int
  /// How far apart neighbours in a row of the right matrix are. One of the two strides is 1.
  @usableFromInline let columnStride: Int
  /// Room for a packed panel: `depth` steps of two vectors.
  @usableFromInline let panel: UnsafeMutablePointer<Scalar>
  /// Which micro-panels are multiplied, at least one. They are read again for each panel.
  @usableFromInline let microPanels: Range<Int>
  @usableFromInline let columns: Int
  /// The first element of a right matrix with as many columns that is multiplied after this one, or nothing.
  @usableFromInline let nextRight: UnsafePointer<Scalar>?

  @inlinable
  package init(
    _ product: MicroPanelProduct<Scalar>, right: UnsafePointer<Scalar>, depthStride: Int, columnStride: Int,
    panel: UnsafeMutablePointer<Scalar>, microPanels: Range<Int>, columns: Int, nextRight: UnsafePointer<Scalar>?
  ) {
    (self.product, self.right, self.depthStride, self.columnStride) = (product, right, depthStride, columnStride)
    (self.panel, self.microPanels, self.columns, self.nextRight) = (panel, microPanels, columns, nextRight)
  }

  /// The length of the sums.
  @inlinable @inline(__always) var depth: Int { product.depth }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    let wholeWidth = 2 * Vector.width
    var next = Prefetching()
    var column = 0
    while column < columns {
      if column % (panelsAtOnce * wholeWidth) == 0 { next = columnsAfter(column, panelWidth: wholeWidth) }
      let width = min(columns - column, wholeWidth)
      let source = right + column * columnStride
      var multiplied = microPanels.lowerBound
      if columnStride == 1 && width == wholeWidth {
        let first = microPanels.lowerBound
        product.run(
          first..<first + 1, PanelBeingPacked<Vector>(source, sourceStride: depthStride, packedInto: panel),
          column: column, width: width, asking: &next)
        multiplied += 1
      } else {
        pack(Vector.self, source, columns: width)
      }
      product.run(
        multiplied..<microPanels.upperBound, PackedPanel<Vector>(panel), column: column, width: width, asking: &next)
      column += wholeWidth
    }
  }

  /// How many panels are asked for together: one where it meets many micro-panels, several where it meets few, since memory gives
  /// the longer rows of several more readily.
  @inlinable @inline(__always) var panelsAtOnce: Int { max(1, min(4, 48 / microPanels.count)) }

  /// What is to be asked for while the columns from `column` on are multiplied: those after them, or those of `nextRight`.
  @inlinable @inline(__always) func columnsAfter(_ column: Int, panelWidth: Int) -> Prefetching {
    let count = panelsAtOnce * panelWidth
    let here = min(count, columns - column)
    let end = column + here
    let start = end < columns ? right + end * columnStride : nextRight
    let width = end < columns ? min(count, columns - end) : min(count, columns)
    let turns = microPanels.count * (depth / Prefetching.stepsBetweenTurns) * ((here + panelWidth - 1) / panelWidth)
    guard let start, turns > 0 else { return Prefetching() }
    let isInRows = columnStride == 1
    let size = MemoryLayout<Scalar>.stride
    return Prefetching(
      start, rows: isInRows ? depth : width, rowBytes: (isInRows ? width : depth) * size,
      rowStride: (isInRows ? depthStride : columnStride) * size, turns: turns)
  }
}
