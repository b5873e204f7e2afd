import Tensors

/// Stochastic gradient descent with momentum: v ← μ·v − η·dw, then w ← w + v.
///
/// Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.
public struct Momentum: Optimiser {
  /// η.
  public var learningRate: Double
  /// μ, from 0 to 1.
  public var momentum: Double

  /// Momentum with these settings.
  public init(learningRate: Double = 1e-2, momentum: Double = 0.9) {
    self.learningRate = learningRate
    self.momentum = momentum
  }

  /// What is remembered of a parameter of this shape before the first step.
  public func initialState<Scalar: TensorScalar>(for shape: Shape) -> OptimiserState<Scalar> {
    OptimiserState(velocity: shape)
  }

  /// Moves `w` by one step (see `Optimiser`).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func update<Scalar: TensorScalar>(
    _ w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, decay: Double, state: inout OptimiserState<Scalar>
  ) {
    state.step += 1
    let (rate, momentum) = (Scalar(learningRate), Scalar(momentum))
    w.update(gradient: gradient, decay: decay) { update in
      state.velocity.withMutablePointer(for: gradient) { v in
        update.forEach { i, w, dw in
          v[i] = momentum * v[i] - rate * dw
          w += v[i]
        }
      }
    }
  }
}
