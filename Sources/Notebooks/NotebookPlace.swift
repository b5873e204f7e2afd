import NbrunFilePaths

/// Where a notebook is: a path is a place, and this is the one name of it, however its user spells the way there.
package struct NotebookPlace: Sendable, Hashable {
  /// The root of the project that it belongs to: absolute, without links.
  package var root: FilePath
  /// Its path below the root, by which every file and key knows it.
  package var name: FilePath

  /// The notebook called `name` of the project at `root`.
  package init(root: FilePath, name: FilePath) { (self.root, self.name) = (root, name) }

  /// The name of the folder of reports in the root, unless another is chosen.
  package static let reportsName = "outputs"

  package var file: FilePath { root.appending(name) }
}
