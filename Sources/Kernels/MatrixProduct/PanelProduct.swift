/// The product of two packed matrices, added to or written over a block of a third.
///
/// The left matrix is packed in micro-panels of up to six rows (`MicroPanelPartition`), the right one in panels of two vectors' width,
/// depth-major too, the last one padded (the scheme of Goto and van de Geijn, "Anatomy of High-Performance Matrix
/// Multiplication", 2008).
@usableFromInline package struct PanelProduct<Scalar: KernelScalar>: Kernel {
  /// The left matrix, and where the product goes.
  @usableFromInline let product: MicroPanelProduct<Scalar>
  /// The packed right matrix: depth × columns.
  @usableFromInline let right: UnsafePointer<Scalar>
  @usableFromInline let columns: Int

  @inlinable package init(_ product: MicroPanelProduct<Scalar>, right: UnsafePointer<Scalar>, columns: Int) {
    (self.product, self.right, self.columns) = (product, right, columns)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    var nothing = Prefetching()
    // A panel stays in the first-level cache while it meets the micro-panels of a block, which stay in the second-level one.
    var block = 0
    while block < product.partition.count {
      let blockEnd = min(block + 86, product.partition.count)
      var column = 0
      while column < columns {
        product.run(
          block..<blockEnd, PackedPanel<Vector>(right + column * product.depth), column: column,
          width: min(columns - column, 2 * Vector.width), asking: &nothing)
        column += 2 * Vector.width
      }
      block = blockEnd
    }
  }
}
