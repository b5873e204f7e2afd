import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunNotebooks
import NbrunReporting

/// Finds the notebooks that the command line names. A path is a place: however the way to a notebook is spelled, by `..`, from a
/// subfolder, through a link, it is the one file with the one report.
struct NotebookFinder {
  /// Where the user stands.
  let currentFolder: FilePath
  /// The folder of reports that the user chose.
  let output: FilePath?
  /// The user's folder for caches.
  let cache: FilePath
  private(set) var files: [NotebookFile] = []
  private(set) var errors: [Diagnostic] = []

  /// The notebook files among `arguments`, which are files or folders.
  /// - Throws: what is missing, what is no notebook, which two would share a folder of reports.
  static func find(
    _ arguments: [String], currentFolder: FilePath, output: FilePath? = nil, cache: FilePath
  ) throws(DiagnosticList) -> [NotebookFile] {
    var finder = NotebookFinder(currentFolder: currentFolder, output: output, cache: cache)
    for argument in arguments { finder.add(argument) }
    let collisions = finder.withoutRepetitions()
    guard finder.errors.isEmpty, collisions.isEmpty else { throw DiagnosticList(finder.errors + collisions) }
    return finder.files
  }

  private mutating func add(_ argument: String) {
    let spelled = currentFolder.appending(argument)
    guard argument != "-" else {
      refuse("standard input can be checked, not run: a report is called after its notebook's file")
      return
    }
    guard !argument.isEmpty, let file = spelled.resolved else {
      switch spelled.problem {
      case .system(ENOENT) where !spelled.isLink, .system(ENOTDIR), nil: refuse(missing(argument))
      case .system(ENOENT): refuse("\"\(argument)\" is a link that leads nowhere")
      case let problem?: refuse("\"\(argument)\" cannot be found: \(problem)")
      }
      return
    }
    if let product = product(at: file) { return refuse("\"\(argument)\" \(product)") }
    switch file.kind {
    case .folder:
      let count = files.count + errors.count
      addNotebooks(in: file)
      if files.count + errors.count == count { refuse("there is no notebook (*.md) below the folder \"\(argument)\"") }
    case .file: add(spelled, as: argument, isNamed: true)
    default: refuse("\"\(argument)\" is no regular file")
    }
  }

  /// What a run wrote at `path`, and what to name in its place; nil where no run did.
  private func product(at path: FilePath) -> String? {
    if isOutput(path) || (isOutput(path.parent) && ["README.md", "index.html"].contains(path.name)) {
      return "is of the folder of reports; name the notebooks themselves"
    }
    guard let notebook = ReportOwner.notebook(ofReportAt: path) else { return nil }
    let source = Project(of: path.parent).root.appending(notebook)
    return "is the report of \"\(source.exists ? shown(source) : notebook.text)\"; name that"
  }

  private mutating func refuse(_ message: String) { errors.addError(message) }

  // MARK: Files

  private mutating func add(_ spelled: FilePath, as shown: String, isNamed: Bool) {
    guard let home = spelled.parent.resolved, let file = spelled.resolved, file.kind == .file else {
      refuse("\"\(shown)\" is no regular file")
      return
    }
    let isLink = home.appending(spelled.name) != file
    guard !isLink || file.below(Project(of: home).root) != nil else {
      refuse(
        "\"\(shown)\" is a link to \(file), outside its project, whose report would publish that file; name the file itself"
      )
      return
    }
    guard ReportLayout.isNotebook(file) else {
      let what = isLink ? "leads to \(file), which is" : "is"
      refuse("\"\(shown)\" \(what) no notebook: a notebook is a Markdown file, *.md")
      return
    }
    let project = Project(of: file.parent)
    guard let name = file.below(project.root), let folder = ReportLayout.folder(ofNotebook: name) else {
      refuse("the name of \"\(shown)\" leaves none for the folder of its report; rename it")
      return
    }
    if let page = ReportLayout.indexPage(inPlaceOf: folder) {
      refuse("the report of \"\(shown)\" would stand where the page over all notebooks does, \(page); rename it")
      return
    }
    files.append(
      NotebookFile(
        path: file.shown(from: currentFolder, root: project.root), place: NotebookPlace(root: project.root, name: name),
        folders: ProjectFolders(of: project, output: output, cache: cache), outputName: folder, isNamed: isNamed))
  }

  // MARK: Folders

