import NbrunFilePaths
import NbrunPlatform
import NbrunNotebooks

/// The notebooks before and after another one in the order that an `index.md` of the folder or one above it gives them, or their front
/// matter.
///
/// The order is the notebooks' own: which of them have run, and when, changes no report.
package struct ReportNeighbours: Sendable, Equatable {
  /// A notebook that has one of these places.
  package struct Neighbour: Sendable, Equatable {
    var title: String
    /// How the notebook beside it would link to it.
    var address: String
  }

  var previous: Neighbour?
  var next: Neighbour?
  /// The notebook's own place in the order; nil where it has none.
  var order: Int?

  package init() {}

  /// The neighbours of `notebook` among the files that an index lists with it, or of its folder; none where it has no place in an order.
  package init(of notebook: Notebook) {
    let index = Self.index(for: notebook.place)
    let folder = index?.folder ?? notebook.place.file.parent
    let name = notebook.place.file.below(folder)?.text ?? notebook.place.file.name
    // Without an index, all files of the folder, each of which knows its own place.
    let listed = index?.files
    order = listed.map { $0.firstIndex(of: name).map { $0 + 1 } } ?? notebook.frontMatter.order?.value
    guard let order else { return }
    var places: [(order: Int, name: String, title: String)] = [(order, name, notebook.title)]
    for (position, entry) in (listed ?? folder.entries ?? []).enumerated() where entry != name {
      let file = folder.appending(entry)
      guard ReportLayout.isNotebook(file), !ReportLayout.isAboutProject(file),
        let bytes = try? file.read(upTo: Self.mostBytes),
        let (own, title) = NotebookParser.orderAndTitle(of: bytes, name: file.name),
        let order = listed == nil ? own : position + 1
      else { continue }
      places.append((order, entry, title))
    }
    places.sort { ($0.order, $0.name) < ($1.order, $1.name) }
    guard let index = places.firstIndex(where: { $0.name == name }) else { return }
    func neighbour(_ index: Int) -> Neighbour? {
      guard places.indices.contains(index) else { return nil }
      let way = folder.appending(places[index].name).relative(to: notebook.place.file.parent)
      return Neighbour(title: places[index].title, address: "./" + way.address)
    }
    (previous, next) = (neighbour(index - 1), neighbour(index + 1))
  }

  /// The index that says where a notebook stands: of those of its folder and of the folders above it in the project the nearest that
  /// lists it, else that of its folder; nil where that lists nothing.
  private static func index(for place: NotebookPlace) -> (folder: FilePath, files: [String])? {
    let parts = place.name.parts
    let indexes = parts.indices.reversed().map { depth in
      let folder = place.root.appending(FilePath(parts: parts[..<depth], isAbsolute: false))
      let index = try? FolderIndex(folder.appending(FolderIndex.fileName).read(upTo: mostBytes))
      return (folder: folder, files: index?.files ?? [], name: FilePath(parts: parts[depth...], isAbsolute: false).text)
    }
    let found = indexes.first { $0.files.contains($0.name) } ?? indexes.first
    return found.flatMap { $0.files.isEmpty ? nil : ($0.folder, $0.files) }
  }

  /// How much of a neighbour is read.
  private static let mostBytes = 1 << 20
}

extension ReportPlace {
  /// A way from a report to another page.
  struct Way: Sendable, Equatable {
    /// `prev` or `next`; nil for the overview.
    var relation: String?
    var text: String
    var address: String
  }

  /// The ways from a report to the overview of all and to the reports beside it.
  /// - Parameters:
  ///   - file: the report's own file name, which the others of its kind have, too.
  ///   - overview: the name of the overview of that kind.
  func ways(reportFile file: String, overview: String) -> [Way] {
    guard let outputs else { return [] }
    var ways: [Way] = []
    // A run beside the project's outputs makes no overview: it leads to one that is there.
    let hasOverview = folder.normalized.below(outputs.normalized) != nil || outputs.appending(overview).kind == .file
    if hasOverview, let address = overviewAddress(overview) { ways.append(Way(text: "All reports", address: address)) }
    for (relation, neighbour) in [("prev", neighbours.previous), ("next", neighbours.next)] {
      guard let neighbour, let address = destination(neighbour.address, reportFile: file) else { continue }
      let text = relation == "prev" ? "← \(neighbour.title)" : "\(neighbour.title) →"
      ways.append(Way(relation: relation, text: text, address: address))
    }
    return ways
  }
}
