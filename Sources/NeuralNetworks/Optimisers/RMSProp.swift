import Tensors

/// RMSProp, which divides each step by the root of a running mean of squared gradients:
///
/// a ← β·a + (1 − β)·dw²,   w ← w − η·dw / (√a + ε)
///
/// Source: Tieleman and Hinton, "Lecture 6.5: rmsprop", 2012.
package struct RMSProp: Optimiser {
  /// η.
  package var learningRate: Double
  /// β, from 0 to 1.
  package var decayRate: Double
  /// ε, outside the root.
  package var epsilon: Double

  package init(learningRate: Double = 1e-2, decayRate: Double = 0.99, epsilon: Double = 1e-8) {
    self.learningRate = learningRate
    self.decayRate = decayRate
    self.epsilon = epsilon
  }

  package var memory: OptimiserMemory { .meanSquare }

  /// Moves a parameter by one step.
  package func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>) {
    rmsPropStep(
      parameter, meanSquare: state.meanSquare!, learningRate: learningRate, decayRate: decayRate, epsilon: epsilon)
  }
}
