import Tensors

/// Stochastic gradient descent with momentum: v ← μ·v − η·dw, then w ← w + v.
///
/// Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.
package struct Momentum: Optimiser {
  /// η.
  package var learningRate: Double
  /// μ, from 0 to 1.
  package var momentum: Double

  package init(learningRate: Double = 1e-2, momentum: Double = 0.9) {
    self.learningRate = learningRate
    self.momentum = momentum
  }

  package var memory: OptimiserMemory { .velocity }

  /// Moves a parameter by one step.
  package func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>) {
    momentumStep(
      parameter, velocity: state.velocity!, learningRate: learningRate, momentum: momentum, isNesterov: false)
  }
}
