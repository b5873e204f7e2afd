import NbrunTensors

/// The gradient of a loss with respect to one parameter.
///
/// That of a fully connected layer's weights, dw = xᵀ · dout, is as large as they are, and an optimiser reads it once. Kept as
/// its factors, it is computed some rows at a time while those rows of the weights move, and never goes through memory.
public enum Gradient<Scalar: TensorScalar>: Sendable {
  /// An array of the parameter's shape.
  case array(Tensor<Scalar>)
  /// leftᵀ · right, for N×D and N×M a gradient D×M.
  case product(left: Tensor<Scalar>, right: Tensor<Scalar>)

  /// The parameter's shape.
  public var shape: Shape {
    switch self {
    case .array(let array): array.shape
    case .product(let left, let right): [left.shape[1], right.shape[1]]
    }
  }

  /// The array, computed where it is a product.
  public var array: Tensor<Scalar> {
    switch self {
    case .array(let array): array
    case .product(let left, let right): matrixProduct(left, transposed: true, right, transposed: false)
    }
  }

  /// Calls `body` with the gradient for the kernels, unless it has no elements.
  func withOperand(_ body: (OptimisedParameter<Scalar>.Gradient) -> Void) {
    switch self {
    case .array(let array): withPointers(array) { body(.elements($0)) }
    case .product(let left, let right):
      let (examples, rows, columns) = (left.shape[0], left.shape[1], right.shape[1])
      guard examples > 0 else { return Gradient.array(array).withOperand(body) }
      withPointers(left, right) { left, right in
        body(
          .product(
            MatrixProductShape(rows: rows, columns: columns, depth: examples),
            MatrixOperand(left, rowStride: rows, isTransposed: true), MatrixOperand(right, rowStride: columns)))
      }
    }
  }
}
