/// Work over pointers and sizes, written once for every kind of vector.
///
/// A kernel is a value of what it works on; each variant's list has a line for it, which makes it machine code there.
public protocol Kernel<Scalar> {
  /// The type of the numbers.
  associatedtype Scalar: KernelScalar

  /// Does the work with vectors of this type.
  func run<Vector: KernelVector<Scalar>>(with _: Vector.Type)
}

/// A kernel that treats each element by itself.
@usableFromInline package protocol ElementwiseKernel<Scalar>: Kernel {
  /// Treats a vector's width of elements from `index` on.
  func step<Vector: NumberVector<Scalar>>(_: Vector.Type, _ index: Int)
}

extension ElementwiseKernel {
  /// Treats some elements: a vector of them at a time, then those that are left one by one.
  @inlinable @inline(__always) func steps<Vector: KernelVector<Scalar>>(_: Vector.Type, over elements: Range<Int>) {
    var index = elements.lowerBound
    while index + Vector.width <= elements.upperBound {
      step(Vector.self, index)
      index += Vector.width
    }
    for index in index..<elements.upperBound { step(SingleNumber<Scalar>.self, index) }
  }
}

/// A kernel that treats so many elements, one after the other.
@usableFromInline package protocol SequentialKernel<Scalar>: ElementwiseKernel {
  /// How many elements there are.
  var count: Int { get }
}

extension SequentialKernel {
  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    steps(Vector.self, over: 0..<count)
  }
}

/// The vectors that kernels take on one kind of CPU: a target of its own, compiled with that CPU's flags.
public protocol KernelVariant {
  associatedtype FloatVector: KernelVector where FloatVector.Scalar == Float
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
