import NbrunDiagnostics
import NbrunJSONValues

/// What is wrong with a parameter's value, and which bytes of the value it concerns.
public struct ValueError: Error, Sendable, Equatable {
  /// One sentence without a full stop.
  package let message: String
  /// The bytes of the value's text; nil for the whole of it.
  package let range: Range<Int>?

  /// `message`, about the bytes in `range` or the whole value.
  public init(_ message: String, at range: Range<Int>? = nil) { (self.message, self.range) = (message, range) }
}

/// A type that a parameter can have.
public protocol ParameterValue: Sendable, Equatable {
  /// How its values are called, read and written.
  static var form: ParameterForm<Self> { get }
}

/// How values of a parameter's type are called, read and written.
///
///     static let form: ParameterForm<Age> = .init("age", many: "ages") { node throws(ValueError) in … } canonical: { .integer($0.years) }
public struct ParameterForm<Value: Sendable>: Sendable {
  /// What one is called in messages and help, such as `whole number` or `list of whole numbers`.
  let one: String
  /// The same for many: `whole numbers`.
  let many: String
  /// Whether the value is the raw line, trimmed, rather than JSON.
  let isText: Bool
  let read: @Sendable (JSONNode) throws(ValueError) -> Value
  let canonical: @Sendable (Value) -> JSONValue

  /// - Parameters:
  ///   - isText: whether the value is the raw line, trimmed, rather than strict JSON.
  ///   - read: reads a value from a JSON node; of a text that is a JSON string, as in a list of texts.
  ///   - canonical: the value as canonical JSON: equal values have equal text, whatever was typed.
  public init(
    _ one: String, many: String, isText: Bool = false, read: @escaping @Sendable (JSONNode) throws(ValueError) -> Value,
    canonical: @escaping @Sendable (Value) -> JSONValue
  ) {
    (self.one, self.many, self.isText, self.read, self.canonical) = (one, many, isText, read, canonical)
  }

  /// That something else stands where a value should.
  func mismatch(_ node: JSONNode) -> ValueError {
    ValueError("a \(one) is expected, not \(node.kind)", at: node.range)
  }
}

extension ParameterValue {
  package static func read(_ node: JSONNode) throws(ValueError) -> Self { try form.read(node) }

  /// Reads the value that stands after `key:`.
  package static func read(text: String) throws(ValueError) -> Self {
    let form = form
    guard !form.isText else { return try form.read(JSONNode(content: .string(text), range: 0..<text.utf8.count)) }
    let node: JSONNode
    do { node = try JSONParser.parse(text) } catch {
      throw ValueError("\(error.message); a \(form.one) is expected", at: error.range)
    }
    return try form.read(node)
  }

  package var canonical: JSONValue { Self.form.canonical(self) }
}

extension Int: ParameterValue {
  /// A whole number.
  public static let form: ParameterForm<Int> = .init("whole number", many: "whole numbers") { node throws(ValueError) in
    guard case .number(let text) = node.content else { throw form.mismatch(node) }
    guard let value = Int(text) else { throw ValueError("a whole number is expected, not \(text)", at: node.range) }
    return value
  } canonical: {
    .integer($0)
  }
}

extension Double: ParameterValue {
  /// A finite number.
  public static let form: ParameterForm<Double> = .init("number", many: "numbers") { node throws(ValueError) in
    guard case .number(let text) = node.content else { throw form.mismatch(node) }
    guard let value = Double(text), value.isFinite else {
      throw ValueError("\(text) is too large for a number", at: node.range)
    }
    return value
  } canonical: {
    .real($0)
  }
}

extension Bool: ParameterValue {
  /// `true` or `false`.
  public static let form: ParameterForm<Bool> = .init(
    "truth value (true or false)", many: "truth values (true or false)"
  ) { node throws(ValueError) in
    guard case .bool(let value) = node.content else { throw form.mismatch(node) }
    return value
  } canonical: {
    .bool($0)
  }
}

extension String: ParameterValue {
  /// The raw line.
  public static let form: ParameterForm<String> = .init("text", many: "texts", isText: true) {
    node throws(ValueError) in
    guard case .string(let text) = node.content else {
      throw ValueError("a text in double quotes is expected, not \(node.kind)", at: node.range)
    }
    return text
  } canonical: {
    .string($0)
  }
}

extension Array: ParameterValue where Element: ParameterValue {
  /// A list whose elements are all of the element's type.
  public static var form: ParameterForm<[Element]> {
    let element = Element.form
    let name = "list of \(element.many)"
    return ParameterForm(name, many: "lists of \(element.many)") { node throws(ValueError) in
      guard case .array(let nodes) = node.content else {
        throw ValueError("a \(name) is expected, not \(node.kind)", at: node.range)
      }
      var elements: [Element] = []
      elements.reserveCapacity(nodes.count)
      for node in nodes { elements.append(try element.read(node)) }
      return elements
    } canonical: {
      .array($0.map(element.canonical))
    }
  }
}

extension Optional: ParameterValue where Wrapped: ParameterValue {
  /// The wrapped type's, and null where there is none.
  public static var form: ParameterForm<Wrapped?> {
    let wrapped = Wrapped.form
    return ParameterForm(wrapped.one, many: wrapped.many, isText: wrapped.isText) { node throws(ValueError) in
      try wrapped.read(node)
    } canonical: {
      $0.map(wrapped.canonical) ?? .null
    }
  }
}

/// A parameter type with a few named values: an enumeration of strings in kebab-case.
///
///     enum Optimizer: String, ChoiceParameter { case sgd, adam }
public protocol ChoiceParameter: ParameterValue, RawRepresentable, CaseIterable where RawValue == String {}

extension ChoiceParameter {
  /// One of the names.
  public static var form: ParameterForm<Self> {
    let name = "one of \(allCases.map(\.rawValue).joined(separator: ", "))"
    return ParameterForm(name, many: name, isText: true) { node throws(ValueError) in
      if case .string(let text) = node.content, let choice = Self(rawValue: text) { return choice }
      var written = node.kind
      var advice = ""
      if case .string(let text) = node.content {
        written = "\"\(text)\""
        advice = NearNames.nearest(to: text, among: allCases.map(\.rawValue)).map { "; did you mean \"\($0)\"?" } ?? ""
      }
      throw ValueError("\(name) is expected, not \(written)\(advice)", at: node.range)
    } canonical: {
      .string($0.rawValue)
    }
  }
}
