import NbrunDiagnostics
import NbrunNotebooks
import NbrunSteps

/// What a notebook will do, with everything that can be proved proved: each cell's step configured and validated, each
/// reference resolved. Making one has no effects.
package struct Plan: Sendable {
  package var notebook: Notebook
  /// Its step cells in the order of the notebook.
  package let cells: [PlannedCell]
  /// What the user should know although it stops nothing.
  package var warnings: [Diagnostic]
  private let places: [CellID: Int]

  init(notebook: Notebook, cells: [PlannedCell], warnings: [Diagnostic]) {
    self.notebook = notebook
    self.cells = cells
    self.warnings = warnings
    places = Dictionary(firstOf: cells.enumerated().map { ($1.id, $0) })
  }

  package subscript(id: CellID) -> PlannedCell? { places[id].map { cells[$0] } }

  /// The cells that `ids` need, and those themselves, in the order of the notebook.
  package func closure(of ids: some Sequence<CellID>) -> [CellID] {
    var needed = Set(ids)
    for cell in cells.reversed() where needed.contains(cell.id) { needed.formUnion(cell.dependencies) }
    return cells.map(\.id).filter(needed.contains)
  }
}
