/// A block of sums held in registers: a few rows of two vectors each.
///
/// Tiles of any height are stacked from rows, so one source serves each height and the compiler keeps all of it in
/// registers. Six rows of two vectors, two vectors of `b` and one factor fill the sixteen registers of AVX2.
@usableFromInline package protocol VectorTile {
  /// The vector that the rows are made of.
  associatedtype Vector: KernelVector

  /// The number of rows.
  static var height: Int { get }

  /// All sums zero.
  init()

  /// Each row starting from a number of its own, from `starts` on.
  init(rowsStartingWith starts: UnsafePointer<Vector.Scalar>)

  /// Adds the numbers at `source`, whose rows are `stride` apart.
  mutating func add(_ source: UnsafePointer<Vector.Scalar>, stride: Int)

  /// Adds to each row its factor, from `factors` on, times the two vectors.
  mutating func addProducts(_ factors: UnsafePointer<Vector.Scalar>, _ left: Vector, _ right: Vector)

  /// Writes the first halves of the rows to `left` and the second ones to `right`, rows `stride` apart.
  func store(left: UnsafeMutablePointer<Vector.Scalar>, right: UnsafeMutablePointer<Vector.Scalar>, stride: Int)

  /// The sums with zero in the place of negative ones.
  func rectified() -> Self
}

/// A tile of one row.
@usableFromInline package struct TileRow<Vector: KernelVector>: VectorTile {
  /// The first half of the row.
  @usableFromInline var left: Vector
  /// The second half of the row.
  @usableFromInline var right: Vector

  @inlinable @inline(__always)
  package static var height: Int { 1 }

  @inlinable @inline(__always)
  package init() {
    left = Vector(repeating: 0)
    right = left
  }

  @inlinable @inline(__always)
  package init(rowsStartingWith starts: UnsafePointer<Vector.Scalar>) {
    left = Vector(repeating: starts.pointee)
    right = left
  }

  @inlinable @inline(__always)
  package mutating func add(_ source: UnsafePointer<Vector.Scalar>, stride: Int) {
    left = Vector(loading: source) + left
    right = Vector(loading: source + Vector.width) + right
  }

  @inlinable @inline(__always)
  package mutating func addProducts(_ factors: UnsafePointer<Vector.Scalar>, _ left: Vector, _ right: Vector) {
    let factor = Vector(repeating: factors.pointee)
    self.left.addProduct(factor, left)
    self.right.addProduct(factor, right)
  }

  @inlinable @inline(__always)
  package func store(
    left: UnsafeMutablePointer<Vector.Scalar>, right: UnsafeMutablePointer<Vector.Scalar>, stride: Int
  ) {
    self.left.store(to: left)
    self.right.store(to: right)
  }

  @inlinable @inline(__always)
  package func rectified() -> Self {
    var result = self
    result.left = left.rectified()
    result.right = right.rectified()
    return result
  }
}

/// One tile above another.
@usableFromInline
package struct StackedTiles<Upper: VectorTile, Lower: VectorTile>: VectorTile where Upper.Vector == Lower.Vector {
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
  package init(rowsStartingWith starts: UnsafePointer<Vector.Scalar>) {
    upper = Upper(rowsStartingWith: starts)
    lower = Lower(rowsStartingWith: starts + Upper.height)
  }

  @inlinable @inline(__always)
  package mutating func add(_ source: UnsafePointer<Vector.Scalar>, stride: Int) {
    upper.add(source, stride: stride)
    lower.add(source + Upper.height * stride, stride: stride)
  }

  @inlinable @inline(__always)
  package mutating func addProducts(_ factors: UnsafePointer<Vector.Scalar>, _ left: Vector, _ right: Vector) {
    upper.addProducts(factors, left, right)
    lower.addProducts(factors + Upper.height, left, right)
  }

  @inlinable @inline(__always)
  package func store(
    left: UnsafeMutablePointer<Vector.Scalar>, right: UnsafeMutablePointer<Vector.Scalar>, stride: Int
  ) {
    upper.store(left: left, right: right, stride: stride)
    lower.store(left: left + Upper.height * stride, right: right + Upper.height * stride, stride: stride)
  }

  @inlinable @inline(__always)
  package func rectified() -> Self {
    var result = self
    result.upper = upper.rectified()
    result.lower = lower.rectified()
    return result
  }
}

/// A tile of two rows.
@usableFromInline package typealias TwoRows<Vector: KernelVector> = StackedTiles<TileRow<Vector>, TileRow<Vector>>
/// A tile of three rows.
@usableFromInline package typealias ThreeRows<Vector: KernelVector> = StackedTiles<TwoRows<Vector>, TileRow<Vector>>
/// A tile of four rows.
@usableFromInline package typealias FourRows<Vector: KernelVector> = StackedTiles<TwoRows<Vector>, TwoRows<Vector>>
/// A tile of five rows.
@usableFromInline package typealias FiveRows<Vector: KernelVector> = StackedTiles<ThreeRows<Vector>, TwoRows<Vector>>
/// A tile of six rows: with two vectors of AVX2 each, the largest that stays in registers.
@usableFromInline package typealias SixRows<Vector: KernelVector> = StackedTiles<ThreeRows<Vector>, ThreeRows<Vector>>
