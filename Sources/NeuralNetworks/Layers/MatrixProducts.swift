import NbrunTensors

/// The product of two matrices, either of which may stand for its transpose; `bias` is added to each row.
func matrixProduct<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, transposed aIsTransposed: Bool = false, _ b: Tensor<Scalar>,
  transposed bIsTransposed: Bool = false, bias: Tensor<Scalar>? = nil
) -> Tensor<Scalar> {
  let (rows, depth) = aIsTransposed ? (a.shape[1], a.shape[0]) : (a.shape[0], a.shape[1])
  let (depthOfB, columns) = bIsTransposed ? (b.shape[1], b.shape[0]) : (b.shape[0], b.shape[1])
  guard depth == depthOfB else { fatalError("a product of matrices of shapes \(a.shape) and \(b.shape)") }
  var product = Tensor<Scalar>(unsafeUninitialized: [rows, columns], on: a.device)
  let result = product.elementsToWrite()
  withPointers(a, b, bias ?? b) { left, right, addend in
    NbrunTensors.matrixProduct(
      MatrixProductShape(rows: rows, columns: columns, depth: depth),
      MatrixOperand(left, rowStride: a.shape[1], isTransposed: aIsTransposed),
      MatrixOperand(right, rowStride: b.shape[1], isTransposed: bIsTransposed), into: result,
      bias: bias == nil ? nil : addend, on: a.device)
  }
  return product
}

extension Tensor {
  /// The sum of a matrix's rows.
  func sumOfRows() -> Tensor {
    var sums = Tensor.zeros([shape[1]], on: device)
    let result = sums.elementsToWrite()
    withPointers(self) { sumRows($0, rows: shape[0], columns: shape[1], into: result, on: device) }
    return sums
  }

  /// The sum of the squares of all elements.
  func sumOfSquares() -> Double {
    withUnsafeBufferPointer { x in x.baseAddress.map { NbrunTensors.sumOfSquares($0, count: x.count, on: device) } ?? 0
    }
  }
}
