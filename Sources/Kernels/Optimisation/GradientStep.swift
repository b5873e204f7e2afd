/// One step of plain gradient descent for some parameters: w ← w − η·dw, with dw the gradient and that of the L2 penalty.
public struct GradientStep<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The parameters, which move.
  public var parameters: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss without its L2 penalty.
  public var gradient: UnsafePointer<Scalar>
  /// η.
  public var rate: Scalar
  /// λ of the L2 penalty ½·λ·w², whose gradient λ·w is added.
  public var decay: Scalar
  /// How many parameters there are.
  public var count: Int

  /// A kernel with these arguments.
  @inlinable
  public init(
    parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>, rate: Scalar, decay: Scalar,
    count: Int
  ) {
    self.parameters = parameters
    self.gradient = gradient
    self.rate = rate
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
    (w - Vector(repeating: rate) * dw).store(to: parameters + index)
  }

  @inlinable @inline(__always)
  func scalarStep(_ index: Int) {
    parameters[index] -= rate * (gradient[index] + decay * parameters[index])
  }
}
