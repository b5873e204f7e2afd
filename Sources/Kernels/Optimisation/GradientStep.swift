/// One step of plain gradient descent for some parameters: w ← w − η·dw, with dw the gradient and that of the L2 penalty.
@usableFromInline package struct GradientStep<Scalar: KernelScalar>: ElementwiseKernel {
  /// The parameters, which move.
  @usableFromInline let parameters: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss without its L2 penalty.
  @usableFromInline let gradient: UnsafePointer<Scalar>
  /// η.
  @usableFromInline let rate: Scalar
  /// λ of the L2 penalty ½·λ·w², whose gradient λ·w is added.
  @usableFromInline let decay: Scalar
  /// How many parameters there are.
  @usableFromInline package let count: Int

  @inlinable
  package init(
    parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>, rate: Scalar, decay: Scalar,
    count: Int
  ) {
    (self.parameters, self.gradient, self.rate, self.decay, self.count) = (parameters, gradient, rate, decay, count)
  }

  @inlinable @inline(__always)
  package func step<Vector: KernelVector>(_: Vector.Type, _ index: Int) where Vector.Scalar == Scalar {
    let w = Vector(loading: parameters + index)
    var dw = Vector(loading: gradient + index)
    dw.addProduct(Vector(repeating: decay), w)
    (w - Vector(repeating: rate) * dw).store(to: parameters + index)
  }

  @inlinable @inline(__always)
  package func scalarStep(_ index: Int) {
    parameters[index] -= rate * (gradient[index] + decay * parameters[index])
  }
}
