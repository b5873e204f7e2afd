/// One step of Adam for some parameters, in one pass: with dw the gradient and that of the L2 penalty,
///
/// m ← β₁·m + (1 − β₁)·dw,  v ← β₂·v + (1 − β₂)·dw²,  w ← w − η·m̂ / (√v̂ + ε)
///
/// where m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
public struct AdamStep<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The parameters, which move.
  public var parameters: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss without its L2 penalty.
  public var gradient: UnsafePointer<Scalar>
  /// The running mean of the gradients, m.
  public var mean: UnsafeMutablePointer<Scalar>
  /// The running mean of their squares, v.
  public var meanSquare: UnsafeMutablePointer<Scalar>
  /// β₁.
  public var beta1: Scalar
  /// β₂.
  public var beta2: Scalar
  /// 1 − β₁, rounded once: the difference of two rounded numbers would be some millionths off.
  public var gradientShare: Scalar
  /// 1 − β₂, rounded once.
  public var squareShare: Scalar
  /// η / (1 − β₁ᵗ).
  public var rate: Scalar
  /// 1 / (1 − β₂ᵗ).
  public var squareCorrection: Scalar
  /// ε.
  public var epsilon: Scalar
  /// λ of the L2 penalty ½·λ·w², whose gradient λ·w is added.
  public var decay: Scalar
  /// How many parameters there are.
  public var count: Int

  /// A kernel with these arguments.
  @inlinable
  public init(
    parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>, mean: UnsafeMutablePointer<Scalar>,
    meanSquare: UnsafeMutablePointer<Scalar>, beta1: Scalar, beta2: Scalar, gradientShare: Scalar,
    squareShare: Scalar, rate: Scalar, squareCorrection: Scalar, epsilon: Scalar, decay: Scalar, count: Int
  ) {
    self.parameters = parameters
    self.gradient = gradient
    self.mean = mean
    self.meanSquare = meanSquare
    self.beta1 = beta1
    self.beta2 = beta2
    self.gradientShare = gradientShare
    self.squareShare = squareShare
    self.rate = rate
    self.squareCorrection = squareCorrection
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
  func scalarStep(_ index: Int) {
    let dw = gradient[index] + decay * parameters[index]
    let m = beta1 * mean[index] + gradientShare * dw
    let v = beta2 * meanSquare[index] + squareShare * dw * dw
    mean[index] = m
    meanSquare[index] = v
    parameters[index] -= rate * m / ((v * squareCorrection).squareRoot() + epsilon)
  }
}
