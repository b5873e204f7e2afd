/// A block of sums of products of vectors with vectors, held in registers: some rows of three.
///
/// The sums stay vectors, one partial sum in each lane, until the end. Four rows, three vectors that they share and one of
/// their own fill the sixteen registers of AVX2.
@usableFromInline package protocol DotTile {
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
@usableFromInline package struct DotRow<Vector: KernelVector>: DotTile {
  /// The sum with the first shared vector.
  @usableFromInline var first: Vector
  /// The sum with the second shared vector.
  @usableFromInline var second: Vector
  /// The sum with the third shared vector.
  @usableFromInline var third: Vector

  @inlinable @inline(__always)
  package static var height: Int { 1 }

  @inlinable @inline(__always)
  package init() {
    first = Vector(repeating: 0)
    second = first
    third = first
  }

  @inlinable @inline(__always)
  package init(loading source: UnsafePointer<Vector.Scalar>, stride: Int) {
    first = Vector(loading: source)
    second = Vector(loading: source + Vector.width)
    third = Vector(loading: source + 2 * Vector.width)
  }

  @inlinable @inline(__always)
  package mutating func addProducts(
    _ rows: UnsafePointer<Vector.Scalar>, rowStride: Int, _ first: Vector, _ second: Vector, _ third: Vector
  ) {
    let own = Vector(loading: rows)
    self.first.addProduct(own, first)
    self.second.addProduct(own, second)
    self.third.addProduct(own, third)
  }

  @inlinable @inline(__always)
  package func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int) {
    first.store(to: destination)
    second.store(to: destination + Vector.width)
    third.store(to: destination + 2 * Vector.width)
  }
}

/// One block of sums above another.
@usableFromInline
package struct StackedDots<Upper: DotTile, Lower: DotTile>: DotTile where Upper.Vector == Lower.Vector {
  @usableFromInline package typealias Vector = Upper.Vector

  /// The first rows.
  @usableFromInline var upper: Upper
  /// The rows below them.
  @usableFromInline var lower: Lower

  @inlinable @inline(__always)
  package static var height: Int { Upper.height + Lower.height }

  @inlinable @inline(__always)
  package init() {
    upper = Upper()
    lower = Lower()
  }

  @inlinable @inline(__always)
  package init(loading source: UnsafePointer<Vector.Scalar>, stride: Int) {
    upper = Upper(loading: source, stride: stride)
    lower = Lower(loading: source + Upper.height * stride, stride: stride)
  }

  @inlinable @inline(__always)
  package mutating func addProducts(
    _ rows: UnsafePointer<Vector.Scalar>, rowStride: Int, _ first: Vector, _ second: Vector, _ third: Vector
  ) {
    upper.addProducts(rows, rowStride: rowStride, first, second, third)
    lower.addProducts(rows + Upper.height * rowStride, rowStride: rowStride, first, second, third)
  }

  @inlinable @inline(__always)
  package func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int) {
    upper.store(to: destination, stride: stride)
    lower.store(to: destination + Upper.height * stride, stride: stride)
  }
}

/// Two rows of three sums.
@usableFromInline package typealias TwoDotRows<Vector: KernelVector> = StackedDots<DotRow<Vector>, DotRow<Vector>>
/// Three rows of three sums.
@usableFromInline package typealias ThreeDotRows<Vector: KernelVector> = StackedDots<TwoDotRows<Vector>, DotRow<Vector>>
/// Four rows of three sums: the largest block that stays in registers.
@usableFromInline package typealias FourDotRows<Vector: KernelVector> = StackedDots<
  TwoDotRows<Vector>, TwoDotRows<Vector>
>
