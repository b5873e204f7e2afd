/// What every optimiser's step takes of a parameter: some of its numbers and of the loss's gradient.
@usableFromInline package struct ParameterPiece<Scalar: KernelScalar> {
  /// The numbers, which move.
  @usableFromInline package let values: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss without its L2 penalty.
  @usableFromInline let gradient: UnsafePointer<Scalar>
  /// λ of the L2 penalty ½·λ·w², whose gradient λ·w is added.
  @usableFromInline let decay: Scalar
  @usableFromInline let count: Int

  @inlinable
  package init(values: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>, decay: Scalar, count: Int) {
    (self.values, self.gradient, self.decay, self.count) = (values, gradient, decay, count)
  }

  /// The numbers w from `index` on, and dw: the gradient and that of the L2 penalty.
  @inlinable @inline(__always) func load<Vector: NumberVector<Scalar>>(_: Vector.Type, _ index: Int) -> (
    w: Vector, dw: Vector
  ) {
    let w = Vector(loading: values + index)
    var dw = Vector(loading: gradient + index)
    dw.addProduct(Vector(repeating: decay), w)
    return (w, dw)
  }
}

/// A step of an optimiser: a kernel over the numbers of a parameter.
@usableFromInline package protocol OptimiserStep<Scalar>: SequentialKernel {
  /// What moves, and against what.
  var parameter: ParameterPiece<Scalar> { get }
}

extension OptimiserStep { @inlinable @inline(__always) package var count: Int { parameter.count } }
