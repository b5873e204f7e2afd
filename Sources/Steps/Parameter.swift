import NbrunJSONValues

/// A parameter of a step: declared once, with its default and help, in the step that reads it.
///
///     @Parameter("Distance between receptive fields, in pixels.", in: 1...) var stride = 1
///     @Parameter("What the layer should give.") var expected: [[Double]]     // no default: required
///
/// In a notebook its key is the property's name in kebab-case.
@propertyWrapper public struct Parameter<Value: ParameterValue>: Sendable {
  /// One sentence for `nbrun steps`.
  let help: String
  let constraint: Constraint<Value>?
  private var value: Value?

  /// A parameter with a default.
  public init(wrappedValue: Value, _ help: String) { self.init(value: wrappedValue, help: help, constraint: nil) }
  /// A required parameter.
  public init(_ help: String) { self.init(value: nil, help: help, constraint: nil) }

  init(value: Value?, help: String, constraint: Constraint<Value>?) {
    self.value = value
    self.help = help
    self.constraint = constraint
  }

  /// The value that the cell gives, or the default. Reading a required parameter of a step that no cell configured traps.
  public var wrappedValue: Value {
    get {
      guard let value else { fatalError("a required parameter was read before a cell gave it: \(help)") }
      return value
    }
    set { value = newValue }
  }
}

extension Parameter where Value: ExpressibleByNilLiteral {
  /// A parameter that a cell may leave out; it is then nil.
  public init(_ help: String) { self.init(value: .some(nil), help: help, constraint: nil) }

  /// A parameter that a cell may leave out; a value must lie in `range`.
  public init<Bound: Comparable & SendableMetatype>(_ help: String, in range: some RangeExpression<Bound> & Sendable)
  where Value == Bound? {
    let constraint = Constraint<Bound>.within(range)
    self.init(
      value: .some(nil), help: help,
      constraint: Constraint(requirement: constraint.requirement) { $0.map(constraint.holds) ?? true })
  }
}

/// A condition on a parameter's value that can be said in a few words and checked before anything runs.
struct Constraint<Value>: Sendable {
  private let words: @Sendable () -> String
  let holds: @Sendable (Value) -> Bool

  /// - Parameter requirement: made when it is asked for: a step is made for each cell, and few break a condition.
  init(requirement: @autoclosure @escaping @Sendable () -> String, holds: @escaping @Sendable (Value) -> Bool) {
    words = requirement
    self.holds = holds
  }

  /// Completes "the value must be …".
  var requirement: String { words() }
}

extension Parameter where Value: Comparable & SendableMetatype {
  /// A parameter with a default whose value must lie in `range`.
  public init(wrappedValue: Value, _ help: String, in range: some RangeExpression<Value> & Sendable) {
    self.init(value: wrappedValue, help: help, constraint: .within(range))
  }

  /// A required parameter whose value must lie in `range`.
  public init(_ help: String, in range: some RangeExpression<Value> & Sendable) {
    self.init(value: nil, help: help, constraint: .within(range))
  }
}

extension Constraint where Value: Comparable & SendableMetatype {
  static func within(_ range: some RangeExpression<Value> & Sendable) -> Constraint {
    Constraint(requirement: describe(range), holds: { range.contains($0) })
  }
}

extension Parameter {
  /// A parameter with a default: a list each element of which must lie in `range`, and `count` of them where that is given.
  public init<Element: Comparable & ParameterValue & SendableMetatype>(
    wrappedValue: Value, _ help: String, each range: some RangeExpression<Element> & Sendable, count: Int? = nil
  ) where Value == [Element] {
    self.init(value: wrappedValue, help: help, constraint: .each(range, count: count))
  }

  /// A required list each element of which must lie in `range`, and `count` of them where that is given.
  public init<Element: Comparable & ParameterValue & SendableMetatype>(
    _ help: String, each range: some RangeExpression<Element> & Sendable, count: Int? = nil
  ) where Value == [Element] {
    self.init(value: nil, help: help, constraint: .each(range, count: count))
  }
}

extension Constraint {
  static func each<Element: Comparable & ParameterValue & SendableMetatype>(
    _ range: some RangeExpression<Element> & Sendable, count: Int?
  ) -> Constraint where Value == [Element] {
    Constraint(
      requirement: "\(count.map(String.init) ?? "a list of") \(Element.form.many), each \(describe(range))"
    ) { list in (count == nil || list.count == count) && list.allSatisfy(range.contains) }
  }
}

/// A range in words: `at least 1`, `from 0 to 1`, `from 0 to below 1`.
private func describe<Bound>(_ range: some RangeExpression<Bound>) -> String {
  switch range {
  case let range as PartialRangeFrom<Bound>: "at least \(range.lowerBound)"
  case let range as PartialRangeThrough<Bound>: "at most \(range.upperBound)"
  case let range as PartialRangeUpTo<Bound>: "below \(range.upperBound)"
  case let range as ClosedRange<Bound>: "from \(range.lowerBound) to \(range.upperBound)"
  case let range as Range<Bound>: "from \(range.lowerBound) to below \(range.upperBound)"
  default: "in \(range)"
  }
}

// MARK: Reading

extension Parameter: DeclaredEntry {
  var declaration: EntryDeclaration {
    let form = Value.form
    return .parameter(
      ParameterDeclaration(
        typeName: form.one, isText: form.isText, help: help, requirement: constraint?.requirement,
        defaultValue: value?.canonical, isRequired: value == nil))
  }

  func reading(_ text: String) throws(ValueError) -> Parameter {
    let value = try Value.read(text: text)
    if let constraint, !constraint.holds(value) { throw ValueError("the value must be \(constraint.requirement)") }
    var copy = self
    copy.value = value
    return copy
  }

  func locating(_ find: CellFileFinder) throws(ValueError) -> Parameter {
    guard let files = value as? any FileHolding, let located = try files.locating(find) as? Value else { return self }
    var copy = self
    copy.value = located
    return copy
  }

  var canonical: JSONValue? { value?.canonical }
}

extension Parameter: Decodable {
  /// Takes the wrapper that `StepDecoder` prepared; steps are decoded by nothing else.
  public init(from decoder: any Decoder) throws { self = try preparedEntry(from: decoder) }
}
