import NbrunDigests
import NbrunDiagnostics
import NbrunFilePaths
import NbrunNotebooks

/// What a notebook belongs to: the nearest folder above it that carries a mark of a project, else the notebook's own folder. All its
/// files are known by their path below the root, and all that is written for them stands there, wherever the user stands.
struct Project: Sendable, Hashable {
  /// Absolute, without links.
  let root: FilePath

  /// The project of what stands in `folder`, which is absolute and without links.
  init(of folder: FilePath) {
    var candidate = folder
    while !candidate.parts.isEmpty, !Self.isMarked(candidate) { candidate = candidate.parent }
    root = Self.isMarked(candidate) ? candidate : folder
  }

  private static func isMarked(_ folder: FilePath) -> Bool {
    folder.appending(".git").exists || folder.appending("Package.swift").kind == .file
      || folder.appending(stateName).kind == .folder
  }

  /// The name of the folder that holds what is kept between runs.
  static let stateName = ".nbrun"
}

/// The folders that a command writes for a project, absolute and without links.
struct ProjectFolders: Sendable, Hashable {
  let project: Project
  /// The folder of reports.
  let outputs: FilePath
  /// The folder of what is kept between runs.
  let state: FilePath

  /// The folders of `project`.
  /// - Parameters:
  ///   - output: the folder of reports that the user chose.
  ///   - cache: the user's folder for caches.
  init(of project: Project, output: FilePath?, cache: FilePath) {
    self.project = project
    outputs = output ?? project.root.appending(NotebookPlace.reportsName)
    // A project that may only be read can still be verified, and run with its reports elsewhere.
    state =
      project.root.isWritable
      ? project.root.appending(Project.stateName)
      : cache.appending("projects").appending(String(SHA256.digest(of: project.root.text).description.prefix(16)))
  }
}

extension FilePath {
  /// The path as one types it who stands in `folder`: the way there, where that leads through nothing but the project at `root`;
  /// else the whole. Both absolute and without links.
  func shown(from folder: FilePath, root: FilePath) -> String {
    let isAround = folder == root || folder.below(root) != nil
    let way = isAround || below(folder) != nil ? relative(to: folder).text : text
    return way.isEmpty ? "." : ControlCharacters.visible(way, keeping: [])
  }
}
