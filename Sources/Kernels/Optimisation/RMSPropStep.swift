/// One step of RMSProp for some parameters: with dw the gradient and that of the L2 penalty,
///
/// a ← ρ·a + (1 − ρ)·dw²,  w ← w − η·dw / (√a + ε).
public struct RMSPropStep<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The parameters, which move.
  public var parameters: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss without its L2 penalty.
  public var gradient: UnsafePointer<Scalar>
  /// The running mean of squared gradients, a.
  public var meanSquare: UnsafeMutablePointer<Scalar>
  /// ρ.
  public var decayRate: Scalar
  /// 1 − ρ, rounded once.
  public var squareShare: Scalar
  /// η.
  public var rate: Scalar
  /// ε.
  public var epsilon: Scalar
  /// λ of the L2 penalty ½·λ·w², whose gradient λ·w is added.
  public var decay: Scalar
  /// How many parameters there are.
  public var count: Int

  /// A kernel with these arguments.
  @inlinable
  public init(
    parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    meanSquare: UnsafeMutablePointer<Scalar>, decayRate: Scalar, squareShare: Scalar, rate: Scalar, epsilon: Scalar,
    decay: Scalar,
    count: Int
  ) {
    self.parameters = parameters
    self.gradient = gradient
    self.meanSquare = meanSquare
    self.decayRate = decayRate
    self.squareShare = squareShare
    self.rate = rate
    self.epsilon = epsilon
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
    var a = Vector(repeating: decayRate) * Vector(loading: meanSquare + index)
    a.addProduct(Vector(repeating: squareShare) * dw, dw)
    a.store(to: meanSquare + index)
    (w - Vector(repeating: rate) * dw / (a.squareRoot() + Vector(repeating: epsilon))).store(to: parameters + index)
  }

  @inlinable @inline(__always)
  func scalarStep(_ index: Int) {
    let dw = gradient[index] + decay * parameters[index]
    let a = decayRate * meanSquare[index] + squareShare * dw * dw
    meanSquare[index] = a
    parameters[index] -= rate * dw / (a.squareRoot() + epsilon)
  }
}
