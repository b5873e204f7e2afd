/// How `c + a * b` is computed.
public protocol MultiplyAdd {
  /// Adds `a * b` to `c`, lane by lane.
  static func addProduct<Lanes: SIMD>(_ a: Lanes, _ b: Lanes, to c: inout Lanes) where Lanes.Scalar: FloatingPoint
}

/// One rounding, by the CPU's own instruction. Without such an instruction this calls a library function for every lane.
public enum FusedMultiplyAdd: MultiplyAdd {
  /// As the protocol says.
  @inlinable @inline(__always)
  public static func addProduct<Lanes: SIMD>(_ a: Lanes, _ b: Lanes, to c: inout Lanes)
  where Lanes.Scalar: FloatingPoint {
    c.addProduct(a, b)
  }
}

/// A product and a sum, each rounded: for CPUs that may lack a fused instruction.
public enum SeparateMultiplyAdd: MultiplyAdd {
  /// As the protocol says.
  @inlinable @inline(__always)
  public static func addProduct<Lanes: SIMD>(_ a: Lanes, _ b: Lanes, to c: inout Lanes)
  where Lanes.Scalar: FloatingPoint {
    c += a * b
  }
}

/// The one implementation of `KernelVector`: Swift's SIMD types with a choice of multiply-add.
public struct LaneVector<Lanes: SIMD, Arithmetic: MultiplyAdd>: KernelVector
where Lanes.Scalar: BinaryFloatingPoint & SIMDScalar {
  /// As the protocol says.
  public typealias Scalar = Lanes.Scalar

  /// The numbers.
  public var lanes: Lanes

  /// Wraps `lanes`.
  @inlinable @inline(__always)
  public init(_ lanes: Lanes) { self.lanes = lanes }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static var width: Int { Lanes.scalarCount }

  /// As the protocol says.
  @inlinable @inline(__always)
  public init(repeating value: Scalar) { lanes = Lanes(repeating: value) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public init(loading source: UnsafePointer<Scalar>) {
    lanes = UnsafeRawPointer(source).loadUnaligned(as: Lanes.self)
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func store(to destination: UnsafeMutablePointer<Scalar>) {
    UnsafeMutableRawPointer(destination).storeBytes(of: lanes, as: Lanes.self)
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public mutating func addProduct(_ a: Self, _ b: Self) { Arithmetic.addProduct(a.lanes, b.lanes, to: &lanes) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public subscript(_ index: Int) -> Scalar { lanes[index] }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func sum() -> Scalar { lanes.sum() }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func squareRoot() -> Self { Self(lanes.squareRoot()) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func rectified() -> Self { Self(lanes.replacing(with: Lanes(), where: lanes .< Lanes())) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func keeping(wherePositive gate: Self) -> Self {
    Self(Lanes().replacing(with: lanes, where: gate.lanes .> Lanes()))
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func + (_ a: Self, _ b: Self) -> Self { Self(a.lanes + b.lanes) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func - (_ a: Self, _ b: Self) -> Self { Self(a.lanes - b.lanes) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func * (_ a: Self, _ b: Self) -> Self { Self(a.lanes * b.lanes) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func / (_ a: Self, _ b: Self) -> Self { Self(a.lanes / b.lanes) }
}
