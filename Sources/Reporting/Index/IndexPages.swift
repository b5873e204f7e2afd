import NbrunDiagnostics
import NbrunFilePaths
import NbrunPlatform
import NbrunMarkup
import NbrunRunning

/// The overview of all notebooks: `README.md` and `index.html` in the folder that holds their reports, made from every results
/// file below it.
package enum IndexPages {
  /// A notebook's report in the overview.
  struct Entry: Sendable, Equatable {
    /// Its folder below the overview's.
    var folder: String
    var results: ResultsFile
    /// Its forms that are there, by file name.
    var files: Set<String>
  }

  static let fileNames = ["README.md", pageName]
  /// The name of the one for browsers.
  static let pageName = "index.html"

  /// How deep below the overview's folder reports are looked for.
  private static let deepest = 8

  /// Writes both pages for what is below `folder`. Results files that cannot be read are left out, and said; so are reports of
  /// notebooks that are gone.
  /// - Parameters:
  ///   - root: the root of the project whose notebooks have their reports there; nil where they may be those of several.
  ///   - known: what the results files in some folders below it hold, which need not be read then.
  /// - Returns: a warning for each report that is left out.
  @discardableResult
  package static func write(
    in folder: FilePath, of root: FilePath? = nil, knowing known: [FilePath: ResultsFile] = [:]
  ) throws(Diagnostic) -> [Diagnostic] {
    let (entries, warnings) = read(folder, of: root, knowing: known)
    _ = try OutputFolder(path: folder.text).update(texts(of: entries).map { ($0.key, Data($0.value.utf8)) })
    return warnings
  }

  /// Both pages for what is below `folder`, by their names.
  package static func texts(in folder: FilePath, of root: FilePath? = nil) -> [String: String] {
    texts(of: read(folder, of: root).entries)
  }

  static func texts(of entries: [Entry]) -> [String: String] {
    ["README.md": ControlCharacters.visible(markdown(entries)), "index.html": html(entries)]
  }

  /// Whether a page over all notebooks was written by a run: what stands there otherwise is somebody's own.
  static func isOverview(_ page: Data) -> Bool {
    let text = String(decoding: page, as: UTF8.self)
    return text.hasPrefix("# Notebooks\n") || text.contains("<h1>Notebooks</h1>")
  }

  // MARK: Reading

  /// The reports below `folder`, in the order of their folders, in each in that of its notebooks, and why others are left out.
  static func read(
    _ folder: FilePath, of root: FilePath? = nil, knowing known: [FilePath: ResultsFile] = [:]
  ) -> (entries: [Entry], warnings: [Diagnostic]) {
    var reports: [Entry] = []
    var warnings: [Diagnostic] = []
    for (name, files) in places(below: folder) {
      let place = folder.appending(name)
      do {
        guard let results = try known[name] ?? readForOverview(in: place) else { continue }
        let notebook = FilePath(results.notebook)
        if let root, root.appending(notebook).kind != .file {
          warnings.append(.warning("this is the report of \(notebook), which is gone; remove it", path: place.text))
        } else if root != nil, ReportLayout.folder(ofNotebook: notebook) != name {
          warnings.append(.warning("the report of \(notebook) does not belong here; remove it", path: place.text))
        } else {
          reports.append(Entry(folder: name.text, results: results, files: files))
        }
      } catch {
        warnings.append(
          .warning("these results cannot be read: \(error)", path: place.appending(ResultsFile.name).text))
      }
    }
    return (reports.sorted { $0.place < $1.place }, warnings)
  }

  /// What the results files below `folder` hold, by their folders; those that cannot be read are left out. Reading them takes most of
  /// the time that the pages do, and needs not wait for a report that is being written.
  /// - Parameter name: the folder of that report, which is left out, too.
  package static func results(in folder: FilePath, but name: FilePath) -> [FilePath: ResultsFile] {
    var results: [FilePath: ResultsFile] = [:]
    for place in places(below: folder).map(\.name) where place != name {
      results[place] = try? readForOverview(in: folder.appending(place))
    }
    return results
  }

  private static func readForOverview(in folder: FilePath) throws(ResultsFileError) -> ResultsFile? {
    guard let bytes = folder.appending(ResultsFile.name).contents else { return nil }
    return try ResultsFile.read(bytes, forOverview: true)
  }

  /// The folders below `folder` that hold results, and the names of what is in each.
  private static func places(below folder: FilePath) -> [(name: FilePath, files: Set<String>)] {
    var places: [(FilePath, Set<String>)] = []
    var folders = [FilePath("")]
    while let name = folders.popLast() {
      let entries = folder.appending(name).listing ?? []
      if name.parts.count < deepest { folders += entries.filter { $0.kind == .folder }.map { name.appending($0.name) } }
      let files = Set(entries.map(\.name.text))
      if !name.text.isEmpty, files.contains(ResultsFile.name) { places.append((name, files)) }
    }
    return places
  }

  // MARK: Markdown

  static func markdown(_ entries: [Entry]) -> String {
    guard !entries.isEmpty else { return "# Notebooks\n\nNo notebook has run yet.\n" }
    let rows = entries.map { entry in
      let title = MarkdownText.escaped(entry.results.title)
      let page = entry.page(preferring: [MarkdownReport.fileName, HTMLReport.fileName])
      let link =
        page.map { "[\(title)](\(MarkdownText.destination(FilePath("\(entry.folder)/\($0)").address)))" } ?? title
      let shows = entry.results.description.map(MarkdownText.escaped) ?? ""
      return [link, shows, MarkdownText.escaped(entry.status), entry.claims, entry.cells, entry.duration]
    }
    return "# Notebooks\n\n\(summary(entries)).\n\n"
      + MarkdownText.table(["notebook", "what it shows", "status", "claims held", "cells", "computed in"], rows) + "\n"
  }

  // MARK: HTML

  static func html(_ entries: [Entry]) -> String {
    let style = StyleSheet.colours + StyleSheet.layout + StyleSheet.verdicts + StyleSheet.print
    return HTMLPage.page(title: "Notebooks", style: style) { body in
      body.block("main") { main in
        main.newline()
        main.block("h1", text: "Notebooks")
        main.element(
          "p", ["class": "lead"], text: entries.isEmpty ? "No notebook has run yet." : summary(entries) + ".")
        main.block("ul", ["class": "notebooks"]) { list in for entry in entries { write(entry, to: &list) } }
      }
    }
  }

  /// All of it in a line: `3 notebooks, all passed; 50 of 50 claims held`.
  static func summary(_ entries: [Entry]) -> String {
    var words = [counted(entries.count, "notebook")]
    for (state, word) in [(RunSummary.State.passed, "passed"), (.untested, "not tested"), (.failed, "failed")] {
      let count = entries.count { $0.state == state }
      if count == entries.count {
        words.append(count == 1 ? word : "all \(word)")
      } else if count > 0 {
        words.append("\(count) \(word)")
      }
    }
    return words.joined(separator: ", ") + "; " + text(of: entries.flatMap(\.verdicts))
  }

  private static func text(of claims: [ClaimRecord.Status]) -> String {
    RunSummary.text(of: claims, standIns: 0) ?? "no claims"
  }

  private static func write(_ entry: Entry, to list: inout MarkupWriter) {
    list.block("li") { item in
      item.element("h2") { heading in
        if let page = entry.page(preferring: [HTMLReport.fileName, MarkdownReport.fileName]) {
          heading.element("a", ["href": entry.address(of: page)], text: entry.results.title)
        } else {
          heading.text(entry.results.title)
        }
      }
      if let description = entry.results.description { item.element("p", text: description) }
      item.element("p", ["class": "status \(entry.state.rawValue)"]) { line in
        line.text(
          "\(entry.status) · \(text(of: entry.verdicts)) · "
            + "\(entry.cells) \(entry.results.cells.count == 1 ? "cell" : "cells")")
        // A number stays on the line of its unit.
        let duration = entry.duration.replacing(" ", with: "\u{A0}")
        line.element("span", ["class": "byline"], text: " · \(duration)")
      }
      item.element("p", ["class": "forms"]) { line in
        line.text("\(entry.results.notebook), also as ")
        for (index, form) in entry.otherForms.enumerated() {
          if index > 0 { line.text(" · ") }
          line.element("a", ["href": entry.address(of: form.file)], text: form.name)
        }
      }
    }
  }
}

