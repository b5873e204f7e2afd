import NbrunPlatform
import NbrunKernels

/// One step of Adam: m ← β₁·m + (1 − β₁)·dw, v ← β₂·v + (1 − β₂)·dw², w ← w − η·m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and
/// v̂ = v / (1 − β₂ᵗ).
///
/// - Parameter step: t, from 1.
package func adamStep<Scalar: KernelScalar>(
  _ parameter: OptimisedParameter<Scalar>, mean: UnsafeMutablePointer<Scalar>, meanSquare: UnsafeMutablePointer<Scalar>,
  step: Int, learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, pool: ThreadPool = .shared
) {
  let rate = Scalar(learningRate / (1 - pow(beta1, Double(step))))
  let squareCorrection = Scalar(1 / (1 - pow(beta2, Double(step))))
  parameter.run(on: pool) { piece, start in
    AdamStep(
      piece, mean: mean + start, meanSquare: meanSquare + start, beta1: Scalar(beta1), beta2: Scalar(beta2),
      gradientShare: Scalar(1 - beta1), squareShare: Scalar(1 - beta2), rate: rate, squareCorrection: squareCorrection,
      epsilon: Scalar(epsilon))
  }
}

/// One step with momentum: v′ = μ·v − η·dw, w ← w + v′, or in Nesterov's form w ← w + v′ + μ·(v′ − v).
package func momentumStep<Scalar: KernelScalar>(
  _ parameter: OptimisedParameter<Scalar>, velocity: UnsafeMutablePointer<Scalar>, learningRate: Double,
  momentum: Double, isNesterov: Bool, pool: ThreadPool = .shared
) {
  parameter.run(on: pool) { piece, start in
    MomentumStep(
      piece, velocity: velocity + start, momentum: Scalar(momentum), rate: Scalar(learningRate), isNesterov: isNesterov)
  }
}

/// One step of plain gradient descent: w ← w − η·dw.
package func gradientStep<Scalar: KernelScalar>(
  _ parameter: OptimisedParameter<Scalar>, learningRate: Double, pool: ThreadPool = .shared
) {
  parameter.run(on: pool) { piece, _ in GradientStep(piece, rate: Scalar(learningRate)) }
}

/// One step of RMSProp: a ← ρ·a + (1 − ρ)·dw², w ← w − η·dw / (√a + ε).
package func rmsPropStep<Scalar: KernelScalar>(
  _ parameter: OptimisedParameter<Scalar>, meanSquare: UnsafeMutablePointer<Scalar>, learningRate: Double,
  decayRate: Double, epsilon: Double, pool: ThreadPool = .shared
) {
  parameter.run(on: pool) { piece, start in
    RMSPropStep(
      piece, meanSquare: meanSquare + start, decayRate: Scalar(decayRate), squareShare: Scalar(1 - decayRate),
      rate: Scalar(learningRate), epsilon: Scalar(epsilon))
  }
}
