extension PackingProduct {
  /// Copies a panel of at most two vectors' width into the order in which it is multiplied: step by step, two vectors for each,
  /// filled up with zeros where it has fewer columns.
  @inlinable @inline(__always)
  func pack<Vector: KernelVector<Scalar>>(_: Vector.Type, _ source: UnsafePointer<Scalar>, columns: Int) {
    let width = 2 * Vector.width
    if depthStride == 1 && columns == width {
      transpose(Vector.self, source, width: width)
    } else {
      for step in 0..<depth {
        for column in 0..<width {
          panel[step * width + column] = column < columns ? source[step * depthStride + column * columnStride] : 0
        }
      }
    }
  }

  /// Columns of the source are contiguous: squares of eight by eight are transposed.
  @inlinable @inline(__always)
  func transpose<Vector: KernelVector<Scalar>>(_: Vector.Type, _ source: UnsafePointer<Scalar>, width: Int) {
    var column = 0
    while column < width {
      let lines = source + column * columnStride
      let target = panel + column
      var step = 0
      while step + 8 <= depth {
        Vector.loadTransposed(lines + step, rowStride: columnStride, to: target + step * width, stride: width)
        step += 8
      }
      for step in step..<depth { for line in 0..<8 { target[step * width + line] = lines[line * columnStride + step] } }
      column += 8
    }
  }
}
