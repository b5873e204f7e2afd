/// A distribution of real numbers that arrays are filled from.
public enum Distribution: Sendable, Equatable {
  /// `np.random.rand`: uniform from 0 up to, not including, 1.
  case randomSample
  /// `np.random.uniform(low, high)`.
  case uniform(low: Double, high: Double)
  /// `np.random.randn`: normal with mean 0 and standard deviation 1.
  case standardNormal
  /// `np.random.normal(mean, standardDeviation)`.
  case normal(mean: Double, standardDeviation: Double)
}

extension NumPyRandom {
  /// Fills `elements`, in order, with numbers drawn from `distribution` and then rounded to `Scalar`, as
  /// `np.random.randn(…).astype(np.float32)` does.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func fill<Scalar: BinaryFloatingPoint>(
    _ elements: UnsafeMutableBufferPointer<Scalar>, from distribution: Distribution
  ) {
    switch distribution {
    case .randomSample:
      for index in elements.indices { elements[index] = Scalar(randomSample()) }
    case .uniform(let low, let high):
      for index in elements.indices { elements[index] = Scalar(uniform(low: low, high: high)) }
    case .standardNormal:
      for index in elements.indices { elements[index] = Scalar(standardNormal()) }
    case .normal(let mean, let deviation):
      for index in elements.indices { elements[index] = Scalar(normal(mean: mean, standardDeviation: deviation)) }
    }
  }

  /// `count` numbers drawn from `distribution`, in order, each rounded to `Scalar`.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func array<Scalar: BinaryFloatingPoint>(
    of distribution: Distribution, count: Int, as scalar: Scalar.Type = Double.self
  ) -> [Scalar] {
    Array(unsafeUninitializedCapacity: count) { elements, initialised in
      fill(UnsafeMutableBufferPointer(rebasing: elements[..<count]), from: distribution)
      initialised = count
    }
  }
}
