import NbrunRunning
import NbrunSteps

/// The file of a figure that stands alone. Its name is made of names of the notebook language, so it can lead nowhere else.
enum FigureFile {
  /// The folder of figures below a notebook's output folder.
  static let folder = "figures"

  /// `figures/CELL.NAME.svg`
  static func path(cell: CellID, figure: FigureName) -> String { "\(folder)/\(cell.text).\(figure.text).svg" }
  /// `figures/CELL.NAME.dark.svg`: the drawing for dark pages. Names have no dots, so no other figure's file is called so.
  static func darkPath(cell: CellID, figure: FigureName) -> String { "\(folder)/\(cell.text).\(figure.text).dark.svg" }

  /// The figures of `report`, with lines for what is claimed of them, as files of their own, for light pages and for dark ones, by
  /// their paths; and, for documents that hold them, as drawings that follow their reader, by the paths of the light ones.
  static func texts(of report: Report) -> (files: [String: String], adaptive: [String: String]) {
    let figures = report.record.cells.flatMap { cell in
      (cell.outcome.results?.figures ?? []).map {
        (cell: cell.id, name: $0.name, figure: $0.figure.showing(cell.claims))
      }
    }
    let drawings = concurrentMap(figures) { $0.figure.files }
    // A figure that is drawn again replaces itself.
    var texts: (files: [String: String], adaptive: [String: String]) = ([:], [:])
    for ((cell, name, _), drawing) in zip(figures, drawings) {
      let path = path(cell: cell, figure: name)
      texts.files[path] = drawing.light
      texts.files[darkPath(cell: cell, figure: name)] = drawing.dark
      texts.adaptive[path] = drawing.adaptive
    }
    return texts
  }
}
