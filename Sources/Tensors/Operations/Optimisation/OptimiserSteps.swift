import Foundation
import Kernels

/// A parameter that an optimiser moves, and its gradient.
public struct OptimisedParameter<Scalar: KernelScalar> {
  /// The parameter: `count` numbers, which move.
  public var values: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss without the L2 penalty.
  public var gradient: UnsafePointer<Scalar>
  /// λ of the L2 penalty ½·λ·Σw²; its gradient λ·w is added in the same pass.
  public var decay: Scalar
  /// How many numbers the parameter has.
  public var count: Int

  /// A parameter and its gradient.
  public init(
    values: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>, decay: Scalar, count: Int
  ) {
    self.values = values
    self.gradient = gradient
    self.decay = decay
    self.count = count
  }
}

/// One step of Adam: m ← β₁·m + (1 − β₁)·dw, v ← β₂·v + (1 − β₂)·dw², w ← w − η·m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and
/// v̂ = v / (1 − β₂ᵗ).
///
/// - Parameter step: t, from 1.
public func adamStep<Scalar: KernelScalar>(
  _ parameter: OptimisedParameter<Scalar>, mean: UnsafeMutablePointer<Scalar>,
  meanSquare: UnsafeMutablePointer<Scalar>, step: Int, learningRate: Double, beta1: Double, beta2: Double,
  epsilon: Double, pool: ThreadPool = .shared
) {
  let rate = Scalar(learningRate / (1 - pow(beta1, Double(step))))
  let squareCorrection = Scalar(1 / (1 - pow(beta2, Double(step))))
  pool.runInPieces(of: elementsAtOnce, count: parameter.count) { piece in
    let start = piece.lowerBound
    Scalar.run(
      AdamStep(
        parameters: parameter.values + start, gradient: parameter.gradient + start, mean: mean + start,
        meanSquare: meanSquare + start, beta1: Scalar(beta1), beta2: Scalar(beta2),
        gradientShare: Scalar(1 - beta1), squareShare: Scalar(1 - beta2), rate: rate,
        squareCorrection: squareCorrection, epsilon: Scalar(epsilon), decay: parameter.decay, count: piece.count))
  }
}

/// One step with momentum: v′ = μ·v − η·dw, w ← w + v′, or in Nesterov's form w ← w + v′ + μ·(v′ − v).
public func momentumStep<Scalar: KernelScalar>(
  _ parameter: OptimisedParameter<Scalar>, velocity: UnsafeMutablePointer<Scalar>, learningRate: Double,
  momentum: Double, isNesterov: Bool, pool: ThreadPool = .shared
) {
  pool.runInPieces(of: elementsAtOnce, count: parameter.count) { piece in
    let start = piece.lowerBound
    Scalar.run(
      MomentumStep(
        parameters: parameter.values + start, gradient: parameter.gradient + start, velocity: velocity + start,
        momentum: Scalar(momentum), rate: Scalar(learningRate), isNesterov: isNesterov, decay: parameter.decay,
        count: piece.count))
  }
}

/// One step of plain gradient descent: w ← w − η·dw.
public func gradientStep<Scalar: KernelScalar>(
  _ parameter: OptimisedParameter<Scalar>, learningRate: Double, pool: ThreadPool = .shared
) {
  pool.runInPieces(of: elementsAtOnce, count: parameter.count) { piece in
    let start = piece.lowerBound
    Scalar.run(
      GradientStep(
        parameters: parameter.values + start, gradient: parameter.gradient + start, rate: Scalar(learningRate),
        decay: parameter.decay, count: piece.count))
  }
}

/// One step of RMSProp: a ← ρ·a + (1 − ρ)·dw², w ← w − η·dw / (√a + ε).
public func rmsPropStep<Scalar: KernelScalar>(
  _ parameter: OptimisedParameter<Scalar>, meanSquare: UnsafeMutablePointer<Scalar>, learningRate: Double,
  decayRate: Double, epsilon: Double, pool: ThreadPool = .shared
) {
  pool.runInPieces(of: elementsAtOnce, count: parameter.count) { piece in
    let start = piece.lowerBound
    Scalar.run(
      RMSPropStep(
        parameters: parameter.values + start, gradient: parameter.gradient + start, meanSquare: meanSquare + start,
        decayRate: Scalar(decayRate), squareShare: Scalar(1 - decayRate), rate: Scalar(learningRate),
        epsilon: Scalar(epsilon),
        decay: parameter.decay, count: piece.count))
  }
}
