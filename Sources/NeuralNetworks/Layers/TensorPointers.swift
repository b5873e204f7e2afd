import NbrunTensors

extension Tensor {
  /// Calls `body` with the elements, unless there are none.
  @inline(__always) func withPointer(_ body: (UnsafePointer<Scalar>) -> Void) {
    withUnsafeBufferPointer { elements in if let start = elements.baseAddress { body(start) } }
  }

  /// Calls `body` with the elements, to be written, unless there are none.
  @inline(__always) mutating func withMutablePointer(_ body: (UnsafeMutablePointer<Scalar>) -> Void) {
    withUnsafeMutableBufferPointer { elements in if let start = elements.baseAddress { body(start) } }
  }
}

/// Calls `body` with the elements of two tensors.
@inline(__always)
func withPointers<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, _ b: Tensor<Scalar>, _ body: (UnsafePointer<Scalar>, UnsafePointer<Scalar>) -> Void
) {
  a.withPointer { a in
    b.withPointer { b in body(a, b) }
  }
}

/// Calls `body` with the elements of three tensors.
@inline(__always)
func withPointers<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, _ b: Tensor<Scalar>, _ c: Tensor<Scalar>,
  _ body: (UnsafePointer<Scalar>, UnsafePointer<Scalar>, UnsafePointer<Scalar>) -> Void
) {
  withPointers(a, b) { a, b in
    c.withPointer { c in body(a, b, c) }
  }
}

/// Traps with the sentence of a `ShapeError`: shapes that do not meet inside a program are a programmer's mistake.
func checked<Geometry>(_ make: () throws(ShapeError) -> Geometry) -> Geometry {
  do {
    return try make()
  } catch {
    fatalError(error.message)
  }
}
