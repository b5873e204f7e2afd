/// One step of RMSProp: a ← ρ·a + (1 − ρ)·dw²,  w ← w − η·dw / (√a + ε).
@usableFromInline package struct RMSPropStep<Scalar: KernelScalar>: OptimiserStep {
  /// What moves.
  @usableFromInline package let parameter: ParameterPiece<Scalar>
  /// The running mean of squared gradients, a.
  @usableFromInline let meanSquare: UnsafeMutablePointer<Scalar>
  /// ρ.
  @usableFromInline let decayRate: Scalar
  /// 1 − ρ, rounded once.
  @usableFromInline let squareShare: Scalar
  /// η.
  @usableFromInline let rate: Scalar
  /// ε.
  @usableFromInline let epsilon: Scalar

  @inlinable
  package init(
    _ parameter: ParameterPiece<Scalar>, meanSquare: UnsafeMutablePointer<Scalar>, decayRate: Scalar,
    squareShare: Scalar, rate: Scalar, epsilon: Scalar
  ) {
    (self.parameter, self.meanSquare, self.decayRate) = (parameter, meanSquare, decayRate)
    (self.squareShare, self.rate, self.epsilon) = (squareShare, rate, epsilon)
  }

  @inlinable @inline(__always) package func step<Vector: NumberVector<Scalar>>(_: Vector.Type, _ index: Int) {
    let (w, dw) = parameter.load(Vector.self, index)
    var a = Vector(repeating: decayRate) * Vector(loading: meanSquare + index)
    a.addProduct(Vector(repeating: squareShare) * dw, dw)
    a.store(to: meanSquare + index)
    let moved = w - Vector(repeating: rate) * dw / (a.squareRoot() + Vector(repeating: epsilon))
    moved.store(to: parameter.values + index)
  }
}
