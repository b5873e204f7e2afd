/// ReLU, element by element: zero where the input is negative. NaN stays NaN.
public struct Rectification<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The numbers.
  public var input: UnsafePointer<Scalar>
  /// Where the result goes; may be the input.
  public var output: UnsafeMutablePointer<Scalar>
  /// How many numbers there are.
  public var count: Int

  /// A kernel with these arguments.
  @inlinable
  public init(
    input: UnsafePointer<Scalar>, output: UnsafeMutablePointer<Scalar>, count: Int
  ) {
    self.input = input
    self.output = output
    self.count = count
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    var index = 0
    while index + Vector.width <= count {
      Vector(loading: input + index).rectified().store(to: output + index)
      index += Vector.width
    }
    while index < count {
      output[index] = input[index] < 0 ? 0 : input[index]
      index += 1
    }
  }
}

/// The gradient of ReLU: the output's gradient times 1 where the output is positive, times 0 elsewhere, so that infinite
/// gradients and NaN stay visible.
public struct RectificationGradient<Scalar: BinaryFloatingPoint & SIMDScalar> {
  /// The output's gradient.
  public var gradient: UnsafePointer<Scalar>
  /// The output of ReLU, or its input.
  public var output: UnsafePointer<Scalar>
  /// The input's gradient; may be `gradient`.
  public var result: UnsafeMutablePointer<Scalar>
  /// How many numbers there are.
  public var count: Int

  /// A kernel with these arguments.
  @inlinable
  public init(
    gradient: UnsafePointer<Scalar>, output: UnsafePointer<Scalar>, result: UnsafeMutablePointer<Scalar>, count: Int
  ) {
    self.gradient = gradient
    self.output = output
    self.result = result
    self.count = count
  }

  /// Runs with vectors of type `Vector`.
  @inlinable @inline(__always)
  public func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
    let one = Vector(repeating: 1)
    var index = 0
    while index + Vector.width <= count {
      let gate = one.keeping(wherePositive: Vector(loading: output + index))
      (Vector(loading: gradient + index) * gate).store(to: result + index)
      index += Vector.width
    }
    while index < count {
      result[index] = gradient[index] * (output[index] > 0 ? 1 : 0)
      index += 1
    }
  }
}
