import NbrunKernels
import NbrunTensors

/// RMSProp, which divides each step by the root of a running mean of squared gradients:
///
/// a ← β·a + (1 − β)·dw²,   w ← w − η·dw / (√a + ε)
///
/// Source: Tieleman and Hinton, "Lecture 6.5: rmsprop", 2012.
package struct RMSProp: Optimiser {
  /// η.
  package var learningRate = 1e-2
  /// β, from 0 to 1.
  package var decayRate = 0.99
  /// ε, outside the root.
  package var epsilon = 1e-8

  package var memory: Set<OptimiserMemory> { [.meanSquare] }

  package func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>) {
    parameter.run { piece, start in
      RMSPropStep(
        piece, meanSquare: state.meanSquare! + start, decayRate: Scalar(decayRate), squareShare: Scalar(1 - decayRate),
        rate: Scalar(learningRate), epsilon: Scalar(epsilon))
    }
  }
}
