import NbrunKernels
import NbrunPlatform
import NbrunTensors

/// Adam: momentum and RMSProp together, with their means corrected for having started at zero. In the t-th step
///
/// v ← β₁·v + (1 − β₁)·dw,   a ← β₂·a + (1 − β₂)·dw²,   w ← w − η·v̂ / (√â + ε)
///
/// where v̂ = v / (1 − β₁ᵗ) and â = a / (1 − β₂ᵗ). Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015.
package struct Adam: Optimiser {
  /// η.
  package var learningRate = 1e-3
  /// β₁, from 0 to 1.
  package var beta1 = 0.9
  /// β₂, from 0 to 1.
  package var beta2 = 0.999
  /// ε, outside the root.
  package var epsilon = 1e-8

  /// It remembers v and a.
  package var memory: Set<OptimiserMemory> { [.velocity, .meanSquare] }

  package func move<Scalar: TensorScalar>(_ parameter: OptimisedParameter<Scalar>, _ state: OptimiserPointers<Scalar>) {
    let rate = Scalar(learningRate / (1 - pow(beta1, Double(state.step))))
    let squareCorrection = Scalar(1 / (1 - pow(beta2, Double(state.step))))
    parameter.run { piece, start in
      AdamStep(
        piece, mean: state.velocity! + start, meanSquare: state.meanSquare! + start, beta1: Scalar(beta1),
        beta2: Scalar(beta2), gradientShare: Scalar(1 - beta1), squareShare: Scalar(1 - beta2), rate: rate,
        squareCorrection: squareCorrection, epsilon: Scalar(epsilon))
    }
  }
}
