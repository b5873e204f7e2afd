import Tensors

/// Stochastic gradient descent: w ← w − η·dw.
public struct SGD: Optimiser {
  /// η.
  public var learningRate: Double

  /// Gradient descent with this learning rate.
  public init(learningRate: Double = 1e-2) { self.learningRate = learningRate }

  /// It remembers nothing.
  public var memory: OptimiserMemory { [] }

  /// Moves a parameter by one step.
  public func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>) {
    gradientStep(parameter, learningRate: learningRate)
  }
}
