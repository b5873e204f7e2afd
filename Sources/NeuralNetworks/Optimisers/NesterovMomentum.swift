import Tensors

/// Stochastic gradient descent with Nesterov's momentum, in the form that takes the gradient where the parameters are:
///
/// v′ = μ·v − η·dw,   w ← w + v′ + μ·(v′ − v),   v ← v′
///
/// Source: Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning", 2013.
public struct NesterovMomentum: Optimiser {
  /// η.
  public var learningRate: Double
  /// μ, from 0 to 1.
  public var momentum: Double

  /// Nesterov's momentum with these settings.
  public init(learningRate: Double = 1e-2, momentum: Double = 0.9) {
    self.learningRate = learningRate
    self.momentum = momentum
  }

  /// What is remembered of a parameter of this shape before the first step.
  public func initialState<Scalar: TensorScalar>(for shape: Shape) -> OptimiserState<Scalar> {
    OptimiserState(velocity: shape)
  }

  /// Moves `w` by one step (see `Optimiser`).
  public func update<Scalar: TensorScalar>(
    _ w: inout Tensor<Scalar>, gradient: Gradient<Scalar>, decay: Double, state: inout OptimiserState<Scalar>
  ) {
    state.step += 1
    w.update(gradient: gradient, decay: decay) { parameter in
      state.velocity.update(for: parameter) { velocity in
        momentumStep(
          parameter, velocity: velocity, learningRate: learningRate, momentum: momentum, isNesterov: true)
      }
    }
  }
}
