import Tensors

/// Stochastic gradient descent: w ← w − η·dw.
package struct SGD: Optimiser {
  /// η.
  package var learningRate: Double

  /// Gradient descent with this learning rate.
  package init(learningRate: Double = 1e-2) { self.learningRate = learningRate }

  package var memory: OptimiserMemory { [] }

  /// Moves a parameter by one step.
  package func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>) {
    gradientStep(parameter, learningRate: learningRate)
  }
}
