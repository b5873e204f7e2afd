/// Work over pointers and sizes, written once for every kind of vector.
///
/// A kernel is a value of what it works on; each variant's list has a line for it, which makes it machine code there.
public protocol Kernel<Scalar> {
  /// The type of the numbers.
  associatedtype Scalar: KernelScalar

  /// Does the work with vectors of this type.
  func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar
}

/// A kernel that treats each of `count` places by itself: a vector of them at a time, then those that are left one by one.
@usableFromInline package protocol ElementwiseKernel<Scalar>: Kernel {
  /// How many places there are.
  var count: Int { get }

  /// Treats a vector's width of places from `index` on.
  func step<Vector: KernelVector>(_: Vector.Type, _ index: Int) where Vector.Scalar == Scalar

  /// Treats the place `index`.
  func scalarStep(_ index: Int)
}

extension ElementwiseKernel {
  @inlinable @inline(__always)
  package func run<Vector: KernelVector>(with _: Vector.Type) where Vector.Scalar == Scalar {
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
}

/// The vectors that kernels take on one kind of CPU: a target of its own, compiled with that CPU's flags.
public protocol KernelVariant {
  /// A vector of floats.
  associatedtype FloatVector: KernelVector where FloatVector.Scalar == Float
  /// A vector of doubles.
  associatedtype DoubleVector: KernelVector where DoubleVector.Scalar == Double
}

/// A number that the kernels compute with: `Float` or `Double`.
public protocol KernelScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// Runs a kernel with a variant's vectors of this number.
  static func run<K: Kernel, Variant: KernelVariant>(_ kernel: K, in _: Variant.Type) where K.Scalar == Self

  /// How many numbers a variant's kernels treat at once.
  static func vectorWidth<Variant: KernelVariant>(in _: Variant.Type) -> Int
}

extension Float: KernelScalar {
  /// Takes the variant's vectors of floats.
  @inlinable @inline(__always)
  public static func run<K: Kernel, Variant: KernelVariant>(_ kernel: K, in _: Variant.Type) where K.Scalar == Float {
    kernel.run(with: Variant.FloatVector.self)
  }

  /// The width of the variant's vectors of floats.
  public static func vectorWidth<Variant: KernelVariant>(in _: Variant.Type) -> Int { Variant.FloatVector.width }
}

extension Double: KernelScalar {
  /// Takes the variant's vectors of doubles.
  @inlinable @inline(__always)
  public static func run<K: Kernel, Variant: KernelVariant>(_ kernel: K, in _: Variant.Type) where K.Scalar == Double {
    kernel.run(with: Variant.DoubleVector.self)
  }

  /// The width of the variant's vectors of doubles.
  public static func vectorWidth<Variant: KernelVariant>(in _: Variant.Type) -> Int { Variant.DoubleVector.width }
}
