/// A number that a step promises to report, with how `verify` compares it.
public struct Metric: Sendable, Hashable, Codable {
  /// How a regenerated value is compared with the committed one.
  public enum Kind: Sendable, Hashable, Codable {
    /// Equal to the last bit, on every machine.
    case exact
    /// Equal on the same numeric variant; within `relative` of the committed value across variants.
    case tolerance(relative: Double)
    /// Rounding noise, such as a gradient check's error: what is claimed of it is compared, not the value.
    case noise
    /// Times and speed-ups: nothing is compared.
    case volatile
  }

  /// What a metric says of a series of the same cell. Whoever has both can hold them against each other.
  public struct Summary: Sendable, Hashable, Codable {
    /// Which of the series' values the metric is.
    public enum Value: String, Sendable, Hashable, Codable {
      case last
      case greatest
    }

    /// Which of its values.
    package let value: Value
    package let series: MetricKey

    /// Whether `number` is what it should be of `values`. Of an empty series, or the greatest of one with a NaN, nothing can be said.
    package func holds(_ number: MetricValue, of values: [MetricValue]) -> Bool {
      guard let last = values.last?.double else { return true }
      let expected: Double
      switch value {
      case .last: expected = last
      case .greatest:
        guard !values.contains(where: \.double.isNaN) else { return true }
        expected = values.reduce(last) { max($0, $1.double) }
      }
      return number.double == expected || (number.double.isNaN && expected.isNaN)
    }
  }

  /// What it is referred to by.
  package let key: MetricKey
  /// How it is compared.
  package let kind: Kind
  /// Which value of which series of the cell it is; nil where it is none.
  package private(set) var summary: Summary?
  /// One sentence for reports and `nbrun steps`: what was measured; empty where the key says it all.
  package let help: String

  /// A metric named `key`, compared as `kind` says.
  public init(_ key: MetricKey, _ kind: Kind, _ help: String = "") {
    self.key = key
    self.kind = kind
    self.help = help
  }

  /// The same metric, which is the last or the greatest value of a series that the cell reports.
  public func being(_ value: Summary.Value, of series: MetricKey) -> Metric {
    var metric = self
    metric.summary = Summary(value: value, series: series)
    return metric
  }

  /// A metric that is equal to the last bit everywhere.
  public static func exact(_ key: MetricKey, _ help: String = "") -> Metric { Metric(key, .exact, help) }
  /// A metric that may differ by `relative` across numeric variants.
  public static func tolerance(_ key: MetricKey, relative: Double, _ help: String = "") -> Metric {
    Metric(key, .tolerance(relative: relative), help)
  }
  /// A metric that is rounding noise.
  public static func noise(_ key: MetricKey, _ help: String = "") -> Metric { Metric(key, .noise, help) }
  /// A metric that differs from run to run.
  public static func volatile(_ key: MetricKey, _ help: String = "") -> Metric { Metric(key, .volatile, help) }
}

/// A list of numbers that a step promises to report, such as a training's losses.
public struct MetricSeries: Sendable, Hashable, Codable {
  /// How a regenerated series is compared with the committed one.
  public enum Kind: Sendable, Hashable, Codable {
    /// Every value equal to the last bit, on every machine.
    case exact
    /// Every value within `relative` across numeric variants.
    case tolerance(relative: Double)
    /// A training curve: small differences grow, so the first `prefix` values are compared, within `relative`; then what is
    /// claimed of it.
    case chaotic(prefix: Int, relative: Double)
    /// Nothing is compared.
    case volatile
  }

  /// What it is referred to by.
  package let key: MetricKey
  /// How it is compared.
  package let kind: Kind

  /// A series named `key`, compared as `kind` says.
  public init(_ key: MetricKey, _ kind: Kind) { (self.key, self.kind) = (key, kind) }
}
