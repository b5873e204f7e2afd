import Tensors

/// Stochastic gradient descent with Nesterov's momentum, in the form that takes the gradient where the parameters are:
///
/// v′ = μ·v − η·dw,   w ← w + v′ + μ·(v′ − v),   v ← v′
///
/// Source: Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning", 2013.
package struct NesterovMomentum: Optimiser {
  /// η.
  package var learningRate: Double
  /// μ, from 0 to 1.
  package var momentum: Double

  /// Nesterov's momentum with these settings.
  package init(learningRate: Double = 1e-2, momentum: Double = 0.9) {
    self.learningRate = learningRate
    self.momentum = momentum
  }

  package var memory: OptimiserMemory { .velocity }

  /// Moves a parameter by one step.
  package func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>) {
    momentumStep(parameter, velocity: state.velocity!, learningRate: learningRate, momentum: momentum, isNesterov: true)
  }
}
