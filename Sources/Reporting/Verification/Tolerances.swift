import NbrunJSONValues
import NbrunSteps

extension JSONValue {
  /// Whether `number` may stand for this one: equal to the last digit written, NaN to NaN, or within a part of this one.
  func allows(_ number: JSONValue, within tolerance: Double?) -> Bool {
    if self == number { return true }
    guard let tolerance, let old = double, let new = number.double else { return false }
    return old == new || abs(new - old) <= tolerance * abs(old)
  }
}

extension Metric.Kind {
  /// Within what part of it the metric may differ across numeric variants; nil where it may not.
  var tolerance: Double? { if case .tolerance(let relative) = self { relative } else { nil } }
}

extension MetricSeries.Kind {
  /// Within what part of them values may differ across numeric variants, nil where they may not, and how many of them are compared;
  /// nil for all.
  var tolerance: (relative: Double?, prefix: Int?) {
    switch self {
    case .exact, .volatile: (nil, nil)
    case .tolerance(let relative): (relative, nil)
    case .chaotic(let prefix, let relative): (relative, prefix)
    }
  }
}
