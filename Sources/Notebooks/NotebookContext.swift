/// What a notebook's parser may ask about the files around the notebook. Passed in, so that parsing is tested on values.
package struct NotebookContext: Sendable {
  /// Whether there is a file at a path relative to the notebook's folder.
  package var hasFile: @Sendable (String) -> Bool
  /// Why a report cannot hold the image at a path relative to the notebook's folder; nil where it can.
  package var imageFault: @Sendable (String) -> ImageFault?
  /// What a Markdown file at such a path holds; nil where there is none.
  package var text: @Sendable (String) -> [UInt8]?
  /// The text of a source file of the program, by its path relative to the package; nil where there is none.
  package var programSource: @Sendable (String) -> String?
  /// Whether the notebook's project has that very file at that path, so that a report can lead to it.
  package var isInProject: @Sendable (String) -> Bool
  /// Paths of the program's source files, for suggestions.
  package var programSources: @Sendable () -> [String]

  package init(
    hasFile: @escaping @Sendable (String) -> Bool,
    imageFault: @escaping @Sendable (String) -> ImageFault? = { _ in nil },
    text: @escaping @Sendable (String) -> [UInt8]? = { _ in nil },
    programSource: @escaping @Sendable (String) -> String?,
    isInProject: @escaping @Sendable (String) -> Bool = { _ in false },
    programSources: @escaping @Sendable () -> [String]
  ) {
    (self.isInProject, self.hasFile, self.imageFault) = (isInProject, hasFile, imageFault)
    (self.text, self.programSource, self.programSources) = (text, programSource, programSources)
  }

  /// A notebook alone in the world.
  package static let none = NotebookContext(
    hasFile: { _ in false }, programSource: { _ in nil }, programSources: { [] })
}
