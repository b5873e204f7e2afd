import NbrunTensors

extension Tensor {
  /// The elements, to be written, in a copy where another tensor has them, too. They live as long as this tensor: the caller still has
  /// it when they are written.
  package mutating func elementsToWrite() -> UnsafeMutablePointer<Scalar> {
    withUnsafeMutableBufferPointer { $0.baseAddress! }
  }
}

/// Calls `body` with the elements of each tensor, which must not be used after it returns.
@inline(__always)
package func withPointers<each Scalar: TensorScalar>(
  _ tensors: repeat Tensor<each Scalar>, body: (repeat UnsafePointer<each Scalar>) -> Void
) {
  body(repeat (each tensors).withUnsafeBufferPointer { $0.baseAddress! })
  repeat withExtendedLifetime(each tensors) {}
}

/// Traps with the sentence of a `ShapeError`: shapes that do not meet inside a program are a programmer's mistake.
func checked<Geometry>(_ make: () throws(ShapeError) -> Geometry) -> Geometry {
  do {
    return try make()
  } catch {
    fatalError(error.message)
  }
}
