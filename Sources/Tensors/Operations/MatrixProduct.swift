import NbrunKernels

/// A matrix as an operation reads it: where it starts, how far apart its rows are, and whether it stands for its transpose.
package struct MatrixOperand<Scalar: KernelScalar> {
  /// The first element.
  package var pointer: UnsafePointer<Scalar>
  /// The distance from one stored row to the next.
  package var rowStride: Int
  /// Whether the stored matrix is the transpose of the one that is meant.
  package var isTransposed: Bool

  /// The matrix stored row by row at `pointer`, or its transpose.
  package init(_ pointer: UnsafePointer<Scalar>, rowStride: Int, isTransposed: Bool = false) {
    (self.pointer, self.rowStride, self.isTransposed) = (pointer, rowStride, isTransposed)
  }

  /// The distance between neighbours in a column of the matrix that is meant.
  var downStride: Int { isTransposed ? 1 : rowStride }
  /// The distance between neighbours in a row of the matrix that is meant.
  var acrossStride: Int { isTransposed ? rowStride : 1 }
}

/// The sizes of a matrix product: rows × depth times depth × columns.
package struct MatrixProductShape: Hashable, Sendable {
  /// The rows of the left matrix and of the product.
  package var rows: Int
  /// The columns of the right matrix and of the product.
  package var columns: Int
  /// The columns of the left matrix and the rows of the right one.
  package var depth: Int

  /// A product of rows × depth with depth × columns.
  package init(rows: Int, columns: Int, depth: Int) { (self.rows, self.columns, self.depth) = (rows, columns, depth) }
}

/// Computes `result = left · right`, or adds that product to `result`, or starts each row from `bias`.
///
/// The order of every sum depends on the shape alone, so the result is the same for any number of threads.
///
/// - Parameters:
///   - left: rows × depth.
///   - right: depth × columns.
///   - result: rows × columns, row-major, rows `resultStride` apart (by default `columns`).
///   - isAccumulating: whether the product is added to what `result` holds.
///   - bias: `columns` numbers that are added to each row, or nothing. Not together with `isAccumulating`.
package func matrixProduct<Scalar: KernelScalar>(
  _ shape: MatrixProductShape, _ left: MatrixOperand<Scalar>, _ right: MatrixOperand<Scalar>,
  into result: UnsafeMutablePointer<Scalar>, resultStride: Int? = nil, isAccumulating: Bool = false,
  bias: UnsafePointer<Scalar>? = nil, on device: Device
) {
  guard bias == nil || !isAccumulating else { fatalError("a matrix product that accumulates takes no bias") }
  BlockedMatrixProduct(shape: shape, left: left, right: right).run(
    on: device,
    into: .init(pointer: result, stride: resultStride ?? shape.columns, isAccumulating: isAccumulating, bias: bias))
}
