/// A SIMD type whose operators are reached one by one: the concrete ones are single instructions, those that generic code
/// finds are loops over the lanes.
@usableFromInline package protocol MachineLanes: SIMD
where
  Scalar: KernelScalar, MaskStorage: SIMD, MaskStorage.MaskStorage == MaskStorage,
  MaskStorage.Scalar: FixedWidthInteger & SignedInteger
{
  static func sum(_ a: Self, _ b: Self) -> Self
  static func difference(_ a: Self, _ b: Self) -> Self
  static func product(_ a: Self, _ b: Self) -> Self
  static func quotient(_ a: Self, _ b: Self) -> Self
  /// Where a > b.
  static func isGreater(_ a: Self, _ b: Self) -> SIMDMask<MaskStorage>
  /// Where a is greater than b, or a NaN and b is not.
  static func beats(_ a: Self, _ b: Self) -> SIMDMask<MaskStorage>
  /// Where a and b are the same number.
  static func areEqual(_ a: MaskStorage, _ b: MaskStorage) -> SIMDMask<MaskStorage>
  /// `a`, or `b` where `mask` says so.
  static func choose(_ a: Self, _ b: Self, where mask: SIMDMask<MaskStorage>) -> Self
  /// `a`, or `b` where `mask` says so.
  static func choose(_ a: MaskStorage, _ b: MaskStorage, where mask: SIMDMask<MaskStorage>) -> MaskStorage
}

extension SIMD8: MachineLanes where Scalar == Float {
  @inlinable @inline(__always) package static func sum(_ a: Self, _ b: Self) -> Self { a + b }
  @inlinable @inline(__always) package static func difference(_ a: Self, _ b: Self) -> Self { a - b }
  @inlinable @inline(__always) package static func product(_ a: Self, _ b: Self) -> Self { a * b }
  @inlinable @inline(__always) package static func quotient(_ a: Self, _ b: Self) -> Self { a / b }
  @inlinable @inline(__always) package static func isGreater(_ a: Self, _ b: Self) -> SIMDMask<SIMD8<Int32>> { a .> b }

  @inlinable @inline(__always)
  package static func beats(_ a: Self, _ b: Self) -> SIMDMask<SIMD8<Int32>> { .!(a .<= b) .& (b .== b) }

  @inlinable @inline(__always)
  package static func areEqual(_ a: SIMD8<Int32>, _ b: SIMD8<Int32>) -> SIMDMask<SIMD8<Int32>> { a .== b }

  @inlinable @inline(__always)
  package static func choose(_ a: Self, _ b: Self, where mask: SIMDMask<SIMD8<Int32>>) -> Self {
    a.replacing(with: b, where: mask)
  }

  @inlinable @inline(__always)
  package static func choose(_ a: SIMD8<Int32>, _ b: SIMD8<Int32>, where mask: SIMDMask<SIMD8<Int32>>) -> SIMD8<Int32> {
    a.replacing(with: b, where: mask)
  }
}

extension SIMD4: MachineLanes where Scalar == Double {
  @inlinable @inline(__always) package static func sum(_ a: Self, _ b: Self) -> Self { a + b }
  @inlinable @inline(__always) package static func difference(_ a: Self, _ b: Self) -> Self { a - b }
  @inlinable @inline(__always) package static func product(_ a: Self, _ b: Self) -> Self { a * b }
  @inlinable @inline(__always) package static func quotient(_ a: Self, _ b: Self) -> Self { a / b }
  @inlinable @inline(__always) package static func isGreater(_ a: Self, _ b: Self) -> SIMDMask<SIMD4<Int64>> { a .> b }

  @inlinable @inline(__always)
  package static func beats(_ a: Self, _ b: Self) -> SIMDMask<SIMD4<Int64>> { .!(a .<= b) .& (b .== b) }

  @inlinable @inline(__always)
  package static func areEqual(_ a: SIMD4<Int64>, _ b: SIMD4<Int64>) -> SIMDMask<SIMD4<Int64>> { a .== b }

  @inlinable @inline(__always)
  package static func choose(_ a: Self, _ b: Self, where mask: SIMDMask<SIMD4<Int64>>) -> Self {
    a.replacing(with: b, where: mask)
  }

  @inlinable @inline(__always)
  package static func choose(_ a: SIMD4<Int64>, _ b: SIMD4<Int64>, where mask: SIMDMask<SIMD4<Int64>>) -> SIMD4<Int64> {
    a.replacing(with: b, where: mask)
  }
}
