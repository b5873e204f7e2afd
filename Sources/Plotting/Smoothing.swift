/// How a noisy series is smoothed. The method is named wherever the smoothed course is shown.
public enum Smoothing: Codable, Sendable, Equatable {
  /// The exponential moving average with the given weight on the past, in 0..<1, corrected for its start:
  /// `s ← w·s + (1 − w)·y`, shown as `s / (1 − wᵗ)`.
  case exponential(Double)
  /// The mean of the latest `count` values.
  case movingAverage(Int)
  /// The mean of the `count` values around each one, half of them before it and half behind; fewer at both ends.
  case centred(Int)

  /// The smoothed values, as many as given. A value that is not finite is left out of the average and stays as it is.
  public func apply(to values: [Double]) -> [Double] {
    switch self {
    case .exponential(let weight): exponential(values, weight: min(max(weight, 0), 0.999_999))
    case .movingAverage(let count): movingAverage(values, count: max(count, 1))
    case .centred(let count): centred(values, reach: max(count, 1) / 2)
    }
  }

  /// The windows that readers may choose from for `count` values, from the least: about a hundredth, a fortieth and a tenth of them.
  package static func windows(for count: Int) -> [Int] {
    let usual = [5, 11, 25, 51, 101, 251, 501, 1001, 2501, 5001, 10_001, 25_001, 50_001, 100_001]
    let wanted = [count / 90, count / 36, count / 9].compactMap { size in usual.last { $0 <= size } }
    return Array(Set(wanted)).sorted()
  }

  /// The window that suits `count` values at first; nil where they are too few to be smoothed.
  package static func window(for count: Int) -> Int? {
    let windows = windows(for: count)
    return windows.isEmpty ? nil : windows[windows.count / 2]
  }

  /// The method's name with its number: "smoothed, weight 0.9".
  package var name: String {
    switch self {
    case .exponential(let weight): "smoothed, weight \(NumberText.short(weight))"
    case .movingAverage(let count): "mean of the latest \(count)"
    case .centred(let count): "mean of \(count) around each"
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

  /// Any window lies in two neighbouring blocks of its own length: what it sums is the end of one and the beginning of the next, so
  /// that every value is added twice, however wide the window, and what lies far away leaves no rounding.
  private func centred(_ values: [Double], reach: Int) -> [Double] {
    let block = 2 * reach + 1
    let finite = values.map { $0.isFinite ? $0 : 0 }
    let counts = values.map { $0.isFinite ? 1 : 0 }
    func sums<Number: AdditiveArithmetic>(_ numbers: [Number]) -> (heads: [Number], tails: [Number]) {
      var (heads, tails) = (numbers, numbers)
      for index in numbers.indices where index % block != 0 { heads[index] = heads[index - 1] + numbers[index] }
      for index in numbers.indices.dropLast().reversed() where (index + 1) % block != 0 {
        tails[index] = tails[index + 1] + numbers[index]
      }
      return (heads, tails)
    }
    let (valueSums, countSums) = (sums(finite), sums(counts))
    return values.indices.map { index in
      guard values[index].isFinite else { return values[index] }
      let (first, last) = (max(index - reach, 0), min(index + reach, values.count - 1))
      func window<Number: AdditiveArithmetic>(_ sums: (heads: [Number], tails: [Number])) -> Number {
        if first / block != last / block { return sums.tails[first] + sums.heads[last] }
        return first % block == 0 ? sums.heads[last] : sums.heads[last] - sums.heads[first - 1]
      }
      return window(valueSums) / Double(window(countSums))
    }
  }
}
