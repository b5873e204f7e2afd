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
  public static func prefetch(_ address: UnsafeRawPointer) { Arithmetic.prefetch(address) }

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
  /// As the protocol says.
  @inlinable @inline(__always)
  public static func loadTransposed(
    _ source: UnsafePointer<Scalar>, offsets: UnsafePointer<Int>, to target: UnsafeMutablePointer<Scalar>
  ) {
    Arithmetic.loadTransposed(source, offsets: offsets, to: target)
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func loadTransposed(
    _ source: UnsafePointer<Scalar>, rowStride: Int, to target: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    Arithmetic.loadTransposed(source, rowStride: rowStride, to: target, stride: stride)
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func loadByFours(_ source: UnsafePointer<Scalar>) -> (Self, Self, Self, Self) {
    let fours = Arithmetic.loadByFours(source)
    return (Self(fours.0), Self(fours.1), Self(fours.2), Self(fours.3))
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public static func storeTransposed(
    _ first: Self, _ second: Self, _ third: Self, _ fourth: Self, to target: UnsafeMutablePointer<Scalar>
  ) {
    Arithmetic.storeTransposed(first.lanes, second.lanes, third.lanes, fourth.lanes, to: target)
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func storeQuads(to destination: UnsafeMutablePointer<Scalar>, stride: Int) {
    for quad in 0..<Lanes.scalarCount / 4 {
      let numbers = SIMD4<Scalar>(lanes[4 * quad], lanes[4 * quad + 1], lanes[4 * quad + 2], lanes[4 * quad + 3])
      UnsafeMutableRawPointer(destination + quad * stride).storeBytes(of: numbers, as: SIMD4<Scalar>.self)
    }
  }
}
