import Steps

/// What the command line changes of a notebook.
public struct PlanOptions: Sendable, Equatable {
  /// `--set CELL.KEY=VALUE`
  public struct Override: Sendable, Equatable {
    /// The cell.
    public var cell: CellID
    /// The parameter's key.
    public var key: String
    /// The value's text, as a cell would give it.
    public var value: String

    /// Sets `key` of `cell`.
    public init(cell: CellID, key: String, value: String) {
      self.cell = cell
      self.key = key
      self.value = value
    }
  }

  /// Values in place of the notebook's.
  public var overrides: [Override]
  /// The seed of every cell that gives none, in place of the notebook's.
  public var seed: UInt32?

  /// These changes; none by default.
  public init(overrides: [Override] = [], seed: UInt32? = nil) {
    self.overrides = overrides
    self.seed = seed
  }
}