extension IndexPages.Entry {
  fileprivate func page(preferring names: [String]) -> String? { names.first { files.contains($0) } }

  /// The forms of the report other than the page that the title leads to.
  fileprivate var otherForms: [(file: String, name: String)] {
    [(MarkdownReport.fileName, "Markdown"), (JupyterReport.fileName, "Jupyter notebook"), (ResultsFile.name, "JSON")]
      .filter { files.contains($0.0) }
  }

  /// A file of the report as a link's destination, led by a dot, so that no folder's name can be read as a scheme.
  fileprivate func address(of file: String) -> String { "./" + FilePath("./\(folder)/\(file)").normalized.address }
  /// What sorts it: folders by their names, in a folder the notebooks that have an order before the others.
  var place: (FilePath, Int, FilePath) { (FilePath(folder).parent, results.order ?? .max, FilePath(folder)) }

  var state: RunSummary.State {
    RunSummary.State(
      passed: results.passed, usesStandIn: results.cells.contains(where: \.usesStandIn), claims: verdicts.count,
      held: verdicts.count(where: \.holds))
  }

  fileprivate var status: String {
    var words = ["\(state.mark) \(results.passed ? state == .untested ? "not tested" : "passed" : "failed")"]
    if results.cells.contains(where: \.usesStandIn) { words.append("stand-in data") }
    if !results.alterations.isEmpty { words.append("altered run") }
    return words.joined(separator: ", ")
  }

  fileprivate var verdicts: [ClaimRecord.Status] { results.cells.flatMap { $0.claims.map(\.status) } }
  fileprivate var claims: String { verdicts.isEmpty ? "–" : "\(verdicts.count(where: \.holds)) of \(verdicts.count)" }

  fileprivate var cells: String {
    let succeeded = results.cells.count { $0.status == .succeeded }
    return succeeded == results.cells.count ? "\(succeeded)" : "\(succeeded) of \(results.cells.count)"
  }

  fileprivate var duration: String {
    // In the order of the notebook: that of a dictionary changes, and with it the sum's last digit.
    let seconds = results.cells.map { results.volatile.cells[$0.id]?.seconds.double ?? 0 }
    return NumberText.duration(seconds: seconds.reduce(0, +))
  }
}
