import NbrunJSONValues
import NbrunNumberTexts
import NbrunSteps

/// How far a regenerated number may be from the committed one.
enum Allowance: Sendable, Equatable {
  /// Equal to the last digit written; NaN equals NaN.
  case equal
  /// Within this part of the committed number.
  case relative(Double)

  /// Whether `got` may stand for `expected`.
  func allows(expected: JSONValue, got: JSONValue) -> Bool {
    if expected == got { return true }
    guard case .relative(let tolerance) = self, let old = expected.double, let new = got.double else { return false }
    return old == new || abs(new - old) <= tolerance * abs(old)
  }

  /// The allowance in words; nil where nothing is allowed.
  var text: String? {
    switch self {
    case .equal: nil
    case .relative(let tolerance): "\(pythonGeneral(tolerance)) relative"
    }
  }
}

extension Metric.Kind {
  /// How far the metric may be off across numeric variants.
  var allowance: Allowance {
    switch self {
    case .exact, .noise, .volatile: .equal
    case .tolerance(let relative): .relative(relative)
    }
  }
}

extension MetricSeries.Kind {
  /// How far values may be off across numeric variants, and how many of them are compared; nil for all.
  var allowance: (Allowance, prefix: Int?) {
    switch self {
    case .exact, .volatile: (.equal, nil)
    case .tolerance(let relative): (.relative(relative), nil)
    case .chaotic(let prefix, let relative): (.relative(relative), prefix)
    }
  }
}
