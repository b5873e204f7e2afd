/// Adds up the rows of a matrix, each column by itself, from the first row to the last.
///
/// Where the sums are added to what the result holds, that comes before the first row.
@usableFromInline package struct RowSums<Scalar: KernelScalar>: SequentialKernel {
  /// The matrix, row by row.
  @usableFromInline let input: UnsafePointer<Scalar>
  @usableFromInline let rows: Int
  @usableFromInline let columns: Int
  /// How far apart the rows are.
  @usableFromInline let rowStride: Int
  /// A sum for each column.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>
  /// Whether the sums are added to what the result holds.
  @usableFromInline let isAccumulating: Bool

  @inlinable
  package init(
    input: UnsafePointer<Scalar>, rows: Int, columns: Int, rowStride: Int, result: UnsafeMutablePointer<Scalar>,
    isAccumulating: Bool = false
  ) {
    (self.input, self.rows, self.columns) = (input, rows, columns)
    (self.rowStride, self.result, self.isAccumulating) = (rowStride, result, isAccumulating)
  }

  @inlinable @inline(__always) package var count: Int { columns }

  @inlinable @inline(__always) package func step<Vector: NumberVector<Scalar>>(_: Vector.Type, _ column: Int) {
    var sum = isAccumulating ? Vector(loading: result + column) : Vector(repeating: 0)
    for row in 0..<rows { sum = sum + Vector(loading: input + (row * rowStride + column)) }
    sum.store(to: result + column)
  }
}
