/// Whether minimal filtering rounds numbers as their own size asks for.
///
/// All outputs of a tile are made of sums of all its numbers, which cancel again: each is rounded as the largest number of the tile
/// is, also one that does not see that number. So the numbers suit if those of no position are far larger than those of half the
/// positions that hold any, nor out of all proportion to those of nearly all. A position's size is the root of the sum of the squares
/// of its numbers over all channels, of which the outputs are sums. What is not finite, and what the transforms could make infinite
/// or lose below the smallest number, does not suit.
@usableFromInline package struct WinogradRange<Scalar: KernelScalar>: Kernel {
  /// Channels × positions; nothing where the squares of the positions' sizes are there (`PolyphaseFilling`).
  @usableFromInline let numbers: UnsafePointer<Scalar>?
  @usableFromInline let channels: Int
  @usableFromInline let positions: Int
  /// Room for the squares of the positions' sizes and two vectors more.
  @usableFromInline let squares: UnsafeMutablePointer<Scalar>
  /// The answer.
  @usableFromInline let isNarrow: UnsafeMutablePointer<Bool>

  /// How much larger than that of half the positions a position's size may be. In float32 a number puts up to 1e-6 of itself into
  /// outputs of its tiles that do not see it: with this bound that is 1e-4 of the outputs' usual size. In trainings on CIFAR-10 one
  /// image or gradient in 10,000 is beyond it, where most units are dropped; with batch normalisation the largest ratio is 14.
  @inlinable static var greatestRatio: Scalar { 64 }
  /// How much larger than that of 15 positions in 16 it may be. Where one half is a million times the other, the outputs of the small
  /// half at the border would be wrong by their own size. In the same trainings two images or gradients in 10,000 are beyond it. A bound
  /// for each tile would refuse ordinary data: behind dropout, neighbours in one gradient in 200 differ by 2¹² and more, up to 2²⁶.
  @inlinable static var greatestSpan: Scalar { 65_536 }
  /// The sizes between which transforms and sums stay far from the largest and the smallest number.
  @inlinable static var sizes: ClosedRange<Scalar> { 1e-15...1e12 }

  @inlinable
  package init(
    numbers: UnsafePointer<Scalar>?, channels: Int, positions: Int, squares: UnsafeMutablePointer<Scalar>,
    isNarrow: UnsafeMutablePointer<Bool>
  ) {
    (self.numbers, self.channels, self.positions) = (numbers, channels, positions)
    (self.squares, self.isNarrow) = (squares, isNarrow)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    if let numbers {
      Vector.writeZeros(to: squares, count: positions)
      PositionSquares(positions: positions, squares: squares).add(Vector.self, numbers, channels: channels)
    }
    Vector(repeating: 0).store(to: squares + positions)
    var peaks = Vector(repeating: 0)
    for position in stride(from: 0, to: positions, by: Vector.width) {
      let square = Vector(loading: squares + position)
      peaks = peaks.replacing(with: square, where: square.beats(peaks))
    }
    let lanes = squares + positions + Vector.width
    peaks.store(to: lanes)
    var (peak, isFinite) = (Scalar(0), true)
    for lane in 0..<Vector.width {
      // False for what is not a number, too.
      isFinite = isFinite && lanes[lane] <= Self.sizes.upperBound * Self.sizes.upperBound
      peak = max(peak, lanes[lane])
    }
    let bound = Vector(repeating: peak / (Self.greatestRatio * Self.greatestRatio))
    let span = Vector(repeating: peak / (Self.greatestSpan * Self.greatestSpan))
    let one = Vector(repeating: 1)
    var (held, near, within) = (Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0))
    for position in stride(from: 0, to: positions, by: Vector.width) {
      let square = Vector(loading: squares + position)
      held = held + one.keeping(wherePositive: square)
      near = near + one.keeping(wherePositive: square - bound)
      within = within + one.keeping(wherePositive: square - span)
    }
    let isLarge = peak == 0 || peak >= Self.sizes.lowerBound * Self.sizes.lowerBound
    isNarrow.pointee = isFinite && isLarge && 2 * near.sum() >= held.sum() && 16 * within.sum() >= 15 * held.sum()
  }
}

/// Adds up the squares of the numbers that some channels have at each position.
@usableFromInline struct PositionSquares<Scalar: KernelScalar> {
  @usableFromInline let positions: Int
  /// A sum for each position.
  @usableFromInline let squares: UnsafeMutablePointer<Scalar>

  @inlinable @inline(__always) init(positions: Int, squares: UnsafeMutablePointer<Scalar>) {
    (self.positions, self.squares) = (positions, squares)
  }

  /// Adds those of `channels` × positions numbers: of four channels at a time, for more would meet in one set of the first-level cache
  /// where a plane is a power of two.
  @inlinable @inline(__always)
  func add<Vector: KernelVector<Scalar>>(_: Vector.Type, _ numbers: UnsafePointer<Scalar>, channels: Int) {
    var numbers = numbers
    for _ in 0..<channels / 4 {
      add(Vector.self, numbers, planes: 4)
      numbers += 4 * positions
    }
    for _ in 0..<channels % 4 {
      add(Vector.self, numbers, planes: 1)
      numbers += positions
    }
  }

  @inlinable @inline(__always)
  func add<Vector: KernelVector<Scalar>>(_: Vector.Type, _ numbers: UnsafePointer<Scalar>, planes: Int) {
    var position = 0
    while position + Vector.width <= positions {
      add(Vector.self, position, numbers, planes)
      position += Vector.width
    }
    for position in position..<positions { add(SingleNumber<Scalar>.self, position, numbers, planes) }
  }

  @inlinable @inline(__always)
  func add<Vector: NumberVector<Scalar>>(
    _: Vector.Type, _ position: Int, _ numbers: UnsafePointer<Scalar>, _ planes: Int
  ) {
    var (sum, numbers) = (Vector(loading: squares + position), numbers + position)
    for _ in 0..<planes {
      let number = Vector(loading: numbers)
      sum.addProduct(number, number)
      numbers += positions
    }
    sum.store(to: squares + position)
  }
}
