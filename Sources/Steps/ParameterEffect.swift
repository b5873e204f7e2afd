import NbrunJSONValues

/// What a parameter comes to, given the others: for those whose declaration alone does not say what a cell computes with.
///
///     var effects: [String: ParameterEffect] {
///       ["units": units == nil ? .value(100) : nil, "stride": layer.slides ? nil : .unused].compactMapValues(\.self)
///     }
public enum ParameterEffect: Sendable, Equatable {
  /// The cell leaves it open, and computes with this value, in canonical form.
  case canonical(JSONValue)
  /// Nothing that the cell computes depends on it.
  case unused

  /// The cell leaves it open, and computes with `value`.
  public static func value(_ value: some ParameterValue) -> ParameterEffect { .canonical(value.canonical) }
  /// The cell leaves it open, and no one value says what it comes to: a few words.
  public static func words(_ text: String) -> ParameterEffect { .canonical(.string(text)) }
}
