import NbrunDiagnostics
import NbrunFilePaths
import NbrunMarkdown

/// A notebook, parsed: prose with cells among it. Everything in it knows its place in the source.
package struct Notebook: Sendable {
  /// The path by which messages name it: the way to it from where the user stands.
  package var path: String
  /// Where it is: the name by which files and keys know it.
  package var place: NotebookPlace
  /// The whole text: line ends as LF, without a byte-order mark.
  package var text: String
  package var frontMatter: FrontMatter
  /// What follows the front matter.
  package var document: MarkdownDocument
  /// Prose and cells in the order of the text.
  package var elements: [NotebookElement]
  package var cells: [NotebookCell]
  /// What is wrong with its text, or worth a warning, before any step is looked at.
  package var diagnostics: [Diagnostic]

  /// The places in its prose that show measured values.
  package var inlineValues: [InlineValue] { document.inlineValues }
  /// Whether it has a cell, be it one with mistakes.
  package var namesCells: Bool { document.namesCells }
  /// Whether its file holds what is no text.
  package var isUnreadable: Bool { text.isEmpty && diagnostics.contains { $0.severity == .error } }
  /// The title: the front matter's, else the first heading, else the file's name.
  package var title: String { Self.title(frontMatter, document, of: place.name) }

  static func title(_ frontMatter: FrontMatter, _ document: MarkdownDocument, of file: FilePath) -> String {
    frontMatter.title?.value ?? document.headings.first?.text ?? file.stemAndExtension.stem
  }
}

/// A piece of a notebook.
package enum NotebookElement: Sendable, Equatable {
  /// Blocks of prose that follow each other.
  case prose([NodeID])
  /// The cell at this index of `Notebook.cells`.
  case cell(Int)
}