  /// Adds the notebooks below `folder`, in the order of their names. Neither hidden files and folders, nor reports, nor what any
  /// project has beside its notebooks; links to folders are not followed.
  private mutating func addNotebooks(in folder: FilePath) {
    var paths: [FilePath] = []
    var folders = [folder]
    while let folder = folders.popLast() {
      guard let entries = folder.entries else {
        refuse("the folder \"\(shown(folder))\" cannot be read")
        continue
      }
      for name in entries where name.utf8.first != UInt8(ascii: ".") {
        let path = folder.appending(name)
        if ReportLayout.isNotebook(path), path.kind != .folder {
          if !ReportLayout.isAboutProject(path) { paths.append(path) }
        } else if path.kind == .folder, !path.isLink, !isOutput(path) {
          folders.append(path)
        }
      }
    }
    for path in paths.sorted() {
      if path.kind == nil {
        refuse(
          path.exists
            ? "\"\(shown(path))\" is a link that leads nowhere"
            : "the name of \"\(shown(path))\" is no UTF-8, so that no report could be called after it; rename it")
      } else {
        add(path, as: shown(path), isNamed: false)
      }
    }
  }

  private func shown(_ path: FilePath) -> String {
    path.shown(from: currentFolder, root: Project(of: path.parent).root)
  }

  private func isOutput(_ folder: FilePath) -> Bool {
    if folder == output { return true }
    return folder.name == NotebookPlace.reportsName && Project(of: folder.parent).root == folder.parent
  }

  // MARK: All of them

  /// Leaves each notebook once.
  /// - Returns: which would write where another does.
  private mutating func withoutRepetitions() -> [Diagnostic] {
    var places: [NotebookPlace: Int] = [:]
    var unique: [NotebookFile] = []
    for file in files {
      if let known = places[file.place] {
        unique[known].isNamed = unique[known].isNamed || file.isNamed
      } else {
        places[file.place] = unique.count
        unique.append(file)
      }
    }
    files = unique
    var owners: [FilePath: NotebookFile] = [:]
    var collisions: [Diagnostic] = []
    for file in files {
      if let owner = owners[file.report] {
        collisions.append(ReportFolders.collision(owner.path, file.path, in: file.outputName))
      } else {
        owners[file.report] = file
      }
    }
    for file in files {
      for folder in ReportLayout.ownersOfNames(in: file.outputName) {
        guard let owner = owners[file.folders.outputs.appending(folder)] else { continue }
        collisions.append(ReportFolders.collision(owner.path, file.path, in: file.outputName))
      }
    }
    return collisions
  }

  private func missing(_ argument: String) -> String {
    let message = "there is no file or folder \"\(argument)\""
    let path = FilePath(argument)
    // Where it was looked for, then where notebooks usually are.
    let folder = currentFolder.appending(path.parent)
    let places = [folder, folder.appending("notebooks"), Project(of: currentFolder).root.appending("notebooks")]
    let found = places.flatMap { place in (place.entries ?? []).map(place.appending).sorted() }
    let notebooks =
      found.filter(ReportLayout.isNotebook)
      + found.filter {
        $0.kind == .folder && !isOutput($0) && ($0.entries ?? []).contains { ReportLayout.isNotebook(FilePath($0)) }
      }
    let stems = notebooks.map(\.stemAndExtension.stem)
    let wanted = notebookStem(of: path)
    func suggestion(_ index: Int) -> String { message + "; did you mean \"\(shown(notebooks[index].normalized))\"?" }
    if let index = stems.firstIndex(where: { $0.lowercased() == wanted.lowercased() }) { return suggestion(index) }
    if path.parts.count < 2, let near = Habits.command(meantBy: argument) {
      return message + "; did you mean the command \"\(near)\"?"
    }
    let names = notebooks.map(\.name)
    let near =
      NearNames.nearest(to: path.name, among: names).flatMap { names.firstIndex(of: $0) }
      ?? NearNames.nearest(to: wanted, among: stems).flatMap { stems.firstIndex(of: $0) }
    return near.map(suggestion) ?? message
  }

  /// The name of the notebook that is meant by the name of it without its extension, or of one of its reports.
  private func notebookStem(of path: FilePath) -> String {
    let (stem, ending) = path.stemAndExtension
    return ["md", "markdown", "html", "ipynb", "json", "txt", "nbrun"].contains(ending.lowercased()) ? stem : path.name
  }
}
