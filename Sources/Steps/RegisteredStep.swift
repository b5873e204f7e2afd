/// A step's type, erased: its name, its declarations, and a way to configure one.
public struct RegisteredStep: Sendable {
  /// One declared entry of a step, by its key in the notebook.
  package struct Entry: Sendable, Equatable {
    /// The key: the property's name in kebab-case.
    package let key: String
    /// What the step says of it.
    package let declaration: EntryDeclaration
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
  package var entries: [Entry] { declared.value.entries }
  /// The type of its output; nil where it has none.
  package let outputType: ValueType?
  /// A digest of the sources that it computes with; nil where only the executable's own digest can stand for them.
  package private(set) var codeIdentity: String?

  /// What the step declares, found out when a notebook names it: most name few of a program's steps.
  private let declared: Once<Declared>
  private let listVariants: @Sendable () -> [StepVariant]
  private let prepare: @Sendable ([String: String]) throws -> ConfiguredStep

  private struct Declared: Sendable {
    let declarations: [StepDecoder.Declaration]
    let entries: [Entry]

    init(declarations: [StepDecoder.Declaration]) {
      self.declarations = declarations
      entries = declarations.map { Entry(key: $0.key, declaration: $0.entry.declaration) }
    }
  }

  init<S: Step>(_ step: S.Type, outputType: ValueType?, run: @escaping @Sendable (S, Cell) throws -> [UInt8]?) {
    name = S.name
    summary = S.summary
    notes = S.notes
    listVariants = { S.variants }
    self.outputType = outputType
    let declared = Once { Declared(declarations: Self.declarations(of: S.self)) }
    self.declared = declared
    prepare = { values in
      try ConfiguredStep(S.self, declarations: declared.value.declarations, values: values, run: run)
    }
  }

  /// What the step declares; a step whose keys no notebook can write is a mistake of its author.
  private static func declarations<S: Step>(of step: S.Type) -> [StepDecoder.Declaration] {
    let declarations = StepDecoder.declarations(of: S.self)
    var keys: Set<String> = []
    for declaration in declarations {
      if !isNotebookName(declaration.key) || reservedKeys.contains(declaration.key) {
        fatalError(
          "step \(S.name) declares the key \(declaration.key), which the notebook language reserves or cannot write")
      }
      if !keys.insert(declaration.key).inserted {
        fatalError("step \(S.name) declares the key \(declaration.key) twice, itself or in its groups")
      }
    }
    return declarations
  }

  func identified(by codeIdentity: String?) -> RegisteredStep {
    var copy = self
    copy.codeIdentity = self.codeIdentity ?? codeIdentity
    return copy
  }

  /// The entry whose key is `key`.
  package func entry(_ key: String) -> Entry? { declared.value.entries.first { $0.key == key } }

  /// Reads one value by its declared type.
  /// - Throws: `ValueError` with the bytes of `text` that are wrong.
  package func check(_ key: String, _ text: String) throws {
    _ = try declared.value.declarations.first { $0.key == key }?.entry.reading(text)
  }

  /// The step with the given values; what a cell leaves out keeps its default.
  /// - Parameter values: each value's text by key; all keys must be declared and all required ones present.
  /// - Throws: `ValueError` for a value that cannot be read. Neither `validate()` nor missing keys are checked here.
  package func configure(_ values: [String: String]) throws -> ConfiguredStep { try prepare(values) }
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
