/// A JSON value (RFC 8259). Numbers keep their text, so that a Float written with its shortest decimal stays that.
public enum JSONValue: Sendable, Hashable {
  case null
  /// `true` or `false`
  case bool(Bool)
  /// A number, as the text that JSON writes for it.
  case number(String)
  case string(String)
  /// A list.
  case array([JSONValue])
  /// An object; written with its keys sorted.
  case object([String: JSONValue])
}

extension JSONValue {
  /// A whole number.
  public static func integer(_ value: Int) -> JSONValue { .number(String(value)) }

  /// A number with its shortest round-trip decimal; NaN and the infinities as the strings `"NaN"`, `"Infinity"`, `"-Infinity"`.
  public static func real<Real: BinaryFloatingPoint & LosslessStringConvertible>(_ value: Real) -> JSONValue {
    if value.isNaN { return .string("NaN") }
    if value.isInfinite { return .string(value < 0 ? "-Infinity" : "Infinity") }
    return .number(value.description)
  }

  /// The string, where this is one.
  package var text: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The number as a Double, where this is one or one of the strings that stand for NaN and the infinities.
  package var double: Double? {
    switch self {
    case .number(let text): Double(text)
    case .string("NaN"): .nan
    case .string("Infinity"): .infinity
    case .string("-Infinity"): -.infinity
    default: nil
    }
  }

  /// The number as an Int, where this is a whole one that fits.
  package var int: Int? {
    if case .number(let text) = self { Int(text) } else { nil }
  }

  /// The truth value, where this is one.
  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The elements, where this is a list.
  package var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members, where this is an object.
  package var members: [String: JSONValue]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The member named `key`, where this is an object that has one.
  package subscript(key: String) -> JSONValue? { members?[key] }
}
