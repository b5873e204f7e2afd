import Diagnostics

/// A fenced `nbrun` block at the top level of a notebook.
public struct NotebookCell: Sendable, Equatable {
  /// What a cell is, as its first key says.
  public enum Kind: Sendable, Equatable {
    /// Runs the named step.
    case step(Located<String>)
    /// Shows a declaration of the program's own source: `PATH#SYMBOL`.
    case listing(Located<String>)
  }

  /// What it is.
  public var kind: Kind
  /// Its number among the step cells, from 1; 0 for a listing.
  public var number: Int
  /// From its opening fence to its closing one.
  public var range: SourceRange
  /// The lines after the first key.
  public var lines: [CellLine]
  /// The block's text as it stands in the notebook, without its fences.
  public var source = ""
  /// What a listing shows; nil for a step and for a listing whose declaration is not found.
  public var listing: Listing?
}

/// A declaration of the program's own source.
public struct Listing: Sendable, Equatable {
  /// The file, relative to the package.
  public var path: String
  /// The declaration and its place in the file.
  public var declaration: SwiftDeclarations.Declaration
  /// Whether the notebook's project has that very file, so that a report can lead to it.
  public var isInProject: Bool
}

/// A line of a cell's body.
public struct CellLine: Sendable, Equatable {
  /// Its number in the notebook, from 1.
  public var number: Int
  /// The column at which its text starts, from 1.
  public var column: Int
  /// Its text without the fence's indentation and the line end.
  public var text: String
}
