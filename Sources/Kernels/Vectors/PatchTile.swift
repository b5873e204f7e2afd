/// A block of sums held in registers, to which patches of an image are added, each times a factor of its own: some rows of
/// some vectors.
///
/// Every product takes its vector from the image, so four rows of three vectors and the factor are all the registers that
/// it needs.
@usableFromInline package protocol PatchTile {
  /// The vector that the rows are made of.
  associatedtype Vector: KernelVector

  /// The number of rows.
  static var height: Int { get }

  /// The number of vectors in a row.
  static var width: Int { get }

  /// All sums zero.
  init()

  /// The sums at `source`, rows `stride` numbers apart.
  init(loading source: UnsafePointer<Vector.Scalar>, stride: Int)

  /// Adds `factor` times the patch at `patch`, rows `stride` numbers apart.
  mutating func addProduct(_ factor: Vector, _ patch: UnsafePointer<Vector.Scalar>, stride: Int)

  /// Writes the sums to `destination`, as they were loaded.
  func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int)
}

/// One vector of sums.
@usableFromInline package struct PatchVector<Vector: KernelVector>: PatchTile {
  /// The sums.
  @usableFromInline var sums: Vector

  @inlinable @inline(__always)
  package static var height: Int { 1 }

  @inlinable @inline(__always)
  package static var width: Int { 1 }

  @inlinable @inline(__always)
  package init() { sums = Vector(repeating: 0) }

  @inlinable @inline(__always)
  package init(loading source: UnsafePointer<Vector.Scalar>, stride: Int) { sums = Vector(loading: source) }

  @inlinable @inline(__always)
  package mutating func addProduct(_ factor: Vector, _ patch: UnsafePointer<Vector.Scalar>, stride: Int) {
    sums.addProduct(factor, Vector(loading: patch))
  }

  @inlinable @inline(__always)
  package func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int) { sums.store(to: destination) }
}

/// One block of sums beside another of the same height.
@usableFromInline
package struct PatchesBeside<Left: PatchTile, Right: PatchTile>: PatchTile where Left.Vector == Right.Vector {
  @usableFromInline package typealias Vector = Left.Vector

  /// The first vectors of each row.
  @usableFromInline var left: Left
  /// Those that follow.
  @usableFromInline var right: Right

  @inlinable @inline(__always)
  package static var height: Int { Left.height }

  @inlinable @inline(__always)
  package static var width: Int { Left.width + Right.width }

  @inlinable @inline(__always)
  package init() {
    left = Left()
    right = Right()
  }

  @inlinable @inline(__always)
  package init(loading source: UnsafePointer<Vector.Scalar>, stride: Int) {
    left = Left(loading: source, stride: stride)
    right = Right(loading: source + Left.width * Vector.width, stride: stride)
  }

  @inlinable @inline(__always)
  package mutating func addProduct(_ factor: Vector, _ patch: UnsafePointer<Vector.Scalar>, stride: Int) {
    left.addProduct(factor, patch, stride: stride)
    right.addProduct(factor, patch + Left.width * Vector.width, stride: stride)
  }

  @inlinable @inline(__always)
  package func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int) {
    left.store(to: destination, stride: stride)
    right.store(to: destination + Left.width * Vector.width, stride: stride)
  }
}

/// One block of sums above another of the same width.
@usableFromInline
package struct StackedPatches<Upper: PatchTile, Lower: PatchTile>: PatchTile where Upper.Vector == Lower.Vector {
  @usableFromInline package typealias Vector = Upper.Vector

  /// The first rows.
  @usableFromInline var upper: Upper
  /// The rows below them.
  @usableFromInline var lower: Lower

  @inlinable @inline(__always)
  package static var height: Int { Upper.height + Lower.height }

  @inlinable @inline(__always)
  package static var width: Int { Upper.width }

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
  package mutating func addProduct(_ factor: Vector, _ patch: UnsafePointer<Vector.Scalar>, stride: Int) {
    upper.addProduct(factor, patch, stride: stride)
    lower.addProduct(factor, patch + Upper.height * stride, stride: stride)
  }

  @inlinable @inline(__always)
  package func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int) {
    upper.store(to: destination, stride: stride)
    lower.store(to: destination + Upper.height * stride, stride: stride)
  }
}

/// Two rows of patches.
@usableFromInline package typealias TwoPatchRows<Row: PatchTile> = StackedPatches<Row, Row>
/// Three rows of patches.
@usableFromInline package typealias ThreePatchRows<Row: PatchTile> = StackedPatches<TwoPatchRows<Row>, Row>
/// Four rows of patches: the most that stay in registers, if they are three vectors wide.
@usableFromInline package typealias FourPatchRows<Row: PatchTile> = StackedPatches<TwoPatchRows<Row>, TwoPatchRows<Row>>
