import NbrunSteps

/// What the command line changes of a notebook.
package struct PlanOptions: Sendable, Equatable {
  /// `--set CELL.KEY=VALUE`
  package struct Override: Sendable, Equatable {
    package var cell: CellID
    /// The parameter's key.
    package var key: String
    /// The value's text, as a cell would give it.
    package var value: String

    package init(cell: CellID, key: String, value: String) { (self.cell, self.key, self.value) = (cell, key, value) }
  }

  /// Values in place of the notebook's.
  package var overrides: [Override]
  /// The seed of every cell that gives none, in place of the notebook's.
  package var seed: UInt32?

  /// These changes; none by default.
  package init(overrides: [Override] = [], seed: UInt32? = nil) { (self.overrides, self.seed) = (overrides, seed) }
}
