import Tensors

/// The pointers of one parameter's update, and the loop over its elements.
struct ParameterUpdate<Scalar: TensorScalar> {
  let w: UnsafeMutablePointer<Scalar>
  let gradient: UnsafePointer<Scalar>
  let decay: Scalar
  let count: Int

  /// Calls `step` for each element with the parameter and the gradient of the loss and its L2 penalty, on all threads.
  @inline(__always)
  func forEach(_ step: (_ i: Int, _ w: inout Scalar, _ dw: Scalar) -> Void) {
    let pieceSize = 1 << 16
    ThreadPool.shared.run(count: (count + pieceSize - 1) / pieceSize) { piece in
      for i in piece * pieceSize..<min(count, (piece + 1) * pieceSize) {
        step(i, &w[i], gradient[i] + decay * w[i])
      }
    }
  }
}

extension Tensor {
  /// Calls `body` with what an update of this parameter needs.
  @inline(__always)
  mutating func update(gradient: Tensor, decay: Double, _ body: (ParameterUpdate<Scalar>) -> Void) {
    precondition(gradient.shape == shape, "a gradient of shape \(gradient.shape) for a parameter of shape \(shape)")
    withUnsafeMutableBufferPointer { w in
      gradient.withUnsafeBufferPointer { dw in
        guard let start = w.baseAddress, let gradient = dw.baseAddress else { return }
        body(ParameterUpdate(w: start, gradient: gradient, decay: Scalar(decay), count: w.count))
      }
    }
  }

  /// Calls `body` with the elements of what a rule remembers, to be changed.
  @inline(__always)
  mutating func withMutablePointer(for gradient: Tensor, _ body: (UnsafeMutablePointer<Scalar>) -> Void) {
    precondition(
      shape == gradient.shape, "an optimiser's state of shape \(shape) for a gradient of shape \(gradient.shape)")
    withUnsafeMutableBufferPointer { elements in
      if let start = elements.baseAddress { body(start) }
    }
  }
}
