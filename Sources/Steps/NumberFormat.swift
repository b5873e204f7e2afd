import NbrunNumberTexts

/// How a number is shown.
public enum NumberFormat: Sendable, Hashable, Codable {
  /// As Python prints it: the shortest decimal that reads back as the same number.
  case shortest
  /// With this many digits after the point.
  case fixed(Int)
  /// As a percentage with this many digits after the point.
  case percent(Int)
  /// With an exponent and this many digits after the point.
  case scientific(Int)

  /// The most digits after the point that a format writes; more are read as this many.
  package static let mostDigits = 60

  /// `value` in this format: `2.2121476417505994e-08`, `12.3`, `66.9 %`, `2.2e-08`.
  package func text(_ value: MetricValue) -> String {
    func digits(_ count: Int) -> Int { min(max(count, 0), Self.mostDigits) }
    return switch (self, value) {
    case (.shortest, .integer(let value)): String(value)
    case (.shortest, .double(let value)): pythonRepresentation(of: value)
    case (.shortest, .float(let value)): pythonRepresentation(of: value)
    case (.fixed(let count), _): pythonFixed(value.double, decimals: digits(count))
    case (.percent(let count), _): percentText(value.double, decimals: digits(count))
    case (.scientific(let count), _): pythonScientific(value.double, decimals: digits(count))
    }
  }
}

extension NumberFormat: LosslessStringConvertible {
  /// The format as notebooks and results files write it: `shortest`, `fixed 1`, `percent 1`, `scientific 2`.
  public var description: String {
    switch self {
    case .shortest: "shortest"
    case .fixed(let digits): "fixed \(digits)"
    case .percent(let digits): "percent \(digits)"
    case .scientific(let digits): "scientific \(digits)"
    }
  }

  /// The format that `description` writes; nil for any other text.
  public init?(_ description: String) {
    let words = description.split(separator: " ", omittingEmptySubsequences: false)
    if words == ["shortest"] {
      self = .shortest
      return
    }
    guard words.count == 2, let digits = Int(words[1]), 0...Self.mostDigits ~= digits else { return nil }
    switch words[0] {
    case "fixed": self = .fixed(digits)
    case "percent": self = .percent(digits)
    case "scientific": self = .scientific(digits)
    default: return nil
    }
  }
}
