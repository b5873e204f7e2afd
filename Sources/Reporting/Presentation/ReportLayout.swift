import NbrunFilePaths

/// Which files are notebooks, and where their reports stand below the folder of outputs. The rule: a notebook's path below its
/// project's root, without its extension and without the folder `notebooks` at its start.
package enum ReportLayout {
  /// Whether a file of this name is a notebook: Markdown, whatever the case of its extension.
  package static func isNotebook(_ path: FilePath) -> Bool {
    ["md", "markdown"].contains(path.stemAndExtension.extension.lowercased())
  }

  /// Whether a Markdown file is, by its name, one that any project has: no notebook unless somebody names it as one.
  package static func isAboutProject(_ path: FilePath) -> Bool {
    isNotebook(path) && ["readme", "changelog"].contains(path.stemAndExtension.stem.lowercased())
  }

  /// The folder of a notebook's report below the folder of outputs; nil where the file's name leaves none to call it by, as `..md`
  /// does, or where the folder would be taken for a project's mark.
  /// - Parameter name: the notebook's path below its project's root.
  package static func folder(ofNotebook name: FilePath) -> FilePath? {
    let stem = isNotebook(name) ? name.stemAndExtension.stem : name.name
    let folders = name.parts.dropLast()
    let parts = (folders.first == "notebooks" ? folders.dropFirst() : folders) + [stem]
    guard !["", ".", ".."].contains(stem), !parts.contains(where: [".git", ".nbrun"].contains) else { return nil }
    return FilePath(parts: parts, isAbsolute: false)
  }

  /// The folders whose reports would have a file or folder of their own where the one in `folder` stands: `a` for `a/figures`.
  /// Names that differ in case are one where a file system takes them for one.
  package static func ownersOfNames(in folder: FilePath) -> [FilePath] {
    let parts = folder.parts
    return parts.indices.dropFirst().filter { index in
      reportNames.contains { $0.lowercased() == parts[index].lowercased() }
    }.map { FilePath(parts: parts[..<$0], isAbsolute: folder.isAbsolute) }
  }

  /// Which page over all notebooks a report in `folder` would stand in place of; nil for none.
  package static func indexPage(inPlaceOf folder: FilePath) -> String? {
    IndexPages.fileNames.first { $0.lowercased() == folder.parts.first?.lowercased() }
  }

  /// The names that a report's own files and folders have in its folder.
  static let reportNames =
    ReportFormat.all.map(\.fileName) + [ReportCard.fileName, ResultsFile.name, FigureFile.folder]
}
