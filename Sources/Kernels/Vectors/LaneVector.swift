/// A vector that is one of Swift's SIMD types: what all kinds of CPU share. A variant adds what differs.
@usableFromInline package protocol LaneVector: KernelVector
where Scalar == Lanes.Scalar, Mask == SIMDMask<Lanes.MaskStorage>, Offsets == Lanes.MaskStorage {
  /// The SIMD type.
  associatedtype Lanes: MachineLanes

  /// The numbers.
  var lanes: Lanes { get set }
  /// A vector of these numbers.
  init(lanes: Lanes)
}

extension LaneVector {
  @inlinable @inline(__always) package static var width: Int { Lanes.scalarCount }
  @inlinable @inline(__always) package init(repeating value: Scalar) { self.init(lanes: Lanes(repeating: value)) }

  @inlinable @inline(__always) package init(loading source: UnsafePointer<Scalar>) {
    self.init(lanes: UnsafeRawPointer(source).loadUnaligned(as: Lanes.self))
  }

  @inlinable @inline(__always) package func store(to destination: UnsafeMutablePointer<Scalar>) {
    UnsafeMutableRawPointer(destination).storeBytes(of: lanes, as: Lanes.self)
  }

  @inlinable @inline(__always) package func sum() -> Scalar { lanes.sum() }

  @inlinable @inline(__always) package func rectified() -> Self {
    Self(lanes: Lanes.choose(lanes, Lanes(), where: Lanes.isGreater(Lanes(), lanes)))
  }

  @inlinable @inline(__always) package func keeping(wherePositive gate: Self) -> Self {
    Self(lanes: Lanes.choose(Lanes(), lanes, where: Lanes.isGreater(gate.lanes, Lanes())))
  }

  @inlinable @inline(__always)
  package static func + (_ a: Self, _ b: Self) -> Self { Self(lanes: Lanes.sum(a.lanes, b.lanes)) }
  @inlinable @inline(__always)
  package static func - (_ a: Self, _ b: Self) -> Self { Self(lanes: Lanes.difference(a.lanes, b.lanes)) }
  @inlinable @inline(__always)
  package static func * (_ a: Self, _ b: Self) -> Self { Self(lanes: Lanes.product(a.lanes, b.lanes)) }
  @inlinable @inline(__always)
  package static func / (_ a: Self, _ b: Self) -> Self { Self(lanes: Lanes.quotient(a.lanes, b.lanes)) }
}

// MARK: Choices and offsets

extension LaneVector {
  @inlinable @inline(__always) package func replacing(with other: Self, where mask: Mask) -> Self {
    Self(lanes: Lanes.choose(lanes, other.lanes, where: mask))
  }

  @inlinable @inline(__always) package func beats(_ champion: Self) -> Mask { Lanes.beats(lanes, champion.lanes) }
  @inlinable @inline(__always) package func isNotPositive() -> Mask { .!Lanes.isGreater(lanes, Lanes()) }

  @inlinable @inline(__always) package static func offsets(repeating offset: UInt8) -> Offsets {
    Offsets(repeating: Offsets.Scalar(truncatingIfNeeded: offset))
  }

  @inlinable @inline(__always)
  package static func replacing(_ offsets: Offsets, with offset: UInt8, where mask: Mask) -> Offsets {
    Lanes.choose(offsets, self.offsets(repeating: offset), where: mask)
  }

  @inlinable @inline(__always) package static func loadOffsets(_ source: UnsafePointer<UInt8>) -> Offsets {
    var result = Offsets()
    for index in 0..<Lanes.scalarCount { result[index] = Offsets.Scalar(truncatingIfNeeded: source[index]) }
    return result
  }

  @inlinable @inline(__always)
  package static func store(_ offsets: Offsets, to destination: UnsafeMutablePointer<UInt8>) {
    for index in 0..<Lanes.scalarCount { destination[index] = UInt8(truncatingIfNeeded: offsets[index]) }
  }

  @inlinable @inline(__always) package func keeping(_ offsets: Offsets, equalTo offset: UInt8) -> Self {
    Self(lanes: Lanes.choose(Lanes(), lanes, where: Lanes.areEqual(offsets, Self.offsets(repeating: offset))))
  }

  @inlinable @inline(__always) package func deinterleaved(with next: Self) -> (even: Self, odd: Self) {
    var (even, odd) = (Lanes(), Lanes())
    let half = Lanes.scalarCount / 2
    for index in 0..<half {
      even[index] = lanes[2 * index]
      odd[index] = lanes[2 * index + 1]
      even[half + index] = next.lanes[2 * index]
      odd[half + index] = next.lanes[2 * index + 1]
    }
    return (Self(lanes: even), Self(lanes: odd))
  }

  @inlinable @inline(__always) package func interleaved(with odd: Self) -> (first: Self, second: Self) {
    var (first, second) = (Lanes(), Lanes())
    let half = Lanes.scalarCount / 2
    for index in 0..<half {
      first[2 * index] = lanes[index]
      first[2 * index + 1] = odd.lanes[index]
      second[2 * index] = lanes[half + index]
      second[2 * index + 1] = odd.lanes[half + index]
    }
    return (Self(lanes: first), Self(lanes: second))
  }
}

// MARK: Transposition, number by number, where the CPU's shuffles are not written out

extension LaneVector {
  @inlinable @inline(__always)
  package static func loadTransposed(
    _ source: UnsafePointer<Scalar>, offsets: UnsafePointer<Int>, to target: UnsafeMutablePointer<Scalar>
  ) {
    for lane in 0..<width {
      let row = source + offsets[lane]
      for column in 0..<8 { target[column * width + lane] = row[column] }
    }
  }

  @inlinable @inline(__always)
  package static func loadTransposed(
    _ source: UnsafePointer<Scalar>, rowStride: Int, to target: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    for column in 0..<8 {
      for row in 0..<8 { target[column * stride + row] = source[row * rowStride + column] }
    }
  }

  @inlinable @inline(__always)
  package static func storeTransposed(
    _ first: Self, _ second: Self, _ third: Self, _ fourth: Self, to target: UnsafeMutablePointer<Scalar>
  ) {
    for lane in 0..<width {
      target[4 * lane] = first.lanes[lane]
      target[4 * lane + 1] = second.lanes[lane]
      target[4 * lane + 2] = third.lanes[lane]
      target[4 * lane + 3] = fourth.lanes[lane]
    }
  }

  @inlinable @inline(__always) package func storeQuads(to destination: UnsafeMutablePointer<Scalar>, stride: Int) {
    for quad in 0..<Lanes.scalarCount / 4 {
      let numbers = SIMD4<Scalar>(lanes[4 * quad], lanes[4 * quad + 1], lanes[4 * quad + 2], lanes[4 * quad + 3])
      UnsafeMutableRawPointer(destination + quad * stride).storeBytes(of: numbers, as: SIMD4<Scalar>.self)
    }
  }
}
