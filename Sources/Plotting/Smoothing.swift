/// How a noisy series is smoothed. The method is named wherever the smoothed course is shown.
public enum Smoothing: Codable, Sendable, Equatable {
  /// The exponential moving average with the given weight on the past, in 0..<1, corrected for its start:
  /// `s ← w·s + (1 − w)·y`, shown as `s / (1 − wᵗ)`.
  case exponential(Double)
  /// The mean of the latest `count` values.
  case movingAverage(Int)

  /// The smoothed values, as many as given. A value that is not finite is left out of the average and stays as it is.
  public func apply(to values: [Double]) -> [Double] {
    switch self {
    case .exponential(let weight): exponential(values, weight: min(max(weight, 0), 0.999_999))
    case .movingAverage(let count): movingAverage(values, count: max(count, 1))
    }
  }

  /// The method's name with its number: "smoothed, weight 0.9".
  public var name: String {
    switch self {
    case .exponential(let weight): "smoothed, weight \(NumberText.short(weight))"
    case .movingAverage(let count): "mean of the latest \(count)"
    }
  }

  private func exponential(_ values: [Double], weight: Double) -> [Double] {
    var sum = 0.0
    var correction = 1.0
    return values.map { value in
      guard value.isFinite else { return value }
      sum = weight * sum + (1 - weight) * value
      correction *= weight
      return sum / (1 - correction)
    }
  }

  private func movingAverage(_ values: [Double], count: Int) -> [Double] {
    var window: [Double] = []
    var oldest = 0
    return values.map { value in
      guard value.isFinite else { return value }
      if window.count < count {
        window.append(value)
      } else {
        window[oldest] = value
        oldest = (oldest + 1) % count
      }
      // Summed afresh each time: a running sum would keep the rounding of every value that has left the window.
      return window.reduce(0, +) / Double(window.count)
    }
  }
}
