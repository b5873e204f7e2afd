import NbrunFilePaths
import NbrunPlatform
import NbrunNotebooks

/// Where a report stands in relation to its notebook, so that links between them can be written. Paths are compared as text;
/// the file system is not asked.
package struct ReportPlace: Sendable, Equatable {
  package var notebook: NotebookPlace
  /// The folder that holds the report, seen from the same place as the notebook's root, or both absolute.
  package var folder: FilePath
  /// The folder that holds the reports of the other notebooks of the project; nil where there is none that links could lead to.
  package var outputs: FilePath?
  /// Markdown files of the project that are no notebooks, though their names do not tell: they have no reports.
  package var documents: Set<FilePath>
  package var neighbours = ReportNeighbours()

  /// A report in `folder`.
  /// - Parameter outputs: the folder with the reports of all notebooks; where none is given, the one that has `folder` where the
  ///   layout has it.
  package init(notebook: NotebookPlace, folder: FilePath, outputs: FilePath? = nil, documents: Set<FilePath> = []) {
    self.notebook = notebook
    self.folder = folder
    self.documents = documents
    self.outputs = outputs ?? Self.outputs(around: folder, of: notebook.name)
  }

  /// A link's destination as the report has to write it; nil for one that a report must not have, such as `javascript:`.
  /// - Parameters:
  ///   - destination: what the notebook writes: an address, an anchor, or a path relative to the notebook.
  ///   - file: the report's own file name, which another notebook's report of the same kind has too.
  func destination(_ destination: String, reportFile file: String) -> String? {
    if let scheme = Self.scheme(of: destination) { return Self.schemes.contains(scheme) ? destination : nil }
    let bytes = destination.utf8
    guard let first = bytes.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "/") else { return destination }
    let end = bytes.firstIndex { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "?") } ?? bytes.endIndex
    guard end > bytes.startIndex else { return destination }
    let target = target(String(destination[..<end]))
    return address(of: reportFolder(ofNotebook: target)?.appending(file) ?? target) + destination[end...]
  }

  /// The notebook's address, seen from the report.
  var notebookAddress: String { address(of: notebook.file.normalized) }
  /// The address of a page over all reports, seen from the report; nil where there is none that links could lead to.
  func overviewAddress(_ page: String) -> String? { outputs.map { address(of: $0.appending(page).normalized) } }

  /// The address of a listing's source file, seen from the report; nil where the project does not have that file, or the report does
  /// not stand in the project: who has a copy of the report has not the file.
  func address(of listing: Listing) -> String? {
    let root = notebook.root.normalized
    guard listing.isInProject, folder.normalized.below(root) != nil else { return nil }
    return address(of: root.appending(listing.path).normalized)
  }

  /// The address of a file beside the notebook, seen from the report.
  func path(besideNotebook relative: String) -> String { address(of: target(relative)) }

  /// The file that a notebook's link names.
  private func target(_ address: String) -> FilePath {
    notebook.file.parent.appending(FilePath(percentEncoded: address)).normalized
  }

  /// The way to a file from the report's folder, as an address.
  private func address(of file: FilePath) -> String {
    let way = file.relative(to: folder.normalized)
    // Where the report stands in a folder that the file's name leads to, there is no way but over the folder above.
    return (way.text.isEmpty ? FilePath("../\(folder.name)") : way).address
  }

  /// The folder of another notebook's report; nil for a file that is not among the project's notebooks.
  private func reportFolder(ofNotebook file: FilePath) -> FilePath? {
    if file == notebook.file.normalized { return folder.normalized }
    guard let outputs, ReportLayout.isNotebook(file), !ReportLayout.isAboutProject(file), !documents.contains(file),
      let name = file.below(notebook.root.normalized)
    else { return nil }
    return ReportLayout.folder(ofNotebook: name).map { outputs.appending($0).normalized }
  }

  private static func outputs(around folder: FilePath, of notebook: FilePath) -> FilePath? {
    guard let own = ReportLayout.folder(ofNotebook: notebook)?.parts else { return nil }
    let parts = folder.normalized.parts
    guard parts.suffix(own.count).elementsEqual(own) else { return nil }
    return FilePath(parts: parts.dropLast(own.count), isAbsolute: folder.isAbsolute)
  }

  /// The schemes that a link of a report may have.
  private static let schemes: Set<String> = ["http", "https", "mailto"]

  /// What stands before a destination's first colon, in small letters; nil where that is part of a path.
  private static func scheme(of destination: String) -> String? {
    guard let colon = destination.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let scheme = destination[..<colon]
    return scheme.contains { $0 == "/" || $0 == "?" || $0 == "#" } ? nil : scheme.lowercased()
  }
}

extension ReportPlace {
  /// The place of a report on disk: as `init`, after a look at the Markdown files that the notebook links to.
  package init(of notebook: Notebook, folder: FilePath, outputs: FilePath? = nil) {
    self.init(notebook: notebook.place, folder: folder, outputs: outputs)
    neighbours = ReportNeighbours(of: notebook)
    for link in notebook.document.links where !link.isImage {
      let address = link.destination.utf8.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
      let file = target(String(Substring(address)))
      guard ReportLayout.isNotebook(file), file.below(self.notebook.root) != nil, file != notebook.place.file,
        !documents.contains(file), let bytes = try? file.read(upTo: 1 << 20)
      else { continue }
      if !NotebookParser.namesCells(bytes) { documents.insert(file) }
    }
  }
}
