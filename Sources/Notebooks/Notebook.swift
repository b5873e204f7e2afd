import Diagnostics

/// A notebook, parsed: prose with cells among it. Everything in it knows its place in the source.
public struct Notebook: Sendable {
  /// The path as the user gave it.
  public var path: String
  /// The whole text, line ends as LF, without a byte-order mark.
  public var text: String
  /// What its front matter says.
  public var frontMatter: FrontMatter
  /// Its cells in order.
  public var cells: [NotebookCell]
  /// The places in its prose that show measured values.
  public var inlineValues: [InlineReference]
  /// What is wrong with its text, or worth a warning, before any step is looked at.
  public var diagnostics: [Diagnostic]
}

/// What a notebook says of itself before its text.
public struct FrontMatter: Sendable, Equatable {
  /// The version of the notebook language.
  public var version = 1
  /// The title; nil where the first heading gives it.
  public var title: Located<String>?
  /// Who wrote it.
  public var author: Located<String>?
  /// What it is, in a sentence.
  public var description: Located<String>?
  /// The seed of every cell that gives none.
  public var seed: Located<UInt32>?
  /// Whether a synthetic stand-in may be used where data cannot be had.
  public var allowsStandIn = false
  /// Keys that start with `x-`, for other tools.
  public var extensions: [String: String] = [:]
}
