import NbrunJSONValues

/// What a step says of one of its parameters.
package struct ParameterDeclaration: Sendable, Equatable {
  /// What its values are called, such as `list of whole numbers`.
  package let typeName: String
  /// Whether the value is the raw line rather than JSON.
  package let isText: Bool
  /// One sentence.
  package let help: String
  /// What the value must be, such as `at least 1`; nil where its type says it all.
  package let requirement: String?
  /// The default in canonical form; nil where there is none.
  package let defaultValue: JSONValue?
  /// Whether a cell must give it.
  package let isRequired: Bool
}

/// What a step says of one of its inputs.
package struct InputDeclaration: Sendable, Equatable {
  /// The type that the earlier cell's output must have.
  package let valueType: ValueType
  /// One sentence.
  package let help: String
}

/// One thing that a step's cell can or must give.
package enum EntryDeclaration: Sendable, Equatable {
  /// A value written in the cell.
  case parameter(ParameterDeclaration)
  /// The output of an earlier cell.
  case input(InputDeclaration)
}

/// What `@Parameter` and `@Input` have in common: they are declared as a step's properties and read from a cell's entries.
protocol DeclaredEntry: Sendable {
  var declaration: EntryDeclaration { get }
  /// The entry with the value that `text` holds.
  func reading(_ text: String) throws(ValueError) -> Self
  /// The value in canonical form: nil where there is none.
  var canonical: JSONValue? { get }
  /// The entry with the files that its value names, which `find` finds.
  func locating(_ find: CellFileFinder) throws(ValueError) -> Self
  /// The entry with its input, which `load` gives as bytes; parameters stay as they are.
  func resolving(_ load: (CellID) throws -> [UInt8]) throws -> Self
}

extension DeclaredEntry {
  func locating(_ find: CellFileFinder) throws(ValueError) -> Self { self }
  func resolving(_ load: (CellID) throws -> [UInt8]) throws -> Self { self }
}
