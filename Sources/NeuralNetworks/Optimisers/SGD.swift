import NbrunKernels
import NbrunTensors

/// Stochastic gradient descent: w ← w − η·dw.
package struct SGD: Optimiser {
  /// η.
  package var learningRate = 1e-2

  package var memory: Set<OptimiserMemory> { [] }

  package func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>) {
    parameter.run { piece, _ in GradientStep(piece, rate: Scalar(learningRate)) }
  }
}
