import Diagnostics
import FilePaths
import Markdown

/// A notebook, parsed: prose with cells among it. Everything in it knows its place in the source.
public struct Notebook: Sendable {
  /// The path by which messages name it: the way to it from where the user stands.
  public var path: String
  /// Where it is: the name by which files and keys know it.
  public var place: NotebookPlace
  /// The whole text: line ends as LF, without a byte-order mark.
  public var text: String
  /// What its front matter says.
  public var frontMatter: FrontMatter
  /// What follows the front matter.
  public var document: MarkdownDocument
  /// Prose and cells in the order of the text.
  public var elements: [NotebookElement]
  /// Its cells in order.
  public var cells: [NotebookCell]
  /// What is wrong with its text, or worth a warning, before any step is looked at.
  public var diagnostics: [Diagnostic]

  /// The places in its prose that show measured values.
  public var inlineValues: [InlineValue] { document.inlineValues }

  /// Whether it has a cell, be it one with mistakes.
  public var namesCells: Bool { document.namesCells }

  /// The title: the front matter's, else the first heading, else the file's name.
  public var title: String {
    Self.title(frontMatter, document, of: place.name)
  }

  static func title(_ frontMatter: FrontMatter, _ document: MarkdownDocument, of file: FilePath) -> String {
    frontMatter.title?.value ?? document.headings.first?.text ?? file.stemAndExtension.stem
  }
}

/// A piece of a notebook.
public enum NotebookElement: Sendable, Equatable {
  /// Blocks of prose that follow each other.
  case prose([NodeID])
  /// The cell at this index of `Notebook.cells`.
  case cell(Int)
}
