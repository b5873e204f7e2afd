import NbrunDiagnostics
import NbrunMarkdown

/// A fenced `nbrun` block at the top level of a notebook.
package struct NotebookCell: Sendable, Equatable {
  /// What a cell is, as its first key says.
  package enum Kind: Sendable, Equatable {
    case step(Located<String>)
    /// Shows a declaration of the program's own source: `PATH#SYMBOL`.
    case listing(Located<String>)
  }

  package var kind: Kind
  /// Its number among the step cells, from 1; 0 for a listing.
  package var number: Int
  /// The lines after the first key.
  package var lines: [ContentLine]
  /// The block's text as it stands in the notebook, without its fences.
  package var source = ""
  /// What a listing shows; nil for a step and for a listing whose declaration is not found.
  package var listing: Listing?
}

/// A declaration of the program's own source.
package struct Listing: Sendable, Equatable {
  /// The file, relative to the package.
  package var path: String
  /// The declaration and its place in the file.
  package var declaration: SwiftDeclarations.Declaration
  /// Whether the notebook's project has that very file, so that a report can lead to it.
  package var isInProject: Bool
}
