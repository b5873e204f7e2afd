import NbrunPlatform

/// NumPy's legacy random generator, bit for bit: what `np.random.seed(seed)` and the functions of `np.random` give.
///
///     var random = NumPyRandom(seed: 231)
///     let x = random.standardNormal()          // np.random.seed(231); x = np.random.randn()
///     let batch = random.choice(49_000, count: 50)
///
/// Arrays are drawn in row-major order, one number after another, so `np.random.randn(4, 3)` is twelve draws of
/// `standardNormal()`. A value: a copy continues by itself, and an encoded one continues where it stood.
///
/// Logarithm and square root are the C library's, as they are NumPy's.
public struct NumPyRandom: Sendable, Equatable {
  var twister: MersenneTwister
  /// The second number of the last pair that the polar method made, unless it was used.
  var spare: Double?

  /// The generator that `np.random.seed(seed)` sets up.
  public init(seed: UInt32) {
    twister = MersenneTwister(seed: seed)
  }

  // MARK: Real numbers

  /// A number drawn uniformly from 0 up to, not including, 1, with 53 random bits: `np.random.random_sample()`, `np.random.rand()`.
  public mutating func randomSample() -> Double {
    let high = Double(twister.next() &>> 5)
    let low = Double(twister.next() &>> 6)
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }

  /// A number drawn uniformly between `low` and `high`: `np.random.uniform(low, high)`.
  public mutating func uniform(low: Double = 0, high: Double = 1) -> Double {
    low + (high - low) * randomSample()
  }

  /// A number drawn from the normal distribution with mean 0 and standard deviation 1: `np.random.standard_normal()`,
  /// `np.random.randn()`.
  ///
  /// Marsaglia's polar method makes two at a time; every second draw takes the one kept back.
  public mutating func standardNormal() -> Double {
    if let kept = spare {
      spare = nil
      return kept
    }
    while true {
      let x = 2 * randomSample() - 1
      let y = 2 * randomSample() - 1
      let squaredRadius = x * x + y * y
      guard squaredRadius < 1, squaredRadius != 0 else { continue }
      let factor = sqrt(-2 * log(squaredRadius) / squaredRadius)
      spare = factor * x
      return factor * y
    }
  }

  /// A number drawn from the normal distribution with the given mean and standard deviation: `np.random.normal(mean, deviation)`.
  public mutating func normal(mean: Double, standardDeviation: Double) -> Double {
    mean + standardDeviation * standardNormal()
  }

  // MARK: Whole numbers

  /// A whole number drawn uniformly from `range`, which must not be empty: `np.random.randint(low, high)`.
  public mutating func randint(_ range: Range<Int>) -> Int {
    guard !range.isEmpty else { fatalError("randint needs a range that is not empty, not \(range)") }
    let largest = UInt(bitPattern: range.upperBound &- 1 &- range.lowerBound)
    return range.lowerBound &+ Int(bitPattern: interval(upTo: largest))
  }

  /// `count` whole numbers drawn uniformly from `range`: `np.random.randint(low, high, size=count)`.
  public mutating func randint(_ range: Range<Int>, count: Int) -> [Int] {
    (0..<count).map { _ in randint(range) }
  }

  /// `count` of the numbers 0 ..< `population`, drawn with replacement: `np.random.choice(population, count)`.
  public mutating func choice(_ population: Int, count: Int) -> [Int] {
    guard population > 0 else { fatalError("choice needs something to choose from, not \(population) elements") }
    return randint(0..<population, count: count)
  }

  // MARK: Order

  /// The numbers 0 ..< `count` in random order: `np.random.permutation(count)`.
  public mutating func permutation(_ count: Int) -> [Int] {
    var numbers = Array(0..<count)
    shuffle(&numbers)
    return numbers
  }

  /// Puts `elements` in random order: `np.random.shuffle(elements)`.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for index in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(index, Int(bitPattern: interval(upTo: UInt(index))))
    }
  }

  /// A number from 0 to `largest`, both included, by masked rejection: as many bits as `largest` has, drawn until they fit.
  private mutating func interval(upTo largest: UInt) -> UInt {
    guard largest > 0 else { return 0 }  // No bits are drawn for a choice of one.
    let mask = UInt.max &>> UInt(largest.leadingZeroBitCount)
    while true {
      let bits: UInt
      if largest <= UInt(UInt32.max) {
        bits = UInt(twister.next())
      } else {
        let high = UInt(twister.next())
        bits = high &<< 32 | UInt(twister.next())
      }
      if bits & mask <= largest { return bits & mask }
    }
  }
}
