/// One step of Adam for some parameters, in one pass: with dw the gradient and that of the L2 penalty,
///
/// m ← β₁·m + (1 − β₁)·dw,  v ← β₂·v + (1 − β₂)·dw²,  w ← w − η·m̂ / (√v̂ + ε)
///
/// where m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
@usableFromInline package struct AdamStep<Scalar: KernelScalar>: ElementwiseKernel {
  /// The parameters, which move.
  @usableFromInline let parameters: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss without its L2 penalty.
  @usableFromInline let gradient: UnsafePointer<Scalar>
  /// The running mean of the gradients, m.
  @usableFromInline let mean: UnsafeMutablePointer<Scalar>
  /// The running mean of their squares, v.
  @usableFromInline let meanSquare: UnsafeMutablePointer<Scalar>
  /// β₁.
  @usableFromInline let beta1: Scalar
  /// β₂.
  @usableFromInline let beta2: Scalar
  /// 1 − β₁, rounded once: the difference of two rounded numbers would be some millionths off.
  @usableFromInline let gradientShare: Scalar
  /// 1 − β₂, rounded once.
  @usableFromInline let squareShare: Scalar
  /// η / (1 − β₁ᵗ).
  @usableFromInline let rate: Scalar
  /// 1 / (1 − β₂ᵗ).
  @usableFromInline let squareCorrection: Scalar
  /// ε.
  @usableFromInline let epsilon: Scalar
  /// λ of the L2 penalty ½·λ·w², whose gradient λ·w is added.
  @usableFromInline let decay: Scalar
  /// How many parameters there are.
  @usableFromInline package let count: Int

  @inlinable
  package init(
    parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>, mean: UnsafeMutablePointer<Scalar>,
    meanSquare: UnsafeMutablePointer<Scalar>, beta1: Scalar, beta2: Scalar, gradientShare: Scalar,
    squareShare: Scalar, rate: Scalar, squareCorrection: Scalar, epsilon: Scalar, decay: Scalar, count: Int
  ) {
    (self.parameters, self.gradient, self.mean) = (parameters, gradient, mean)
    (self.meanSquare, self.beta1, self.beta2) = (meanSquare, beta1, beta2)
    (self.gradientShare, self.squareShare, self.rate) = (gradientShare, squareShare, rate)
    (self.squareCorrection, self.epsilon, self.decay, self.count) = (squareCorrection, epsilon, decay, count)
  }

  @inlinable @inline(__always)
  package func step<Vector: KernelVector>(_: Vector.Type, _ index: Int) where Vector.Scalar == Scalar {
    let w = Vector(loading: parameters + index)
    var dw = Vector(loading: gradient + index)
    dw.addProduct(Vector(repeating: decay), w)
    var m = Vector(repeating: beta1) * Vector(loading: mean + index)
    m.addProduct(Vector(repeating: gradientShare), dw)
    var v = Vector(repeating: beta2) * Vector(loading: meanSquare + index)
    v.addProduct(Vector(repeating: squareShare) * dw, dw)
    m.store(to: mean + index)
    v.store(to: meanSquare + index)
    let root = (v * Vector(repeating: squareCorrection)).squareRoot() + Vector(repeating: epsilon)
    (w - Vector(repeating: rate) * m / root).store(to: parameters + index)
  }

  @inlinable @inline(__always)
  package func scalarStep(_ index: Int) {
    let dw = gradient[index] + decay * parameters[index]
    let m = beta1 * mean[index] + gradientShare * dw
    let v = beta2 * meanSquare[index] + squareShare * dw * dw
    mean[index] = m
    meanSquare[index] = v
    parameters[index] -= rate * m / ((v * squareCorrection).squareRoot() + epsilon)
  }
}
