import NbrunTensors

/// The product of two matrices, either of which may stand for its transpose; `bias` is added to each row.
func matrixProduct<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, transposed aIsTransposed: Bool = false, _ b: Tensor<Scalar>,
  transposed bIsTransposed: Bool = false, bias: Tensor<Scalar>? = nil
) -> Tensor<Scalar> {
  let (rows, depth) = aIsTransposed ? (a.shape[1], a.shape[0]) : (a.shape[0], a.shape[1])
  let (depthOfB, columns) = bIsTransposed ? (b.shape[1], b.shape[0]) : (b.shape[0], b.shape[1])
  guard depth == depthOfB else { fatalError("a product of matrices of shapes \(a.shape) and \(b.shape)") }
  return Tensor(shape: [rows, columns]) { result in
    withPointers(a, b) { left, right in
      guard let result = result.baseAddress else { return }
      func multiply(bias: UnsafePointer<Scalar>?) {
        NbrunTensors.matrixProduct(
          MatrixProductShape(rows: rows, columns: columns, depth: depth),
          MatrixOperand(left, rowStride: a.shape[1], isTransposed: aIsTransposed),
          MatrixOperand(right, rowStride: b.shape[1], isTransposed: bIsTransposed), into: result, bias: bias)
      }
      if let bias { bias.withPointer { multiply(bias: $0) } } else { multiply(bias: nil) }
    }
  }
}

extension Tensor {
  /// The sum of a matrix's rows.
  func sumOfRows() -> Tensor {
    var sums = Tensor.zeros([shape[1]])
    sums.withMutablePointer { sums in withPointer { sumRows($0, rows: shape[0], columns: shape[1], into: sums) } }
    return sums
  }

  /// The sum of the squares of all elements.
  func sumOfSquares() -> Double {
    withUnsafeBufferPointer { x in x.baseAddress.map { NbrunTensors.sumOfSquares($0, count: x.count) } ?? 0 }
  }
}
