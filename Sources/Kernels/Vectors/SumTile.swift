/// A block of sums held in registers, to which products are added: some rows of some vectors.
///
/// Blocks of any size are put together from vectors `Beside` each other and rows `Stacked` above each other, so one source
/// serves each size and the compiler keeps all of it in registers. AVX2 has sixteen: six rows of two vectors, two vectors that
/// the rows share and one factor fill them, as do four rows of three, three that they share and one of their own.
@usableFromInline package protocol SumTile {
  /// The vector that the rows are made of.
  associatedtype Vector: KernelVector
  /// As many vectors as a row has.
  associatedtype Row

  /// The number of rows.
  static var height: Int { get }
  /// The number of vectors in a row.
  static var width: Int { get }

  /// All sums zero.
  init()
  /// Each row starting from a number of its own, from `starts` on.
  init(rowsStartingWith starts: UnsafePointer<Vector.Scalar>)
  /// The sums at `source`, rows `stride` numbers apart.
  init(loading source: UnsafePointer<Vector.Scalar>, stride: Int)

  /// Adds the numbers at `source`, rows `stride` numbers apart.
  mutating func add(_ source: UnsafePointer<Vector.Scalar>, stride: Int)
  /// Adds an outer product: to each row its factor, from `factors` on, times the vectors of `row`.
  mutating func addOuterProduct(_ factors: UnsafePointer<Vector.Scalar>, _ row: Row)
  /// Adds to dot products, whose partial sums stand one in each lane until the end: to each row its own vector at `vectors`,
  /// `stride` numbers apart, times those of `row`.
  mutating func addDotProducts(_ vectors: UnsafePointer<Vector.Scalar>, stride: Int, _ row: Row)
  /// Adds `factor` times the numbers at `patch`, rows `stride` numbers apart.
  mutating func addPatch(_ patch: UnsafePointer<Vector.Scalar>, stride: Int, times factor: Vector)

  /// Writes the sums to `destination`, rows `stride` numbers apart.
  func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int)
  /// The sums with zero in the place of negative ones.
  func rectified() -> Self
}

@usableFromInline package struct SumVector<Vector: KernelVector>: SumTile {
  @usableFromInline var sums: Vector

  @inlinable @inline(__always) init(_ sums: Vector) { self.sums = sums }
  @inlinable @inline(__always) package static var height: Int { 1 }
  @inlinable @inline(__always) package static var width: Int { 1 }
  @inlinable @inline(__always) package init() { sums = Vector(repeating: 0) }

  @inlinable @inline(__always)
  package init(rowsStartingWith starts: UnsafePointer<Vector.Scalar>) { sums = Vector(repeating: starts.pointee) }

  @inlinable @inline(__always)
  package init(loading source: UnsafePointer<Vector.Scalar>, stride: Int) { sums = Vector(loading: source) }

  @inlinable @inline(__always) package mutating func add(_ source: UnsafePointer<Vector.Scalar>, stride: Int) {
    sums = Vector(loading: source) + sums
  }

  @inlinable @inline(__always)
  package mutating func addOuterProduct(_ factors: UnsafePointer<Vector.Scalar>, _ row: Vector) {
    sums.addProduct(Vector(repeating: factors.pointee), row)
  }

  @inlinable @inline(__always)
  package mutating func addDotProducts(_ vectors: UnsafePointer<Vector.Scalar>, stride: Int, _ row: Vector) {
    sums.addProduct(Vector(loading: vectors), row)
  }

  @inlinable @inline(__always)
  package mutating func addPatch(_ patch: UnsafePointer<Vector.Scalar>, stride: Int, times factor: Vector) {
    sums.addProduct(factor, Vector(loading: patch))
  }

  @inlinable @inline(__always)
  package func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int) { sums.store(to: destination) }

  @inlinable @inline(__always) package func rectified() -> Self { Self(sums.rectified()) }
}

