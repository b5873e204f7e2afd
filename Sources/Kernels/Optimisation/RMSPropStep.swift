/// One step of RMSProp for some parameters: with dw the gradient and that of the L2 penalty,
///
/// a ← ρ·a + (1 − ρ)·dw²,  w ← w − η·dw / (√a + ε).
@usableFromInline package struct RMSPropStep<Scalar: KernelScalar>: ElementwiseKernel {
  /// The parameters, which move.
  @usableFromInline let parameters: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss without its L2 penalty.
  @usableFromInline let gradient: UnsafePointer<Scalar>
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
  /// λ of the L2 penalty ½·λ·w², whose gradient λ·w is added.
  @usableFromInline let decay: Scalar
  /// How many parameters there are.
  @usableFromInline package let count: Int

  @inlinable
  package init(
    parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    meanSquare: UnsafeMutablePointer<Scalar>, decayRate: Scalar, squareShare: Scalar, rate: Scalar, epsilon: Scalar,
    decay: Scalar,
    count: Int
  ) {
    (self.parameters, self.gradient, self.meanSquare, self.decayRate) = (parameters, gradient, meanSquare, decayRate)
    (self.squareShare, self.rate, self.epsilon, self.decay, self.count) = (squareShare, rate, epsilon, decay, count)
  }

  @inlinable @inline(__always)
  package func step<Vector: KernelVector>(_: Vector.Type, _ index: Int) where Vector.Scalar == Scalar {
    let w = Vector(loading: parameters + index)
    var dw = Vector(loading: gradient + index)
    dw.addProduct(Vector(repeating: decay), w)
    var a = Vector(repeating: decayRate) * Vector(loading: meanSquare + index)
    a.addProduct(Vector(repeating: squareShare) * dw, dw)
    a.store(to: meanSquare + index)
    (w - Vector(repeating: rate) * dw / (a.squareRoot() + Vector(repeating: epsilon))).store(to: parameters + index)
  }

  @inlinable @inline(__always)
  package func scalarStep(_ index: Int) {
    let dw = gradient[index] + decay * parameters[index]
    let a = decayRate * meanSquare[index] + squareShare * dw * dw
    meanSquare[index] = a
    parameters[index] -= rate * dw / (a.squareRoot() + epsilon)
  }
}
