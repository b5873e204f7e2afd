/// Copies one panel of a right matrix into the order in which it is multiplied: step by step, two vectors for each, filled up
/// with zeros where the matrix has fewer columns.
@usableFromInline struct PanelPacking<Scalar: KernelScalar> {
  /// The first element of the panel.
  @usableFromInline let source: UnsafePointer<Scalar>
  /// How far apart neighbours in a column are.
  @usableFromInline let depthStride: Int
  /// How far apart neighbours in a row are. One of the two strides is 1.
  @usableFromInline let columnStride: Int
  /// The number of steps.
  @usableFromInline let depth: Int
  /// The number of columns, at most two vectors.
  @usableFromInline let columns: Int
  /// Room for `depth` steps of two vectors.
  @usableFromInline let packed: UnsafeMutablePointer<Scalar>

  @inlinable @inline(__always)
  init(
    source: UnsafePointer<Scalar>, depthStride: Int, columnStride: Int, depth: Int, columns: Int,
    packed: UnsafeMutablePointer<Scalar>
  ) {
    (self.source, self.depthStride, self.columnStride) = (source, depthStride, columnStride)
    (self.depth, self.columns, self.packed) = (depth, columns, packed)
  }

  @inlinable @inline(__always) func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    let width = 2 * Vector.width
    if depthStride == 1 && columns == width {
      transpose(Vector.self, width: width)
    } else {
      for step in 0..<depth {
        for column in 0..<width {
          packed[step * width + column] = column < columns ? source[step * depthStride + column * columnStride] : 0
        }
      }
    }
  }

  /// Columns of the source are contiguous: squares of eight by eight are transposed.
  @inlinable @inline(__always) func transpose<Vector: KernelVector<Scalar>>(_: Vector.Type, width: Int) {
    var column = 0
    while column < width {
      let lines = source + column * columnStride
      let target = packed + column
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
