/// Copies a block of a matrix into the order in which `MicroPanelProduct` reads it: micro-panels of up to six rows.
@usableFromInline package struct LeftPacking<Scalar: KernelScalar>: Kernel {
  /// The first element of the block.
  @usableFromInline let source: UnsafePointer<Scalar>
  /// How far apart neighbours in a column are.
  @usableFromInline let rowStride: Int
  /// How far apart neighbours in a row are. One of the two strides is 1.
  @usableFromInline let depthStride: Int
  /// Which micro-panels of the partition are packed.
  @usableFromInline let microPanels: Range<Int>
  /// How the rows are cut.
  @usableFromInline let partition: MicroPanelPartition
  /// The length of the sums.
  @usableFromInline let depth: Int
  /// Where micro-panel 0 would start: `partition.rows` × `depth` numbers.
  @usableFromInline let packed: UnsafeMutablePointer<Scalar>

  @inlinable
  package init(
    source: UnsafePointer<Scalar>, rowStride: Int, depthStride: Int, microPanels: Range<Int>,
    partition: MicroPanelPartition, depth: Int, packed: UnsafeMutablePointer<Scalar>
  ) {
    (self.source, self.rowStride, self.depthStride) = (source, rowStride, depthStride)
    (self.microPanels, self.partition, self.depth, self.packed) = (microPanels, partition, depth, packed)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    if depthStride == 1 { packRows(Vector.self) } else { packColumns() }
  }

  /// Columns of the source are contiguous: some steps at a time for all micro-panels, so that each line of the cache is read once.
  @inlinable @inline(__always) func packColumns() {
    var first = 0
    while first < depth {
      let end = min(first + 16, depth)
      for microPanel in microPanels {
        let start = partition.start(of: microPanel)
        let height = partition.start(of: microPanel + 1) - start
        var place = source + (start * rowStride + first * depthStride)
        var target = packed + (start * depth + first * height)
        if height == 6 && rowStride == 1 {
          for _ in first..<end {
            for row in 0..<6 { target[row] = place[row] }
            target += 6
            place += depthStride
          }
        } else {
          for _ in first..<end {
            for row in 0..<height { target[row] = place[row * rowStride] }
            target += height
            place += depthStride
          }
        }
      }
      first = end
    }
  }

  /// Rows of the source are contiguous.
  @inlinable @inline(__always) func packRows<Vector: KernelVector<Scalar>>(_: Vector.Type) {
    for microPanel in microPanels {
      let start = partition.start(of: microPanel)
      let height = partition.start(of: microPanel + 1) - start
      let rows = source + start * rowStride
      let target = packed + start * depth
      if height == 6 {
        // Eight rows at a time of which six count: what is written too much, the next step writes over.
        var first = 0
        if Vector.width == 8 && start + 8 <= partition.rows {
          while first + 16 <= depth {
            Vector.loadTransposed(rows + first, rowStride: rowStride, to: target + first * 6, stride: 6)
            first += 8
          }
        }
        for step in first..<depth {
          let place = rows + step * depthStride
          let out = target + step * 6
          for row in 0..<6 { out[row] = place[row * rowStride] }
        }
      } else {
        for step in 0..<depth {
          for row in 0..<height { target[step * height + row] = rows[row * rowStride + step * depthStride] }
        }
      }
    }
  }
}
