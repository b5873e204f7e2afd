import FilePaths
import Foundation
import Notebooks

/// The notebooks before and after another one in the order that front matter gives those of a folder.
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

  /// None.
  package init() {}

  /// The neighbours of `notebook` among the files of its folder; none where it has no place in an order.
  package init(of notebook: Notebook) {
    guard let own = notebook.frontMatter.order?.value else { return }
    let (folder, name) = (notebook.place.file.parent, notebook.place.file.name)
    var places: [(order: Int, name: String, title: String)] = [(own, name, notebook.title)]
    for entry in folder.entries ?? [] where entry != name {
      let file = folder.appending(entry)
      guard ReportLayout.isNotebook(file), !ReportLayout.isAboutProject(file),
        let bytes = try? file.read(upTo: 1 << 20),
        let (order, title) = NotebookParser.orderAndTitle(of: bytes, name: entry)
      else { continue }
      places.append((order, entry, title))
    }
    places.sort { ($0.order, $0.name) < ($1.order, $1.name) }
    guard let index = places.firstIndex(where: { $0.name == name }) else { return }
    func neighbour(_ index: Int) -> Neighbour? {
      guard places.indices.contains(index) else { return nil }
      return Neighbour(title: places[index].title, address: "./" + FilePath(places[index].name).address)
    }
    (previous, next) = (neighbour(index - 1), neighbour(index + 1))
  }
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
    guard outputs != nil else { return [] }
    var ways: [Way] = []
    if let address = overviewAddress(overview) { ways.append(Way(text: "All reports", address: address)) }
    for (relation, neighbour) in [("prev", neighbours.previous), ("next", neighbours.next)] {
      guard let neighbour, let address = destination(neighbour.address, reportFile: file) else { continue }
      let text = relation == "prev" ? "← \(neighbour.title)" : "\(neighbour.title) →"
      ways.append(Way(relation: relation, text: text, address: address))
    }
    return ways
  }
}
