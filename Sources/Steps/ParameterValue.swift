import NbrunDiagnostics
import NbrunJSONValues

/// What is wrong with a parameter's value, and which bytes of the value it concerns.
public struct ValueError: Error, Sendable, Equatable {
  /// One sentence without a full stop.
  package let message: String
  /// The bytes of the value's text; nil for the whole of it.
  package let range: Range<Int>?

  /// `message`, about the bytes in `range` or the whole value.
  public init(_ message: String, at range: Range<Int>? = nil) {
    self.message = message
    self.range = range
  }
}

/// A type that a parameter can have. The type decides how its text is read: as a raw line or as strict JSON.
public protocol ParameterValue: Sendable, Equatable {
  /// What the type's values are called in messages and help, such as `whole number` or `list of whole numbers`.
  static var typeName: String { get }
  /// The same for many: `whole numbers`.
  static var pluralTypeName: String { get }
  /// Whether the value is the raw line, trimmed, rather than JSON.
  static var isText: Bool { get }
  /// Reads a value from a JSON node; a text type reads a JSON string, for lists of texts.
  static func read(_ node: JSONNode) throws(ValueError) -> Self
  /// The value as canonical JSON: equal values have equal text, whatever was typed.
  var canonical: JSONValue { get }
}

extension ParameterValue {
  /// JSON, unless a type says otherwise.
  public static var isText: Bool { false }

  /// Reads the value that stands after `key:`.
  public static func read(text: String) throws(ValueError) -> Self {
    guard !isText else { return try read(JSONNode(content: .string(text), range: 0..<text.utf8.count)) }
    let node: JSONNode
    do { node = try JSONParser.parse(text) } catch {
      throw ValueError("\(error.message); a \(typeName) is expected", at: error.range)
    }
    return try read(node)
  }

  static func mismatch(_ node: JSONNode) -> ValueError {
    ValueError("a \(typeName) is expected, not \(node.kind)", at: node.range)
  }
}

extension Int: ParameterValue {
  /// A whole number, in documentation and errors.
  public static var typeName: String { "whole number" }
  /// Many of them: whole numbers.
  public static var pluralTypeName: String { "whole numbers" }

  /// Reads a whole number.
  public static func read(_ node: JSONNode) throws(ValueError) -> Int {
    guard case .number(let text) = node.content else { throw mismatch(node) }
    guard let value = Int(text) else { throw ValueError("a whole number is expected, not \(text)", at: node.range) }
    return value
  }

  /// The number.
  public var canonical: JSONValue { .integer(self) }
}

extension Double: ParameterValue {
  /// A number, in documentation and errors.
  public static var typeName: String { "number" }
  /// Many of them: numbers.
  public static var pluralTypeName: String { "numbers" }

  /// Reads a finite number.
  public static func read(_ node: JSONNode) throws(ValueError) -> Double {
    guard case .number(let text) = node.content else { throw mismatch(node) }
    guard let value = Double(text), value.isFinite else {
      throw ValueError("\(text) is too large for a number", at: node.range)
    }
    return value
  }

  /// The number.
  public var canonical: JSONValue { .real(self) }
}

extension Bool: ParameterValue {
  /// A truth value, in documentation and errors.
  public static var typeName: String { "truth value (true or false)" }
  /// Many of them: truth values.
  public static var pluralTypeName: String { "truth values (true or false)" }

  /// Reads `true` or `false`.
  public static func read(_ node: JSONNode) throws(ValueError) -> Bool {
    guard case .bool(let value) = node.content else { throw mismatch(node) }
    return value
  }

  /// The truth value.
  public var canonical: JSONValue { .bool(self) }
}

extension String: ParameterValue {
  /// A text, in documentation and errors.
  public static var typeName: String { "text" }
  /// Many of them: texts.
  public static var pluralTypeName: String { "texts" }
  /// The raw line.
  public static var isText: Bool { true }

  /// Reads a text.
  public static func read(_ node: JSONNode) throws(ValueError) -> String {
    guard case .string(let text) = node.content else {
      throw ValueError("a text in double quotes is expected, not \(node.kind)", at: node.range)
    }
    return text
  }

  /// The text.
  public var canonical: JSONValue { .string(self) }
}

extension Array: ParameterValue where Element: ParameterValue {
  /// A list of …, in documentation and errors.
  public static var typeName: String { "list of \(Element.pluralTypeName)" }
  /// Many of them: lists of ….
  public static var pluralTypeName: String { "lists of \(Element.pluralTypeName)" }

  /// Reads a list whose elements are all of the element's type.
  public static func read(_ node: JSONNode) throws(ValueError) -> [Element] {
    guard case .array(let nodes) = node.content else { throw mismatch(node) }
    var elements: [Element] = []
    elements.reserveCapacity(nodes.count)
    for node in nodes { elements.append(try Element.read(node)) }
    return elements
  }

  /// The list.
  public var canonical: JSONValue { .array(map(\.canonical)) }
}

extension Optional: ParameterValue where Wrapped: ParameterValue {
  /// The wrapped type's name.
  public static var typeName: String { Wrapped.typeName }
  /// The wrapped type's name for many.
  public static var pluralTypeName: String { Wrapped.pluralTypeName }
  /// As the wrapped type.
  public static var isText: Bool { Wrapped.isText }
  /// Reads a value of the wrapped type.
  public static func read(_ node: JSONNode) throws(ValueError) -> Wrapped? { try Wrapped.read(node) }
  /// The value, or null.
  public var canonical: JSONValue { self?.canonical ?? .null }
}

/// A parameter type with a few named values: an enumeration of strings in kebab-case.
///
///     enum Optimizer: String, ChoiceParameter { case sgd, adam }
public protocol ChoiceParameter: ParameterValue, RawRepresentable, CaseIterable where RawValue == String {}

extension ChoiceParameter {
  /// One of …, in documentation and errors.
  public static var typeName: String { "one of \(allCases.map(\.rawValue).joined(separator: ", "))" }
  /// `one of …` for each element.
  public static var pluralTypeName: String { typeName }
  /// The raw line.
  public static var isText: Bool { true }

  /// Reads one of the names.
  public static func read(_ node: JSONNode) throws(ValueError) -> Self {
    guard case .string(let text) = node.content, let choice = Self(rawValue: text) else {
      var written = node.kind
      var advice = ""
      if case .string(let text) = node.content {
        written = "\"\(text)\""
        advice = NearNames.nearest(to: text, among: allCases.map(\.rawValue)).map { "; did you mean \"\($0)\"?" } ?? ""
      }
      throw ValueError("\(typeName) is expected, not \(written)\(advice)", at: node.range)
    }
    return choice
  }

  /// The name.
  public var canonical: JSONValue { .string(rawValue) }
}
