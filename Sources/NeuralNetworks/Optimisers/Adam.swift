import Tensors

/// Adam: momentum and RMSProp together, with their means corrected for having started at zero. In the t-th step
///
/// v ← β₁·v + (1 − β₁)·dw,   a ← β₂·a + (1 − β₂)·dw²,   w ← w − η·v̂ / (√â + ε)
///
/// where v̂ = v / (1 − β₁ᵗ) and â = a / (1 − β₂ᵗ). Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015.
package struct Adam: Optimiser {
  /// η.
  package var learningRate: Double
  /// β₁, from 0 to 1.
  package var beta1: Double
  /// β₂, from 0 to 1.
  package var beta2: Double
  /// ε, outside the root.
  package var epsilon: Double

  package init(learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// It remembers v and a.
  package var memory: OptimiserMemory { [.velocity, .meanSquare] }

  /// Moves a parameter by one step.
  package func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>) {
    adamStep(
      parameter, mean: state.velocity!, meanSquare: state.meanSquare!, step: state.step, learningRate: learningRate,
      beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}
