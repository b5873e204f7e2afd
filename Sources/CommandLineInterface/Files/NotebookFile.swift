import NbrunFilePaths
import NbrunNotebooks

/// A notebook that the command line names, by itself or with its folder.
struct NotebookFile: Sendable, Equatable {
  /// The path by which messages name it: the way to it from where the user stands.
  var path: String
  var place: NotebookPlace
  /// What is written for its project.
  var folders: ProjectFolders
  /// Its folder below the outputs.
  var outputName: FilePath
  /// Whether it was named itself; one that was found in a folder need not be a notebook.
  var isNamed: Bool
  var isStandardInput = false

  var report: FilePath { folders.outputs.appending(outputName) }

  /// The index of its folder, whether there is one or not; nil for standard input.
  var folderIndex: NotebookFile? {
    guard !isStandardInput else { return nil }
    var index = self
    index.place.name = place.name.parent.appending(FolderIndex.fileName)
    index.path = FilePath(path).parent.appending(FolderIndex.fileName).text
    return index
  }

  /// What standard input holds, as if it were a file where the user stands.
  static func standardInput(currentFolder: FilePath, cache: FilePath) -> NotebookFile {
    let project = Project(of: currentFolder)
    let name = (currentFolder.below(project.root) ?? FilePath("")).appending("stdin.md")
    return NotebookFile(
      path: "<stdin>", place: NotebookPlace(root: project.root, name: name),
      folders: ProjectFolders(of: project, output: nil, cache: cache), outputName: FilePath("stdin"), isNamed: true,
      isStandardInput: true)
  }
}
