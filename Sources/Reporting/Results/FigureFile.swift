import Steps

/// The file of a figure that stands alone. Its name is made of names of the notebook language, so it can lead nowhere else.
enum FigureFile {
  /// The folder of figures below a notebook's output folder.
  static let folder = "figures"

  /// `figures/CELL.NAME.svg`
  static func path(cell: CellID, figure: FigureName) -> String {
    "\(folder)/\(cell.text).\(figure.text).svg"
  }
}
