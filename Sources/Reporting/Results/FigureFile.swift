import Plotting
import Steps

/// The file of a figure that stands alone. Its name is made of names of the notebook language, so it can lead nowhere else.
enum FigureFile {
  /// The folder of figures below a notebook's output folder.
  static let folder = "figures"

  /// `figures/CELL.NAME.svg`
  static func path(cell: CellID, figure: FigureName) -> String {
    "\(folder)/\(cell.text).\(figure.text).svg"
  }

  /// The figures of `report` as files of their own, by their paths.
  static func texts(of report: Report) -> [String: String] {
    let figures = report.record.cells.flatMap { cell in
      (cell.outcome.results?.figures ?? []).map { (path: path(cell: cell.id, figure: $0.name), figure: $0) }
    }
    let texts = concurrentMap(figures) { path, figure in
      (path, figure.figure.svg(.standalone).string)
    }
    // A figure that is drawn again replaces itself.
    return Dictionary(texts, uniquingKeysWith: { $1 })
  }
}
