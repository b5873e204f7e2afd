import NbrunJSONValues

/// A reported number. It remembers its type, so that a Float is written with its own shortest decimal.
public enum MetricValue: Sendable, Hashable, Codable {
  case integer(Int)
  case double(Double)
  case float(Float)

  /// The number as a Double, for comparisons and claims.
  package var double: Double {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    case .float(let value): Double(value)
    }
  }

  /// The number as results files write it.
  package var json: JSONValue {
    switch self {
    case .integer(let value): .integer(value)
    case .double(let value): .real(value)
    case .float(let value): .real(value)
    }
  }
}

/// A type whose values can be reported.
public protocol MetricConvertible {
  var metricValue: MetricValue { get }
}

extension Int: MetricConvertible {
  /// The count itself.
  public var metricValue: MetricValue { .integer(self) }
}

extension Double: MetricConvertible {
  /// The number itself.
  public var metricValue: MetricValue { .double(self) }
}

extension Float: MetricConvertible {
  /// The number itself.
  public var metricValue: MetricValue { .float(self) }
}

extension MetricValue: MetricConvertible {
  /// The value itself.
  public var metricValue: MetricValue { self }
}
