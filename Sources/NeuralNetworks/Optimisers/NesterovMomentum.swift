import NbrunKernels
import NbrunTensors

/// Stochastic gradient descent with Nesterov's momentum, in the form that takes the gradient where the parameters are:
///
/// v′ = μ·v − η·dw,   w ← w + v′ + μ·(v′ − v),   v ← v′
///
/// Source: Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning", 2013.
package struct NesterovMomentum: Optimiser {
  /// η.
  package var learningRate = 1e-2
  /// μ, from 0 to 1.
  package var momentum = 0.9

  package var memory: Set<OptimiserMemory> { [.velocity] }

  package func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>) {
    parameter.run { piece, start in
      MomentumStep(
        piece, velocity: state.velocity! + start, momentum: Scalar(momentum), rate: Scalar(learningRate),
        isNesterov: true)
    }
  }
}
