/// A step's type, erased: its name, its declarations, and a way to configure one.
public struct RegisteredStep: Sendable {
  /// One declared entry of a step, by its key in the notebook.
  package struct Entry: Sendable {
    /// The key: the property's name in kebab-case.
    package let key: String
    /// What the step says of it.
    package let declaration: EntryDeclaration
    /// The property's name.
    let property: String
    /// The wrapper that declares it, with its default.
    let wrapper: any DeclaredEntry

    init(property: String, entry: any DeclaredEntry) {
      (self.property, wrapper) = (property, entry)
      (key, declaration) = (kebabCase(property), entry.declaration)
    }
  }

  /// What cells write after `step:`.
  package let name: StepName
  /// One sentence.
  package let summary: String
  /// What its documentation says besides; several lines, or none.
  package let notes: String
  /// Settings whose metrics its documentation lists.
  package var variants: [StepVariant] { listVariants() }
  /// Its parameters and inputs in the order of their declaration.
  package var entries: [Entry] { declared.value }
  /// The type of its output; nil where it has none.
  package let outputType: ValueType?
  /// A digest of the sources that it computes with; nil where only the executable's own digest can stand for them.
  package private(set) var codeIdentity: String?

  /// What the step declares, found out when a notebook names it: most name few of a program's steps.
  private let declared: Once<[Entry]>
  private let listVariants: @Sendable () -> [StepVariant]
  private let prepare: @Sendable ([String: String], FileFinder?) throws -> ConfiguredStep

  init<S: Step>(_ step: S.Type, outputType: ValueType?, run: @escaping @Sendable (S, Cell) throws -> [UInt8]?) {
    name = S.name
    summary = S.summary
    notes = S.notes
    listVariants = { S.variants }
    self.outputType = outputType
    let declared = Once { Self.entries(of: S.self) }
    self.declared = declared
    prepare = { values, find in
      try ConfiguredStep(S.self, entries: declared.value, values: values, find: find, run: run)
    }
  }

  /// What the step declares; a step whose keys no notebook can write is a mistake of its author.
  private static func entries<S: Step>(of step: S.Type) -> [Entry] {
    let entries = StepDecoder.entries(of: S())
    var keys: Set<String> = []
    for key in entries.map(\.key) {
      if !isNotebookName(key) || reservedKeys.contains(key) {
        fatalError("step \(S.name) declares the key \(key), which the notebook language reserves or cannot write")
      }
      if !keys.insert(key).inserted {
        fatalError("step \(S.name) declares the key \(key) twice, itself or in its groups")
      }
    }
    return entries
  }

  func identified(by codeIdentity: String?) -> RegisteredStep {
    var copy = self
    copy.codeIdentity = self.codeIdentity ?? codeIdentity
    return copy
  }

  package func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }

  /// Reads one value by its declared type.
  /// - Throws: `ValueError` with the bytes of `text` that are wrong.
  package func check(_ key: String, _ text: String) throws {
    _ = try entry(key)?.wrapper.reading(text)
  }

  /// The step with the given values; what a cell leaves out keeps its default.
  /// - Parameters:
  ///   - values: each value's text by key; all keys must be declared and all required ones present.
  ///   - find: finds the files that values name; without it they are not looked for.
  /// - Throws: `ValueError` for a value that cannot be read, `ParameterError` for a file that is not there. Neither `validate()` nor
  ///   missing keys are checked here.
  package func configure(_ values: [String: String], finding find: FileFinder? = nil) throws -> ConfiguredStep {
    try prepare(values, find)
  }
}

/// Keys that belong to the language rather than to a step.
package let reservedKeys: Set<String> = [
  "step", "listing", "id", "seed", "expect", "reference", "caption", "after", "cache", "timeout", "show", "tags",
]

/// `inputShape` as `input-shape`, `useCNN2` as `use-cnn2`.
func kebabCase(_ name: String) -> String {
  var words = ""
  var previousIsUpper = true
  for character in name {
    if character.isUppercase, !previousIsUpper { words += "-" }
    previousIsUpper = character.isUppercase
    words += character.lowercased()
  }
  return words
}
