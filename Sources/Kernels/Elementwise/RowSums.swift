/// Adds up the rows of a matrix, each column by itself, from the first row to the last.
///
/// Where the sums are added to what the result holds, that comes before the first row.
public struct RowSums<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The matrix, row by row.
  public var input: UnsafePointer<Scalar>
  /// The number of rows.
  public var rows: Int
  /// The number of columns.
  public var columns: Int
  /// How far apart the rows are.
  public var rowStride: Int
  /// A sum for each column.
  public var result: UnsafeMutablePointer<Scalar>
  /// Whether the sums are added to what the result holds.
  public var isAccumulating: Bool

  /// A kernel with these arguments.
  @inlinable
  public init(
    input: UnsafePointer<Scalar>, rows: Int, columns: Int, rowStride: Int, result: UnsafeMutablePointer<Scalar>,
    isAccumulating: Bool = false
  ) {
    self.input = input
    self.rows = rows
    self.columns = columns
    self.rowStride = rowStride
    self.result = result
    self.isAccumulating = isAccumulating
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    var column = 0
    while column + Vector.width <= columns {
      var sum = isAccumulating ? Vector(loading: result + column) : Vector(repeating: 0)
      for row in 0..<rows { sum = sum + Vector(loading: input + (row * rowStride + column)) }
      sum.store(to: result + column)
      column += Vector.width
    }
    while column < columns {
      var sum = isAccumulating ? result[column] : 0
      for row in 0..<rows { sum += input[row * rowStride + column] }
      result[column] = sum
      column += 1
    }
  }
}
