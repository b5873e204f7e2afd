/// One step of stochastic gradient descent with momentum:
///
/// v′ = μ·v − η·dw,  w ← w + v′,  or in Nesterov's form  w ← w + v′ + μ·(v′ − v).
@usableFromInline package struct MomentumStep<Scalar: KernelScalar>: OptimiserStep {
  /// What moves.
  @usableFromInline package let parameter: ParameterPiece<Scalar>
  /// The velocity, v.
  @usableFromInline let velocity: UnsafeMutablePointer<Scalar>
  /// μ.
  @usableFromInline let momentum: Scalar
  /// η.
  @usableFromInline let rate: Scalar
  /// Whether Nesterov's form is meant.
  @usableFromInline let isNesterov: Bool

  @inlinable
  package init(
    _ parameter: ParameterPiece<Scalar>, velocity: UnsafeMutablePointer<Scalar>, momentum: Scalar, rate: Scalar,
    isNesterov: Bool
  ) {
    (self.parameter, self.velocity, self.momentum) = (parameter, velocity, momentum)
    (self.rate, self.isNesterov) = (rate, isNesterov)
  }

  @inlinable @inline(__always) package func step<Vector: NumberVector<Scalar>>(_: Vector.Type, _ index: Int) {
    let (w, dw) = parameter.load(Vector.self, index)
    let old = Vector(loading: velocity + index)
    let new = Vector(repeating: momentum) * old - Vector(repeating: rate) * dw
    new.store(to: velocity + index)
    // What is left after whole vectors adds up its step first.
    var moved = Vector.width == 1 ? new : w + new
    if isNesterov { moved.addProduct(Vector(repeating: momentum), new - old) }
    (Vector.width == 1 ? w + moved : moved).store(to: parameter.values + index)
  }
}
