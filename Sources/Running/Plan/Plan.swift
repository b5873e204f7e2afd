import Diagnostics
import Notebooks
import Steps

/// What a notebook will do, with everything that can be proved proved: each cell's step configured and validated, each
/// reference resolved. Making one has no effects.
public struct Plan: Sendable {
  /// The notebook.
  public var notebook: Notebook
  /// Its step cells in the order of the notebook.
  public var cells: [PlannedCell]
  /// What the user should know although it stops nothing.
  public var warnings: [Diagnostic]

  /// The cell with the id `id`.
  public subscript(id: CellID) -> PlannedCell? {
    cells.first { $0.id == id }
  }

  /// The cells that `ids` need, and those themselves, in the order of the notebook.
  public func closure(of ids: some Sequence<CellID>) -> [CellID] {
    var needed = Set(ids)
    for cell in cells.reversed() where needed.contains(cell.id) {
      needed.formUnion(cell.dependencies)
    }
    return cells.map(\.id).filter(needed.contains)
  }
}
