import NbrunDiagnostics

/// What a notebook says of itself before its text.
package struct FrontMatter: Sendable, Equatable {
  /// The title; nil where the first heading gives it.
  package var title: Located<String>?
  /// Who wrote it.
  package var author: Located<String>?
  /// What it is, in a sentence.
  package var description: Located<String>?
  /// The language of its text as a tag of BCP 47, such as `de` or `pt-BR`; nil where none is given.
  package var language: Located<String>?
  /// Its place among the notebooks of its folder, in which reports lead to each other; nil where it has none.
  package var order: Located<Int>?
  /// The address of the folder that its report is published in, with a slash at its end; nil where that is not known.
  package var url: Located<String>?
  /// The seed of every cell that gives none.
  package var seed: Located<UInt32>?
  /// Whether a synthetic stand-in may be used where data cannot be had.
  package var allowsStandIn = false
  /// Macros of its formulas: `\newcommand` and `\def`.
  package var macros: CellValue?
  /// Keys that start with `x-`, for other tools.
  package var extensions: [String: String] = [:]
}
