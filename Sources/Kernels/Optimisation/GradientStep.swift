/// One step of plain gradient descent: w ← w − η·dw.
@usableFromInline package struct GradientStep<Scalar: KernelScalar>: OptimiserStep {
  /// What moves.
  @usableFromInline package let parameter: ParameterPiece<Scalar>
  /// η.
  @usableFromInline let rate: Scalar

  @inlinable
  package init(_ parameter: ParameterPiece<Scalar>, rate: Scalar) { (self.parameter, self.rate) = (parameter, rate) }

  @inlinable @inline(__always) package func step<Vector: NumberVector<Scalar>>(_: Vector.Type, _ index: Int) {
    let (w, dw) = parameter.load(Vector.self, index)
    (w - Vector(repeating: rate) * dw).store(to: parameter.values + index)
  }
}
