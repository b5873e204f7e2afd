import Tensors

extension Tensor {
  /// Calls `body` with this parameter and its gradient, for the kernels.
  mutating func update(gradient: Gradient<Scalar>, decay: Double, _ body: (OptimisedParameter<Scalar>) -> Void) {
    guard gradient.shape == shape else {
      fatalError("a gradient of shape \(gradient.shape) for a parameter of shape \(shape)")
    }
    let count = count
    withMutablePointer { values in
      gradient.withOperand { gradient in
        body(OptimisedParameter(values: values, gradient: gradient, decay: Scalar(decay), count: count))
      }
    }
  }

  /// Calls `body` with what a rule remembers of `parameter`, to be changed.
  mutating func update(for parameter: OptimisedParameter<Scalar>, _ body: (UnsafeMutablePointer<Scalar>) -> Void) {
    guard count == parameter.count else {
      fatalError("an optimiser's state of shape \(shape) for a parameter of \(parameter.count) numbers")
    }
    withMutablePointer(body)
  }
}
