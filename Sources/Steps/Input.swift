import NbrunBinaryCoding
import NbrunJSONValues

/// What a step takes from an earlier cell: in the notebook its value is that cell's id.
///
///     @Input("The trained network.") var network: TrainedNetwork
///
/// The value exists while the step runs; `metrics` and `validate()`, which are asked before anything has run, cannot read it.
@propertyWrapper public struct Input<Value: Codable & Sendable>: Sendable {
  /// One sentence for `nbrun steps`.
  let help: String
  private(set) var cell: CellID?
  private var value: Value?

  /// An input that the cell must name.
  public init(_ help: String) { self.help = help }

  /// The earlier cell's output. Reading it before the step runs traps.
  public var wrappedValue: Value {
    guard let value else { fatalError("an input is there only while its step runs: \(help)") }
    return value
  }
}

extension Input: DeclaredEntry {
  var declaration: EntryDeclaration { .input(InputDeclaration(valueType: ValueType(Value.self), help: help)) }

  func reading(_ text: String) throws(ValueError) -> Input {
    guard let cell = CellID(text) else { throw ValueError("the id of an earlier cell is expected, not \"\(text)\"") }
    var copy = self
    copy.cell = cell
    return copy
  }

  var canonical: JSONValue? { cell.map { .string($0.text) } }

  func resolving(_ load: (CellID) throws -> [UInt8]) throws -> Input {
    guard let cell else { return self }
    var copy = self
    copy.value = try BinaryDecoder.decode(Value.self, from: load(cell))
    return copy
  }
}

extension Input: Decodable {
  /// Takes the wrapper that `StepDecoder` prepared; steps are decoded by nothing else.
  public init(from decoder: any Decoder) throws { self = try preparedEntry(from: decoder) }
}

/// The type of a value that flows from one cell to another, compared before anything runs.
package struct ValueType: Sendable, Hashable, CustomStringConvertible {
  private let identifier: ObjectIdentifier
  /// The type's name, for messages.
  package let description: String

  /// The type `type`.
  public init<Value>(_ type: Value.Type) {
    identifier = ObjectIdentifier(type)
    description = String(describing: type)
  }
}
