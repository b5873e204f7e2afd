import Tensors

/// Adam: momentum and RMSProp together, with their means corrected for having started at zero. In the t-th step
///
/// v ← β₁·v + (1 − β₁)·dw,   a ← β₂·a + (1 − β₂)·dw²,   w ← w − η·v̂ / (√â + ε)
///
/// where v̂ = v / (1 − β₁ᵗ) and â = a / (1 − β₂ᵗ). Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015.
public struct Adam: Optimiser {
  /// η.
  public var learningRate: Double
  /// β₁, from 0 to 1.
  public var beta1: Double
  /// β₂, from 0 to 1.
  public var beta2: Double
  /// ε, outside the root.
  public var epsilon: Double

  /// Adam with these settings.
  public init(learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// What is remembered of a parameter of this shape before the first step.
  public func initialState<Scalar: TensorScalar>(for shape: Shape) -> OptimiserState<Scalar> {
    OptimiserState(velocity: shape, meanSquare: shape)
  }

  /// Moves `w` by one step (see `Optimiser`).
  public func update<Scalar: TensorScalar>(
    _ w: inout Tensor<Scalar>, gradient: Gradient<Scalar>, decay: Double, state: inout OptimiserState<Scalar>
  ) {
    state.step += 1
    w.update(gradient: gradient, decay: decay) { parameter in
      state.velocity.update(for: parameter) { velocity in
        state.meanSquare.update(for: parameter) { meanSquare in
          adamStep(
            parameter, mean: velocity, meanSquare: meanSquare, step: state.step, learningRate: learningRate,
            beta1: beta1, beta2: beta2, epsilon: epsilon)
        }
      }
    }
  }
}
