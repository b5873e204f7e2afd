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
}
