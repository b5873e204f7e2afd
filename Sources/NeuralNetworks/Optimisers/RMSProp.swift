import Tensors

/// RMSProp, which divides each step by the root of a running mean of squared gradients:
///
/// a ← β·a + (1 − β)·dw²,   w ← w − η·dw / (√a + ε)
///
/// Source: Tieleman and Hinton, "Lecture 6.5: rmsprop", 2012.
public struct RMSProp: Optimiser {
  /// η.
  public var learningRate: Double
  /// β, from 0 to 1.
  public var decayRate: Double
  /// ε, outside the root.
  public var epsilon: Double

  /// RMSProp with these settings.
  public init(learningRate: Double = 1e-2, decayRate: Double = 0.99, epsilon: Double = 1e-8) {
    self.learningRate = learningRate
    self.decayRate = decayRate
    self.epsilon = epsilon
  }

  /// What is remembered of a parameter of this shape before the first step.
  public func initialState<Scalar: TensorScalar>(for shape: Shape) -> OptimiserState<Scalar> {
    OptimiserState(meanSquare: shape)
  }

  /// Moves `w` by one step (see `Optimiser`).
  public func update<Scalar: TensorScalar>(
    _ w: inout Tensor<Scalar>, gradient: Gradient<Scalar>, decay: Double, state: inout OptimiserState<Scalar>
  ) {
    state.step += 1
    w.update(gradient: gradient, decay: decay) { parameter in
      state.meanSquare.update(for: parameter) { meanSquare in
        rmsPropStep(
          parameter, meanSquare: meanSquare, learningRate: learningRate, decayRate: decayRate, epsilon: epsilon)
      }
    }
  }
}
