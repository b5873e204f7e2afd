/// Whether minimal filtering rounds numbers as their own size asks for.
///
/// All outputs of a tile are made of sums of all its numbers, which cancel again: each is rounded as the largest number of the tile
/// is, also one that does not see that number. So the numbers suit if no place's are far larger than those of half the
/// places that hold any; a place's size is the root of the sum of the squares of its numbers over all channels, of which the
/// outputs are sums. What is not finite, and what the transforms could make infinite or lose below the smallest number, does
/// not suit.
@usableFromInline package struct WinogradRange<Scalar: KernelScalar>: Kernel {
  /// Channels × places; nothing where the squares of the places' sizes are there (`PolyphaseFilling`).
  @usableFromInline let numbers: UnsafePointer<Scalar>?
  @usableFromInline let channels: Int
  @usableFromInline let places: Int
  /// Room for the squares of the places' sizes and two vectors more.
  @usableFromInline let squares: UnsafeMutablePointer<Scalar>
  /// The answer.
  @usableFromInline let isNarrow: UnsafeMutablePointer<Bool>

  /// How much larger than that of half the places a place's size may be. In float32 a number puts up to 1e-6 of itself into outputs
  /// of its tiles that do not see it: with this bound that is 1e-4 of the outputs' usual size. In trainings on CIFAR-10 one
  /// image or gradient in 10,000 is beyond it, where most units are dropped; with batch normalisation the largest ratio is 14.
  @inlinable static var greatestRatio: Scalar { 64 }
  /// The sizes between which transforms and sums stay far from the largest and the smallest number.
  @inlinable static var sizes: ClosedRange<Scalar> { 1e-15...1e12 }

  @inlinable
  package init(
    numbers: UnsafePointer<Scalar>?, channels: Int, places: Int, squares: UnsafeMutablePointer<Scalar>,
    isNarrow: UnsafeMutablePointer<Bool>
  ) {
    (self.numbers, self.channels, self.places) = (numbers, channels, places)
    (self.squares, self.isNarrow) = (squares, isNarrow)
  }

  @inlinable @inline(__always) package func run<Vector: KernelVector<Scalar>>(with _: Vector.Type) {
    if let numbers {
      Vector.writeZeros(to: squares, count: places)
      PlaceSquares(places: places, squares: squares).add(Vector.self, numbers, channels: channels)
    }
    Vector(repeating: 0).store(to: squares + places)
    var peaks = Vector(repeating: 0)
    for place in stride(from: 0, to: places, by: Vector.width) {
      let square = Vector(loading: squares + place)
      peaks = peaks.replacing(with: square, where: square.beats(peaks))
    }
    let lanes = squares + places + Vector.width
    peaks.store(to: lanes)
    var (peak, isFinite) = (Scalar(0), true)
    for lane in 0..<Vector.width {
      // False for what is not a number, too.
      isFinite = isFinite && lanes[lane] <= Self.sizes.upperBound * Self.sizes.upperBound
      peak = max(peak, lanes[lane])
    }
    let bound = Vector(repeating: peak / (Self.greatestRatio * Self.greatestRatio))
    let one = Vector(repeating: 1)
    var (held, near) = (Vector(repeating: 0), Vector(repeating: 0))
    for place in stride(from: 0, to: places, by: Vector.width) {
      let square = Vector(loading: squares + place)
      held = held + one.keeping(wherePositive: square)
      near = near + one.keeping(wherePositive: square - bound)
    }
    let isLarge = peak == 0 || peak >= Self.sizes.lowerBound * Self.sizes.lowerBound
    isNarrow.pointee = isFinite && isLarge && 2 * near.sum() >= held.sum()
  }
}

/// Adds up the squares of the numbers that some channels have at each place.
@usableFromInline struct PlaceSquares<Scalar: KernelScalar> {
  @usableFromInline let places: Int
  /// A sum for each place.
  @usableFromInline let squares: UnsafeMutablePointer<Scalar>

  @inlinable @inline(__always) init(places: Int, squares: UnsafeMutablePointer<Scalar>) {
    (self.places, self.squares) = (places, squares)
  }

  /// Adds those of `channels` × places numbers: of four channels at a time, for more would meet in one set of the first-level cache
  /// where a plane is a power of two.
  @inlinable @inline(__always)
  func add<Vector: KernelVector<Scalar>>(_: Vector.Type, _ numbers: UnsafePointer<Scalar>, channels: Int) {
    var numbers = numbers
    for _ in 0..<channels / 4 {
      add(Vector.self, numbers, planes: 4)
      numbers += 4 * places
    }
    for _ in 0..<channels % 4 {
      add(Vector.self, numbers, planes: 1)
      numbers += places
    }
  }

  @inlinable @inline(__always)
  func add<Vector: KernelVector<Scalar>>(_: Vector.Type, _ numbers: UnsafePointer<Scalar>, planes: Int) {
    var place = 0
    while place + Vector.width <= places {
      add(Vector.self, place, numbers, planes)
      place += Vector.width
    }
    for place in place..<places { add(SingleNumber<Scalar>.self, place, numbers, planes) }
  }

  @inlinable @inline(__always)
  func add<Vector: NumberVector<Scalar>>(_: Vector.Type, _ place: Int, _ numbers: UnsafePointer<Scalar>, _ planes: Int)
  {
    var (sum, numbers) = (Vector(loading: squares + place), numbers + place)
    for _ in 0..<planes {
      let number = Vector(loading: numbers)
      sum.addProduct(number, number)
      numbers += places
    }
    sum.store(to: squares + place)
  }
}
