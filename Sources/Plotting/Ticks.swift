import NbrunPlatform

struct Tick: Equatable {
  var value: Double
  /// What is written there; nil for a minor tick.
  var label: String?
}

/// The part of an axis that is drawn, and where it is marked.
struct Ticks: Equatable {
  /// What the axis shows, from end to end.
  var domain: ClosedRange<Double>
  var ticks: [Tick]
}

extension Ticks {
  /// Marks for an axis that shows `range`, about `count` of them with labels.
  ///
  /// With `widening`, the domain grows to marks beyond the range, so that the data end within the grid. Marks of a
  /// linear axis are at least `leastStep` apart: 1 where only whole numbers mean something.
  init(axis: Axis, range: ClosedRange<Double>, count: Int, widening: Bool, leastStep: Double = 0) {
    switch axis.scale {
    case .linear: self = .linear(axis: axis, range: range, count: count, widening: widening, leastStep: leastStep)
    case .log: self = .logarithmic(axis: axis, range: range, count: count, widening: widening)
    }
  }

  // MARK: Linear

  private static func linear(
    axis: Axis, range: ClosedRange<Double>, count: Int, widening: Bool, leastStep: Double
  ) -> Ticks {
    let limit = 1e300
    var low = min(max(range.lowerBound, -limit), limit)
    var high = min(max(range.upperBound, -limit), limit)
    // A range too narrow for its numbers to differ in a few digits is widened, a single value most of all.
    let least = max(max(abs(low), abs(high)) * 1e-9, 1e-290)
    if high - low <= least {
      let margin = least > 1e-290 ? abs(low) * 0.1 : 1
      (low, high) = (low - margin, high + margin)
    }
    let step = Step(atLeast: max((high - low) / Double(max(count, 1)), leastStep))
    let first = (low / step.size + (widening ? 1e-9 : -1e-9)).rounded(widening ? .down : .up)
    let last = (high / step.size + (widening ? -1e-9 : 1e-9)).rounded(widening ? .up : .down)
    let decimals = max(0, -step.exponent - (axis.notation == .percent ? 2 : 0))
    let ticks = stride(from: first, through: last, by: 1).map { index in
      let value = step.multiple(index)
      return Tick(value: value, label: linearLabel(value, axis: axis, decimals: decimals, step: step))
    }
    let domain = widening ? min(low, step.multiple(first))...max(high, step.multiple(last)) : low...high
    return Ticks(domain: domain, ticks: ticks)
  }

  private static func linearLabel(_ value: Double, axis: Axis, decimals: Int, step: Step) -> String {
    if axis.notation == .percent { return NumberText.fixed(value * 100, decimals) + " %" }
    let isPlain = step.exponent >= -5 && abs(value) < 1e7
    if isPlain { return decimals == 0 ? NumberText.significant(value) : NumberText.fixed(value, decimals) }
    return NumberText.short(value)
  }

  /// The distance between marks: 1, 2 or 5 times a power of ten.
  struct Step: Equatable {
    var digit: Double
    var exponent: Int

    /// The smallest such distance of at least `size`.
    init(atLeast size: Double) {
      exponent = Int(log10(size).rounded(.down))
      let leading = size / power(exponent)
      // Slightly generous: rounding must not turn a distance of 0.1 into one of 0.2.
      digit = leading <= 1 + 1e-9 ? 1 : leading <= 2 + 1e-9 ? 2 : leading <= 5 + 1e-9 ? 5 : 10
      if digit == 10 { (digit, exponent) = (1, exponent + 1) }
    }

    var size: Double { multiple(1) }

    /// `index` times the distance, rounded once only: the third multiple of 0.1 is 0.3.
    func multiple(_ index: Double) -> Double {
      exponent < 0 ? index * digit / power(-exponent) : index * digit * power(exponent)
    }
  }

  // MARK: Logarithmic

  private static func logarithmic(axis: Axis, range: ClosedRange<Double>, count: Int, widening: Bool) -> Ticks {
    let smallest = 1e-300
    var low = max(range.lowerBound, smallest)
    var high = min(max(range.upperBound, low), 1 / smallest)
    if high / low < 1 + 1e-9 { (low, high) = (low / 2, high * 2) }
    let floor = Int((log10(low) + 1e-9).rounded(.down))
    let ceiling = Int((log10(high) - 1e-9).rounded(.up))
    let candidates = (floor...max(ceiling, floor + 1)).flatMap { exponent in
      (1...9).map { (digit: $0, exponent: exponent, value: Double($0) * power(exponent)) }
    }
    let decades = log10(high) - log10(low)
    let labelled = labelledDigits(decades: decades, count: count)
    let stride = max(1, Int((decades / Double(max(count, 1))).rounded(.up)))
    if widening {
      // The axis ends at marks that get a label.
      low = candidates.last { labelled.contains($0.digit) && $0.value <= low * (1 + 1e-9) }?.value ?? low
      high = candidates.first { labelled.contains($0.digit) && $0.value >= high * (1 - 1e-9) }?.value ?? high
    }
    let shown = candidates.filter { $0.value >= low * (1 - 1e-9) && $0.value <= high * (1 + 1e-9) }
    let isPlain = floor >= -3 && ceiling <= 5
    let ticks = shown.compactMap { candidate -> Tick? in
      // Minor marks of many decades would be a grey wall.
      guard decades <= 4 || (candidate.digit == 1 && (decades <= 12 || candidate.exponent % stride == 0)) else {
        return nil
      }
      let isLabelled = labelled.contains(candidate.digit) && candidate.exponent % stride == 0
      return Tick(
        value: candidate.value,
        label: isLabelled
          ? decadeLabel(digit: candidate.digit, exponent: candidate.exponent, isPlain: isPlain, axis: axis) : nil)
    }
    if ticks.count(where: { $0.label != nil }) < 2, decades < 1 {
      // Between 3.1 and 3.9 no such number lies; equal differences do there.
      return linear(axis: axis, range: low...high, count: count, widening: false, leastStep: 0)
    }
    return Ticks(domain: low...high, ticks: ticks)
  }

  /// Which multiples of powers of ten get a label: all, 1, 2 and 5, or 1 alone, as many as come nearest to `count`.
  private static func labelledDigits(decades: Double, count: Int) -> Set<Int> {
    let room = Double(count) + 1
    if decades < 0.5 || decades * 9 <= room { return Set(1...9) }
    return decades < 1 || decades * 3 <= room ? [1, 2, 5] : [1]
  }

  private static func decadeLabel(digit: Int, exponent: Int, isPlain: Bool, axis: Axis) -> String {
    if axis.notation == .percent { return NumberText.short(Double(digit) * power(exponent + 2)) + " %" }
    if isPlain { return NumberText.short(Double(digit) * power(exponent)) }
    let superscripts: [Character: Character] = [
      "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
    let power = "10" + String(String(exponent).compactMap { superscripts[$0] })
    return digit == 1 ? power : "\(digit)·\(power)"
  }
}

/// Ten to the given power, exact where a Double can be.
private func power(_ exponent: Int) -> Double {
  exponent < 0 ? 1 / pow(10, Double(-exponent)) : pow(10, Double(exponent))
}
