/// The one implementation of `KernelVector`: Swift's SIMD types with a choice of multiply-add.
@usableFromInline package struct LaneVector<Arithmetic: LaneArithmetic>: KernelVector {
  @usableFromInline package typealias Lanes = Arithmetic.Lanes
  @usableFromInline package typealias Scalar = Lanes.Scalar

  /// The numbers.
  @usableFromInline var lanes: Lanes

  @inlinable @inline(__always)
  package init(_ lanes: Lanes) { self.lanes = lanes }

  @inlinable @inline(__always)
  package static var width: Int { Lanes.scalarCount }

  @inlinable @inline(__always)
  package static func prefetch(_ address: UnsafeRawPointer) { Arithmetic.prefetch(address) }

  @inlinable @inline(__always)
  package init(repeating value: Scalar) { lanes = Lanes(repeating: value) }

  @inlinable @inline(__always)
  package init(loading source: UnsafePointer<Scalar>) {
    lanes = UnsafeRawPointer(source).loadUnaligned(as: Lanes.self)
  }

  @inlinable @inline(__always)
  package func store(to destination: UnsafeMutablePointer<Scalar>) {
    UnsafeMutableRawPointer(destination).storeBytes(of: lanes, as: Lanes.self)
  }

  @inlinable @inline(__always)
  package mutating func addProduct(_ a: Self, _ b: Self) { Arithmetic.addProduct(a.lanes, b.lanes, to: &lanes) }

  @inlinable @inline(__always)
  package subscript(_ index: Int) -> Scalar { lanes[index] }

  @inlinable @inline(__always)
  package func sum() -> Scalar { lanes.sum() }

  @inlinable @inline(__always)
  package func squareRoot() -> Self { Self(Arithmetic.squareRoot(lanes)) }

  @inlinable @inline(__always)
  package func rectified() -> Self { Self(Lanes.choose(lanes, Lanes(), where: Lanes.isGreater(Lanes(), lanes))) }

  @inlinable @inline(__always)
  package func keeping(wherePositive gate: Self) -> Self {
    Self(Lanes.choose(Lanes(), lanes, where: Lanes.isGreater(gate.lanes, Lanes())))
  }

  @inlinable @inline(__always)
  package static func + (_ a: Self, _ b: Self) -> Self { Self(Lanes.sum(a.lanes, b.lanes)) }

  @inlinable @inline(__always)
  package static func - (_ a: Self, _ b: Self) -> Self { Self(Lanes.difference(a.lanes, b.lanes)) }

  @inlinable @inline(__always)
  package static func * (_ a: Self, _ b: Self) -> Self { Self(Lanes.product(a.lanes, b.lanes)) }

  @inlinable @inline(__always)
  package static func / (_ a: Self, _ b: Self) -> Self { Self(Lanes.quotient(a.lanes, b.lanes)) }
}

// MARK: Choices and places

extension LaneVector {
  @usableFromInline package typealias Mask = SIMDMask<Lanes.MaskStorage>
  @usableFromInline package typealias Offsets = Lanes.MaskStorage

  @inlinable @inline(__always)
  package func replacing(with other: Self, where mask: Mask) -> Self {
    Self(Lanes.choose(lanes, other.lanes, where: mask))
  }

  @inlinable @inline(__always)
  package func beats(_ champion: Self) -> Mask {
    Lanes.beats(lanes, champion.lanes)
  }

  @inlinable @inline(__always)
  package func isNotPositive() -> Mask { .!Lanes.isGreater(lanes, Lanes()) }

  @inlinable @inline(__always)
  package static func offsets(repeating offset: UInt8) -> Offsets {
    Offsets(repeating: Offsets.Scalar(truncatingIfNeeded: offset))
  }

  @inlinable @inline(__always)
  package static func replacing(_ offsets: Offsets, with offset: UInt8, where mask: Mask) -> Offsets {
    Lanes.choose(offsets, self.offsets(repeating: offset), where: mask)
  }

  @inlinable @inline(__always)
  package static func loadOffsets(_ source: UnsafePointer<UInt8>) -> Offsets {
    var result = Offsets()
    for index in 0..<Lanes.scalarCount { result[index] = Offsets.Scalar(truncatingIfNeeded: source[index]) }
    return result
  }

  @inlinable @inline(__always)
  package static func store(_ offsets: Offsets, to destination: UnsafeMutablePointer<UInt8>) {
    for index in 0..<Lanes.scalarCount { destination[index] = UInt8(truncatingIfNeeded: offsets[index]) }
  }

  @inlinable @inline(__always)
  package func keeping(_ offsets: Offsets, equalTo offset: UInt8) -> Self {
    Self(Lanes.choose(Lanes(), lanes, where: Lanes.areEqual(offsets, Self.offsets(repeating: offset))))
  }

  @inlinable @inline(__always)
  package func deinterleaved(with next: Self) -> (even: Self, odd: Self) {
    var even = Lanes()
    var odd = Lanes()
    let half = Lanes.scalarCount / 2
    for index in 0..<half {
      even[index] = lanes[2 * index]
      odd[index] = lanes[2 * index + 1]
      even[half + index] = next.lanes[2 * index]
      odd[half + index] = next.lanes[2 * index + 1]
    }
    return (Self(even), Self(odd))
  }

  @inlinable @inline(__always)
  package func interleaved(with odd: Self) -> (first: Self, second: Self) {
    var first = Lanes()
    var second = Lanes()
    let half = Lanes.scalarCount / 2
    for index in 0..<half {
      first[2 * index] = lanes[index]
      first[2 * index + 1] = odd.lanes[index]
      second[2 * index] = lanes[half + index]
      second[2 * index + 1] = odd.lanes[half + index]
    }
    return (Self(first), Self(second))
  }
}

// MARK: Transposition

extension LaneVector {
  @inlinable @inline(__always)
  package static func loadTransposed(
    _ source: UnsafePointer<Scalar>, offsets: UnsafePointer<Int>, to target: UnsafeMutablePointer<Scalar>
  ) {
    Arithmetic.loadTransposed(source, offsets: offsets, to: target)
  }

  @inlinable @inline(__always)
  package static func loadTransposed(
    _ source: UnsafePointer<Scalar>, rowStride: Int, to target: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    Arithmetic.loadTransposed(source, rowStride: rowStride, to: target, stride: stride)
  }

  @inlinable @inline(__always)
  package static func storeTransposed(
    _ first: Self, _ second: Self, _ third: Self, _ fourth: Self, to target: UnsafeMutablePointer<Scalar>
  ) {
    Arithmetic.storeTransposed(first.lanes, second.lanes, third.lanes, fourth.lanes, to: target)
  }

  @inlinable @inline(__always)
  package func storeQuads(to destination: UnsafeMutablePointer<Scalar>, stride: Int) {
    for quad in 0..<Lanes.scalarCount / 4 {
      let numbers = SIMD4<Scalar>(lanes[4 * quad], lanes[4 * quad + 1], lanes[4 * quad + 2], lanes[4 * quad + 3])
      UnsafeMutableRawPointer(destination + quad * stride).storeBytes(of: numbers, as: SIMD4<Scalar>.self)
    }
  }
}
