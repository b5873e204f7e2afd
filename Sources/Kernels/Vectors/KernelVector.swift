/// Numbers that are treated alike: as many as one instruction takes, or one.
public protocol NumberVector<Scalar> {
  /// The type of each number.
  associatedtype Scalar: KernelScalar
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

/// A few numbers that one instruction treats alike: all that the kernels know of a CPU.
///
/// Kernels are generic over it and inlined into the targets that choose it, so that the CPU flags of those targets apply.
/// A target compiled with such flags must hold nothing else that is generic: the linker could pick its weak copy of a
/// function for code that runs on every CPU.
public protocol KernelVector<Scalar>: NumberVector {
  /// How many filters' gradients are summed up at a time: as many as there are registers for, four at most.
  static var filterRowsAtOnce: Int { get }
  /// A choice for each number.
  associatedtype Mask
  /// A small whole number for each number.
  associatedtype Offsets
  /// Asks for the line of memory at `address`, which will be read soon, without waiting for it.
  static func prefetch(_ address: UnsafeRawPointer)
  /// Each number, or that of `other` where `mask` says so.
  func replacing(with other: Self, where mask: Mask) -> Self
  /// Where `self` wins against an earlier `champion` in taking a maximum: where it is greater, or the first NaN.
  func beats(_ champion: Self) -> Mask
  /// Where the number is not positive: zero, negative or NaN.
  func isNotPositive() -> Mask
  /// Equal offsets.
  static func offsets(repeating offset: UInt8) -> Offsets
  /// `offsets`, with `offset` where `mask` says so.
  static func replacing(_ offsets: Offsets, with offset: UInt8, where mask: Mask) -> Offsets
  /// `width` offsets from `source` on.
  static func loadOffsets(_ source: UnsafePointer<UInt8>) -> Offsets
  /// Writes `width` offsets from `destination` on.
  static func store(_ offsets: Offsets, to destination: UnsafeMutablePointer<UInt8>)
  /// Each number where `offsets` is `offset`, and zero elsewhere.
  func keeping(_ offsets: Offsets, equalTo offset: UInt8) -> Self
  /// The numbers at even and at odd positions of the sequence `self`, `next`.
  func deinterleaved(with next: Self) -> (even: Self, odd: Self)
  /// The sequence whose even positions are `self` and whose odd ones are `odd`, in two vectors.
  func interleaved(with odd: Self) -> (first: Self, second: Self)
  /// Reads `width` rows of eight numbers, each from its own offset on, and writes their eight columns one after another.
  static func loadTransposed(
    _ source: UnsafePointer<Scalar>, offsets: UnsafePointer<Int>, to target: UnsafeMutablePointer<Scalar>)
  /// Reads eight rows of eight numbers, `rowStride` apart, and writes their eight columns `stride` apart; for vectors of eight.
  static func loadTransposed(
    _ source: UnsafePointer<Scalar>, rowStride: Int, to target: UnsafeMutablePointer<Scalar>, stride: Int)
  /// Writes the four numbers that the vectors have at the same position one after another, for each position in turn.
  static func storeTransposed(
    _ first: Self, _ second: Self, _ third: Self, _ fourth: Self, to target: UnsafeMutablePointer<Scalar>)
  /// Writes the numbers four at a time, the fours `stride` apart.
  func storeQuads(to destination: UnsafeMutablePointer<Scalar>, stride: Int)
}

extension KernelVector {
  @inlinable @inline(__always) package static var filterRowsAtOnce: Int { 4 }

  /// Writes `count` zeros, and up to a vector's width behind.
  @inlinable @inline(__always) static func writeZeros(to target: UnsafeMutablePointer<Scalar>, count: Int) {
    let end = target + count
    var target = target
    while target < end {
      Self(repeating: 0).store(to: target)
      target += width
    }
  }
}

/// A vector of one number, for those that are left where whole vectors no longer fit. Products are rounded before they are added.
@usableFromInline package struct SingleNumber<Scalar: KernelScalar>: NumberVector {
  @usableFromInline var number: Scalar

  @inlinable @inline(__always) package static var width: Int { 1 }
  @inlinable @inline(__always) package init(repeating value: Scalar) { number = value }
  @inlinable @inline(__always) package init(loading source: UnsafePointer<Scalar>) { number = source.pointee }

  @inlinable @inline(__always)
  package func store(to destination: UnsafeMutablePointer<Scalar>) { destination.pointee = number }
  @inlinable @inline(__always) package mutating func addProduct(_ a: Self, _ b: Self) { number += a.number * b.number }
  @inlinable @inline(__always) package func sum() -> Scalar { number }
  @inlinable @inline(__always) package func squareRoot() -> Self { Self(repeating: number.squareRoot()) }
  @inlinable @inline(__always) package func rectified() -> Self { number < 0 ? Self(repeating: 0) : self }

  @inlinable @inline(__always)
  package func keeping(wherePositive gate: Self) -> Self { gate.number > 0 ? self : Self(repeating: 0) }

  @inlinable @inline(__always)
  package static func + (_ a: Self, _ b: Self) -> Self { Self(repeating: a.number + b.number) }
  @inlinable @inline(__always)
  package static func - (_ a: Self, _ b: Self) -> Self { Self(repeating: a.number - b.number) }
  @inlinable @inline(__always)
  package static func * (_ a: Self, _ b: Self) -> Self { Self(repeating: a.number * b.number) }
  @inlinable @inline(__always)
  package static func / (_ a: Self, _ b: Self) -> Self { Self(repeating: a.number / b.number) }
}
