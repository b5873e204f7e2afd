import Tensors

/// Stochastic gradient descent: w ← w − η·dw.
public struct SGD: Optimiser {
  /// η.
  public var learningRate: Double

  /// Gradient descent with this learning rate.
  public init(learningRate: Double = 1e-2) {
    self.learningRate = learningRate
  }

  /// What is remembered of a parameter of this shape before the first step.
  public func initialState<Scalar: TensorScalar>(for shape: Shape) -> OptimiserState<Scalar> {
    OptimiserState()
  }

  /// Moves `w` by one step (see `Optimiser`).
  public func update<Scalar: TensorScalar>(
    _ w: inout Tensor<Scalar>, gradient: Gradient<Scalar>, decay: Double, state: inout OptimiserState<Scalar>
  ) {
    state.step += 1
    w.update(gradient: gradient, decay: decay) { parameter in
      gradientStep(parameter, learningRate: learningRate)
    }
  }
}
