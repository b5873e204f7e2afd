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
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func update<Scalar: TensorScalar>(
    _ w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, decay: Double, state: inout OptimiserState<Scalar>
  ) {
    state.step += 1
    let (rate, epsilon) = (Scalar(learningRate), Scalar(epsilon))
    let (keep, take) = (Scalar(decayRate), Scalar(1 - decayRate))
    w.update(gradient: gradient, decay: decay) { update in
      state.meanSquare.withMutablePointer(for: gradient) { a in
        update.forEach { i, w, dw in
          a[i] = keep * a[i] + take * dw * dw
          w -= rate * dw / (a[i].squareRoot() + epsilon)
        }
      }
    }
  }
}
