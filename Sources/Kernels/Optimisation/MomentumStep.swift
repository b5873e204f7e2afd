/// One step of stochastic gradient descent with momentum for some parameters: with dw the gradient and that of the L2 penalty,
///
/// v′ = μ·v − η·dw,  w ← w + v′,  or in Nesterov's form  w ← w + v′ + μ·(v′ − v).
public struct MomentumStep<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The parameters, which move.
  public var parameters: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss without its L2 penalty.
  public var gradient: UnsafePointer<Scalar>
  /// The velocity, v.
  public var velocity: UnsafeMutablePointer<Scalar>
  /// μ.
  public var momentum: Scalar
  /// η.
  public var rate: Scalar
  /// Whether Nesterov's form is meant.
  public var isNesterov: Bool
  /// λ of the L2 penalty ½·λ·w², whose gradient λ·w is added.
  public var decay: Scalar
  /// How many parameters there are.
  public var count: Int

  /// A kernel with these arguments.
  @inlinable
  public init(
    parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    velocity: UnsafeMutablePointer<Scalar>, momentum: Scalar, rate: Scalar, isNesterov: Bool, decay: Scalar,
    count: Int
  ) {
    self.parameters = parameters
    self.gradient = gradient
    self.velocity = velocity
    self.momentum = momentum
    self.rate = rate
    self.isNesterov = isNesterov
    self.decay = decay
    self.count = count
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    var index = 0
    while index + Vector.width <= count {
      step(Vector.self, index)
      index += Vector.width
    }
    while index < count {
      scalarStep(index)
      index += 1
    }
  }

  @inlinable @inline(__always)
  func step<Vector: KernelVector>(_: Vector.Type, _ index: Int) where Vector.Scalar == Scalar {
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
  func scalarStep(_ index: Int) {
    let dw = gradient[index] + decay * parameters[index]
    let old = velocity[index]
    let new = momentum * old - rate * dw
    velocity[index] = new
    parameters[index] += new + (isNesterov ? momentum * (new - old) : 0)
  }
}
