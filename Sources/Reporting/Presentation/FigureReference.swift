import NbrunSteps

/// A figure of a cell, as prose refers to it: `overfit.training`.
struct FigureReference: Sendable, Hashable {
  var cell: CellID
  var figure: FigureName
}

extension FigureReference {
  /// The figure of these names; nil where they are no names.
  init?(_ names: (cell: String, figure: String)) {
    guard let cell = CellID(names.cell), let figure = FigureName(names.figure) else { return nil }
    self.init(cell: cell, figure: figure)
  }

  var anchor: String { "figure.\(cell.text).\(figure.text)" }
}
