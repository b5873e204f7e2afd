/// A block of sums of products of vectors with vectors, held in registers: some rows of three.
///
/// The sums stay vectors, one partial sum in each lane, until the end. Four rows, three vectors that they share and one of
/// their own fill the sixteen registers of AVX2.
public protocol DotTile {
  /// The vector that the sums are made of.
  associatedtype Vector: KernelVector

  /// The number of rows.
  static var height: Int { get }

  /// All sums zero.
  init()

  /// The sums at `source`, three vectors a row, rows `stride` numbers apart.
  init(loading source: UnsafePointer<Vector.Scalar>, stride: Int)

  /// Adds to each row its vector at `rows`, rows `rowStride` apart, times each of the three vectors.
  mutating func addProducts(
    _ rows: UnsafePointer<Vector.Scalar>, rowStride: Int, _ first: Vector, _ second: Vector, _ third: Vector)

  /// Writes the sums to `destination`, as they were loaded.
  func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int)
}

/// Three sums.
public struct DotRow<Vector: KernelVector>: DotTile {
  /// The sum with the first shared vector.
  public var first: Vector
  /// The sum with the second shared vector.
  public var second: Vector
  /// The sum with the third shared vector.
  public var third: Vector

  /// As the protocol says.
  @inlinable @inline(__always)
  public static var height: Int { 1 }

  /// As the protocol says.
  @inlinable @inline(__always)
  public init() {
    first = Vector(repeating: 0)
    second = first
    third = first
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public init(loading source: UnsafePointer<Vector.Scalar>, stride: Int) {
    first = Vector(loading: source)
    second = Vector(loading: source + Vector.width)
    third = Vector(loading: source + 2 * Vector.width)
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public mutating func addProducts(
    _ rows: UnsafePointer<Vector.Scalar>, rowStride: Int, _ first: Vector, _ second: Vector, _ third: Vector
  ) {
    let own = Vector(loading: rows)
    self.first.addProduct(own, first)
    self.second.addProduct(own, second)
    self.third.addProduct(own, third)
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int) {
    first.store(to: destination)
    second.store(to: destination + Vector.width)
    third.store(to: destination + 2 * Vector.width)
  }
}

/// One block of sums above another.
public struct StackedDots<Upper: DotTile, Lower: DotTile>: DotTile where Upper.Vector == Lower.Vector {
  /// As the protocol says.
  public typealias Vector = Upper.Vector

  /// The first rows.
  public var upper: Upper
  /// The rows below them.
  public var lower: Lower

  /// As the protocol says.
  @inlinable @inline(__always)
  public static var height: Int { Upper.height + Lower.height }

  /// As the protocol says.
  @inlinable @inline(__always)
  public init() {
    upper = Upper()
    lower = Lower()
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public init(loading source: UnsafePointer<Vector.Scalar>, stride: Int) {
    upper = Upper(loading: source, stride: stride)
    lower = Lower(loading: source + Upper.height * stride, stride: stride)
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public mutating func addProducts(
    _ rows: UnsafePointer<Vector.Scalar>, rowStride: Int, _ first: Vector, _ second: Vector, _ third: Vector
  ) {
    upper.addProducts(rows, rowStride: rowStride, first, second, third)
    lower.addProducts(rows + Upper.height * rowStride, rowStride: rowStride, first, second, third)
  }

  /// As the protocol says.
  @inlinable @inline(__always)
  public func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int) {
    upper.store(to: destination, stride: stride)
    lower.store(to: destination + Upper.height * stride, stride: stride)
  }
}

/// Two rows of three sums.
public typealias TwoDotRows<Vector: KernelVector> = StackedDots<DotRow<Vector>, DotRow<Vector>>
/// Three rows of three sums.
public typealias ThreeDotRows<Vector: KernelVector> = StackedDots<TwoDotRows<Vector>, DotRow<Vector>>
/// Four rows of three sums: the largest block that stays in registers.
public typealias FourDotRows<Vector: KernelVector> = StackedDots<TwoDotRows<Vector>, TwoDotRows<Vector>>