/// One block of sums beside another of the same height.
@usableFromInline package struct Beside<Left: SumTile, Right: SumTile>: SumTile where Left.Vector == Right.Vector {
  @usableFromInline package typealias Vector = Left.Vector
  @usableFromInline package typealias Row = (Left.Row, Right.Row)

  /// The first vectors of each row.
  @usableFromInline var left: Left
  /// Those that follow.
  @usableFromInline var right: Right

  @inlinable @inline(__always) init(_ left: Left, _ right: Right) { (self.left, self.right) = (left, right) }
  @inlinable @inline(__always) package static var height: Int { Left.height }
  @inlinable @inline(__always) package static var width: Int { Left.width + Right.width }
  @inlinable @inline(__always) package init() { self.init(Left(), Right()) }

  @inlinable @inline(__always) package init(rowsStartingWith starts: UnsafePointer<Vector.Scalar>) {
    self.init(Left(rowsStartingWith: starts), Right(rowsStartingWith: starts))
  }

  @inlinable @inline(__always) package init(loading source: UnsafePointer<Vector.Scalar>, stride: Int) {
    self.init(Left(loading: source, stride: stride), Right(loading: source + Self.rightStart, stride: stride))
  }

  /// How many numbers of a row stand on the left.
  @inlinable @inline(__always) static var rightStart: Int { Left.width * Vector.width }

  @inlinable @inline(__always) package mutating func add(_ source: UnsafePointer<Vector.Scalar>, stride: Int) {
    left.add(source, stride: stride)
    right.add(source + Self.rightStart, stride: stride)
  }

  @inlinable @inline(__always)
  package mutating func addOuterProduct(_ factors: UnsafePointer<Vector.Scalar>, _ row: Row) {
    left.addOuterProduct(factors, row.0)
    right.addOuterProduct(factors, row.1)
  }

  @inlinable @inline(__always)
  package mutating func addDotProducts(_ vectors: UnsafePointer<Vector.Scalar>, stride: Int, _ row: Row) {
    left.addDotProducts(vectors, stride: stride, row.0)
    right.addDotProducts(vectors, stride: stride, row.1)
  }

  @inlinable @inline(__always)
  package mutating func addPatch(_ patch: UnsafePointer<Vector.Scalar>, stride: Int, times factor: Vector) {
    left.addPatch(patch, stride: stride, times: factor)
    right.addPatch(patch + Self.rightStart, stride: stride, times: factor)
  }

  @inlinable @inline(__always) package func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int) {
    left.store(to: destination, stride: stride)
    right.store(to: destination + Self.rightStart, stride: stride)
  }

  @inlinable @inline(__always) package func rectified() -> Self { Self(left.rectified(), right.rectified()) }
}

/// One block of sums above another of the same width.
@usableFromInline package struct Stacked<Upper: SumTile, Lower: SumTile>: SumTile
where Upper.Vector == Lower.Vector, Upper.Row == Lower.Row {
  @usableFromInline package typealias Vector = Upper.Vector
  @usableFromInline package typealias Row = Upper.Row

  /// The first rows.
  @usableFromInline var upper: Upper
  /// The rows below them.
  @usableFromInline var lower: Lower

  @inlinable @inline(__always) init(_ upper: Upper, _ lower: Lower) { (self.upper, self.lower) = (upper, lower) }
  @inlinable @inline(__always) package static var height: Int { Upper.height + Lower.height }
  @inlinable @inline(__always) package static var width: Int { Upper.width }
  @inlinable @inline(__always) package init() { self.init(Upper(), Lower()) }

  @inlinable @inline(__always) package init(rowsStartingWith starts: UnsafePointer<Vector.Scalar>) {
    self.init(Upper(rowsStartingWith: starts), Lower(rowsStartingWith: starts + Upper.height))
  }

  @inlinable @inline(__always) package init(loading source: UnsafePointer<Vector.Scalar>, stride: Int) {
    self.init(Upper(loading: source, stride: stride), Lower(loading: source + Upper.height * stride, stride: stride))
  }

  @inlinable @inline(__always) package mutating func add(_ source: UnsafePointer<Vector.Scalar>, stride: Int) {
    upper.add(source, stride: stride)
    lower.add(source + Upper.height * stride, stride: stride)
  }

  @inlinable @inline(__always)
  package mutating func addOuterProduct(_ factors: UnsafePointer<Vector.Scalar>, _ row: Row) {
    upper.addOuterProduct(factors, row)
    lower.addOuterProduct(factors + Upper.height, row)
  }

  @inlinable @inline(__always)
  package mutating func addDotProducts(_ vectors: UnsafePointer<Vector.Scalar>, stride: Int, _ row: Row) {
    upper.addDotProducts(vectors, stride: stride, row)
    lower.addDotProducts(vectors + Upper.height * stride, stride: stride, row)
  }

  @inlinable @inline(__always)
  package mutating func addPatch(_ patch: UnsafePointer<Vector.Scalar>, stride: Int, times factor: Vector) {
    upper.addPatch(patch, stride: stride, times: factor)
    lower.addPatch(patch + Upper.height * stride, stride: stride, times: factor)
  }

  @inlinable @inline(__always) package func store(to destination: UnsafeMutablePointer<Vector.Scalar>, stride: Int) {
    upper.store(to: destination, stride: stride)
    lower.store(to: destination + Upper.height * stride, stride: stride)
  }

  @inlinable @inline(__always) package func rectified() -> Self { Self(upper.rectified(), lower.rectified()) }
}

/// A row of two vectors.
@usableFromInline package typealias TwoVectors<V: KernelVector> = Beside<SumVector<V>, SumVector<V>>
/// A row of three vectors.
@usableFromInline package typealias ThreeVectors<V: KernelVector> = Beside<TwoVectors<V>, SumVector<V>>
@usableFromInline package typealias TwoRows<Row: SumTile> = Stacked<Row, Row>
@usableFromInline package typealias ThreeRows<Row: SumTile> = Stacked<TwoRows<Row>, Row>
/// Four rows: of three vectors, the most that stay in the registers of AVX2.
@usableFromInline package typealias FourRows<Row: SumTile> = Stacked<TwoRows<Row>, TwoRows<Row>>
@usableFromInline package typealias FiveRows<Row: SumTile> = Stacked<ThreeRows<Row>, TwoRows<Row>>
/// Six rows: of two vectors, the most that stay in the registers of AVX2.
@usableFromInline package typealias SixRows<Row: SumTile> = Stacked<ThreeRows<Row>, ThreeRows<Row>>
