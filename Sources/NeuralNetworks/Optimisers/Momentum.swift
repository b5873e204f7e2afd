import NbrunKernels
import NbrunTensors

/// Stochastic gradient descent with momentum: v ← μ·v − η·dw, then w ← w + v.
///
/// Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.
package struct Momentum: Optimiser {
  /// η.
  package var learningRate = 1e-2
  /// μ, from 0 to 1.
  package var momentum = 0.9

  package var memory: Set<OptimiserMemory> { [.velocity] }

  package func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>) {
    parameter.run { piece, start in
      MomentumStep(
        piece, velocity: state.velocity! + start, momentum: Scalar(momentum), rate: Scalar(learningRate),
        isNesterov: false)
    }
  }
}
