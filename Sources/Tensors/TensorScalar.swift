import NbrunPlatform
import NbrunKernels

/// A number that a tensor may hold: `Float` for training, `Double` for checks.
///
/// Only these two conform. Everything generic in it is specialised for both.
public protocol TensorScalar: KernelScalar {
  /// e to the power of `x`.
  static func exponential(_ x: Self) -> Self
  /// The name that NumPy has for the type: `float32` or `float64`.
  static var typeName: String { get }
}

extension Float: TensorScalar {
  /// e to the power of `x`.
  @inlinable public static func exponential(_ x: Float) -> Float { exp(x) }
  /// NumPy's name for the type.
  public static var typeName: String { "float32" }
}

extension Double: TensorScalar {
  /// e to the power of `x`.
  @inlinable public static func exponential(_ x: Double) -> Double { exp(x) }
  /// NumPy's name for the type.
  public static var typeName: String { "float64" }
}

extension TensorScalar {
  /// The larger of two numbers; NaN where either is NaN, as `numpy.maximum`.
  @inlinable @inline(__always) public static func propagatingMaximum(_ a: Self, _ b: Self) -> Self {
    a >= b || a.isNaN ? a : b
  }
}
