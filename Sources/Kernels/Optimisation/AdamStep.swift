/// One step of Adam, in one pass:
///
/// m ← β₁·m + (1 − β₁)·dw,  v ← β₂·v + (1 − β₂)·dw²,  w ← w − η·m̂ / (√v̂ + ε)
///
/// where m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
@usableFromInline package struct AdamStep<Scalar: KernelScalar>: OptimiserStep {
  /// What moves.
  @usableFromInline package let parameter: ParameterPiece<Scalar>
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

  @inlinable
  package init(
    _ parameter: ParameterPiece<Scalar>, mean: UnsafeMutablePointer<Scalar>, meanSquare: UnsafeMutablePointer<Scalar>,
    beta1: Scalar, beta2: Scalar, gradientShare: Scalar, squareShare: Scalar, rate: Scalar, squareCorrection: Scalar,
    epsilon: Scalar
  ) {
    (self.parameter, self.mean, self.meanSquare) = (parameter, mean, meanSquare)
    (self.beta1, self.beta2, self.gradientShare, self.squareShare) = (beta1, beta2, gradientShare, squareShare)
    (self.rate, self.squareCorrection, self.epsilon) = (rate, squareCorrection, epsilon)
  }

  @inlinable @inline(__always) package func step<Vector: NumberVector<Scalar>>(_: Vector.Type, _ index: Int) {
    let (w, dw) = parameter.load(Vector.self, index)
    var m = Vector(repeating: beta1) * Vector(loading: mean + index)
    m.addProduct(Vector(repeating: gradientShare), dw)
    var v = Vector(repeating: beta2) * Vector(loading: meanSquare + index)
    v.addProduct(Vector(repeating: squareShare) * dw, dw)
    m.store(to: mean + index)
    v.store(to: meanSquare + index)
    let root = (v * Vector(repeating: squareCorrection)).squareRoot() + Vector(repeating: epsilon)
    (w - Vector(repeating: rate) * m / root).store(to: parameter.values + index)
  }
}
