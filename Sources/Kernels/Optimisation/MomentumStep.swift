/// One step of stochastic gradient descent with momentum for some parameters: with dw the gradient and that of the L2 penalty,
///
/// v′ = μ·v − η·dw,  w ← w + v′,  or in Nesterov's form  w ← w + v′ + μ·(v′ − v).
@usableFromInline package struct MomentumStep<Scalar: KernelScalar>: ElementwiseKernel {
  /// The parameters, which move.
  @usableFromInline let parameters: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss without its L2 penalty.
  @usableFromInline let gradient: UnsafePointer<Scalar>
  /// The velocity, v.
  @usableFromInline let velocity: UnsafeMutablePointer<Scalar>
  /// μ.
  @usableFromInline let momentum: Scalar
  /// η.
  @usableFromInline let rate: Scalar
  /// Whether Nesterov's form is meant.
  @usableFromInline let isNesterov: Bool
  /// λ of the L2 penalty ½·λ·w², whose gradient λ·w is added.
  @usableFromInline let decay: Scalar
  /// How many parameters there are.
  @usableFromInline package let count: Int

  @inlinable
  package init(
    parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    velocity: UnsafeMutablePointer<Scalar>, momentum: Scalar, rate: Scalar, isNesterov: Bool, decay: Scalar,
    count: Int
  ) {
    (self.parameters, self.gradient, self.velocity, self.momentum) = (parameters, gradient, velocity, momentum)
    (self.rate, self.isNesterov, self.decay, self.count) = (rate, isNesterov, decay, count)
  }

  @inlinable @inline(__always)
  package func step<Vector: KernelVector>(_: Vector.Type, _ index: Int) where Vector.Scalar == Scalar {
    let w = Vector(loading: parameters + index)
    var dw = Vector(loading: gradient + index)
    dw.addProduct(Vector(repeating: decay), w)
    let old = Vector(loading: velocity + index)
    let new = Vector(repeating: momentum) * old - Vector(repeating: rate) * dw
    new.store(to: velocity + index)
    var moved = w + new
    if isNesterov { moved.addProduct(Vector(repeating: momentum), new - old) }
    moved.store(to: parameters + index)
  }

  @inlinable @inline(__always)
  package func scalarStep(_ index: Int) {
    let dw = gradient[index] + decay * parameters[index]
    let old = velocity[index]
    let new = momentum * old - rate * dw
    velocity[index] = new
    parameters[index] += new + (isNesterov ? momentum * (new - old) : 0)
  }
}
