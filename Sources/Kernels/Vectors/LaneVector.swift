/// The one implementation of `KernelVector`: Swift's SIMD types with a choice of multiply-add.
public struct LaneVector<Arithmetic: LaneArithmetic>: KernelVector {
  /// As the protocol says.
  public typealias Lanes = Arithmetic.Lanes
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
  public init(bytes: UnsafePointer<UInt8>) {
    lanes = Lanes()
    for index in 0..<Lanes.scalarCount { lanes[index] = Scalar(bytes[index]) }
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func store(to destination: UnsafeMutablePointer<Scalar>) {
    UnsafeMutableRawPointer(destination).storeBytes(of: lanes, as: Lanes.self)
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func stream(to destination: UnsafeMutablePointer<Scalar>) { Arithmetic.stream(lanes, to: destination) }

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
  public func squareRoot() -> Self { Self(Arithmetic.squareRoot(lanes)) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func rectified() -> Self { Self(Lanes.choose(lanes, Lanes(), where: Lanes.isGreater(Lanes(), lanes))) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func keeping(wherePositive gate: Self) -> Self {
    Self(Lanes.choose(Lanes(), lanes, where: Lanes.isGreater(gate.lanes, Lanes())))
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func + (_ a: Self, _ b: Self) -> Self { Self(Lanes.sum(a.lanes, b.lanes)) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func - (_ a: Self, _ b: Self) -> Self { Self(Lanes.difference(a.lanes, b.lanes)) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func * (_ a: Self, _ b: Self) -> Self { Self(Lanes.product(a.lanes, b.lanes)) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func / (_ a: Self, _ b: Self) -> Self { Self(Lanes.quotient(a.lanes, b.lanes)) }
}

// MARK: Choices and places

extension LaneVector {
  /// As the protocol says.
  public typealias Mask = SIMDMask<Lanes.MaskStorage>
  /// As the protocol says.
  public typealias Places = Lanes.MaskStorage

  /// As the protocol says.
  @inlinable @inline(__always)
  public func replacing(with other: Self, where mask: Mask) -> Self {
    Self(Lanes.choose(lanes, other.lanes, where: mask))
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func beats(_ champion: Self) -> Mask {
    Lanes.beats(lanes, champion.lanes)
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func isNotPositive() -> Mask { .!Lanes.isGreater(lanes, Lanes()) }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func places(repeating place: UInt8) -> Places {
    Places(repeating: Places.Scalar(truncatingIfNeeded: place))
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func replacing(_ places: Places, with place: UInt8, where mask: Mask) -> Places {
    Lanes.choose(places, self.places(repeating: place), where: mask)
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func loadPlaces(_ source: UnsafePointer<UInt8>) -> Places {
    var result = Places()
    for index in 0..<Lanes.scalarCount { result[index] = Places.Scalar(truncatingIfNeeded: source[index]) }
    return result
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func store(_ places: Places, to destination: UnsafeMutablePointer<UInt8>) {
    for index in 0..<Lanes.scalarCount { destination[index] = UInt8(truncatingIfNeeded: places[index]) }
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func keeping(_ places: Places, equalTo place: UInt8) -> Self {
    Self(Lanes.choose(Lanes(), lanes, where: Lanes.areEqual(places, Self.places(repeating: place))))
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func deinterleaved(with next: Self) -> (even: Self, odd: Self) {
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

  /// As the protocol says.
  @inlinable @inline(__always)
  public func interleaved(with odd: Self) -> (first: Self, second: Self) {
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
  /// As the protocol says. Each step interleaves vector i with vector i + width / 2, which turns the bits of all places by
  /// one; after log₂ width steps rows and columns have changed places.
  @inlinable @inline(__always)
  public static func loadTransposed(
    _ source: UnsafePointer<Scalar>, offsets: UnsafePointer<Int>, to target: UnsafeMutablePointer<Scalar>
  ) {
    if Lanes.scalarCount == 8 {
      loadTransposed8(source, offsets: offsets, to: target)
    } else {
      let first = Self(loading: source + offsets[0]).interleaved(with: Self(loading: source + offsets[2]))
      let second = Self(loading: source + offsets[1]).interleaved(with: Self(loading: source + offsets[3]))
      let upper = first.first.interleaved(with: second.first)
      let lower = first.second.interleaved(with: second.second)
      upper.first.store(to: target)
      upper.second.store(to: target + 4)
      lower.first.store(to: target + 8)
      lower.second.store(to: target + 12)
      // The tiles of the convolution are wider than four numbers.
      let next = source + 4
      let third = Self(loading: next + offsets[0]).interleaved(with: Self(loading: next + offsets[2]))
      let fourth = Self(loading: next + offsets[1]).interleaved(with: Self(loading: next + offsets[3]))
      let nextUpper = third.first.interleaved(with: fourth.first)
      let nextLower = third.second.interleaved(with: fourth.second)
      nextUpper.first.store(to: target + 16)
      nextUpper.second.store(to: target + 20)
      nextLower.first.store(to: target + 24)
      nextLower.second.store(to: target + 28)
    }
  }

  @inlinable @inline(__always)
  static func loadTransposed8(
    _ source: UnsafePointer<Scalar>, offsets: UnsafePointer<Int>, to target: UnsafeMutablePointer<Scalar>
  ) {
    let a = Self(loading: source + offsets[0]).interleaved(with: Self(loading: source + offsets[4]))
    let b = Self(loading: source + offsets[1]).interleaved(with: Self(loading: source + offsets[5]))
    let c = Self(loading: source + offsets[2]).interleaved(with: Self(loading: source + offsets[6]))
    let d = Self(loading: source + offsets[3]).interleaved(with: Self(loading: source + offsets[7]))
    let e = a.first.interleaved(with: c.first)
    let f = a.second.interleaved(with: c.second)
    let g = b.first.interleaved(with: d.first)
    let h = b.second.interleaved(with: d.second)
    let columns = (
      e.first.interleaved(with: g.first), e.second.interleaved(with: g.second),
      f.first.interleaved(with: h.first), f.second.interleaved(with: h.second)
    )
    columns.0.first.store(to: target)
    columns.0.second.store(to: target + 8)
    columns.1.first.store(to: target + 16)
    columns.1.second.store(to: target + 24)
    columns.2.first.store(to: target + 32)
    columns.2.second.store(to: target + 40)
    columns.3.first.store(to: target + 48)
    columns.3.second.store(to: target + 56)
  }
}
