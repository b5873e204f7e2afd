/// A few numbers that one instruction treats alike: all that the kernels know of a CPU.
///
/// Kernels are generic over it and inlined into the targets that choose it, so that the CPU flags of those targets apply.
/// A target compiled with such flags must hold nothing else that is generic: the linker could pick its weak copy of a
/// function for code that runs on every CPU.
public protocol KernelVector {
  /// The type of each number.
  associatedtype Scalar: BinaryFloatingPoint & SIMDScalar

  /// How many numbers a vector holds.
  static var width: Int { get }

  /// A vector of equal numbers.
  init(repeating value: Scalar)

  /// The `width` numbers from `source` on, at any alignment.
  init(loading source: UnsafePointer<Scalar>)

  /// Writes the `width` numbers from `destination` on, at any alignment.
  func store(to destination: UnsafeMutablePointer<Scalar>)

  /// Adds `a * b`; rounded once where the CPU does that in one instruction.
  mutating func addProduct(_ a: Self, _ b: Self)

  /// The number at one place.
  subscript(_ index: Int) -> Scalar { get }

  /// The sum of all numbers, always added in the same order.
  func sum() -> Scalar

  /// The square root of each number.
  func squareRoot() -> Self

  /// Each number, or zero where it is negative. NaN stays NaN.
  func rectified() -> Self

  /// Each number where `gate` is positive, and zero elsewhere.
  func keeping(wherePositive gate: Self) -> Self

  /// Sum, element by element.
  static func + (_ a: Self, _ b: Self) -> Self
  /// Difference, element by element.
  static func - (_ a: Self, _ b: Self) -> Self
  /// Product, element by element.
  static func * (_ a: Self, _ b: Self) -> Self
  /// Quotient, element by element.
  static func / (_ a: Self, _ b: Self) -> Self
}
