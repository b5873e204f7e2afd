/// ReLU, element by element: zero where the input is negative. NaN stays NaN.
@usableFromInline package struct Rectification<Scalar: KernelScalar>: SequentialKernel {
  @usableFromInline let input: UnsafePointer<Scalar>
  /// Where the result goes; may be the input.
  @usableFromInline let output: UnsafeMutablePointer<Scalar>
  @usableFromInline package let count: Int

  @inlinable package init(input: UnsafePointer<Scalar>, output: UnsafeMutablePointer<Scalar>, count: Int) {
    (self.input, self.output, self.count) = (input, output, count)
  }

  @inlinable @inline(__always) package func step<Vector: NumberVector<Scalar>>(_: Vector.Type, _ index: Int) {
    Vector(loading: input + index).rectified().store(to: output + index)
  }
}

/// The gradient of ReLU: the output's gradient times 1 where the output is positive, times 0 elsewhere, so that infinite
/// gradients and NaN stay visible.
@usableFromInline package struct RectificationGradient<Scalar: KernelScalar>: SequentialKernel {
  /// The output's gradient.
  @usableFromInline let gradient: UnsafePointer<Scalar>
  /// The output of ReLU, or its input.
  @usableFromInline let output: UnsafePointer<Scalar>
  /// The input's gradient; may be `gradient`.
  @usableFromInline let result: UnsafeMutablePointer<Scalar>
  @usableFromInline package let count: Int

  @inlinable
  package init(
    gradient: UnsafePointer<Scalar>, output: UnsafePointer<Scalar>, result: UnsafeMutablePointer<Scalar>, count: Int
  ) {
    (self.gradient, self.output, self.result, self.count) = (gradient, output, result, count)
  }

  @inlinable @inline(__always) package func step<Vector: NumberVector<Scalar>>(_: Vector.Type, _ index: Int) {
    let gate = Vector(repeating: 1).keeping(wherePositive: Vector(loading: output + index))
    (Vector(loading: gradient + index) * gate).store(to: result + index)
  }
}
