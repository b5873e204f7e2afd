import NbrunSteps

/// What a run is asked for.
package struct RunOptions: Sendable, Equatable {
  /// The cells to run, with what they need; nil for all.
  package var only: Set<CellID>?
  /// Whether stored results are ignored.
  package var fresh: Bool
  /// Whether cells that do not depend on a failed one still run.
  package var keepGoing: Bool
  /// Whether a synthetic stand-in may take the place of data that is not here.
  package var standIn: Bool
  /// What changes this run from what the notebook says, for its record.
  package var alterations: [String]
  /// Results to vouch for: of a cell with a training curve among them only the curve's beginning is run again.
  package var reported: ReportedResults?

  /// Options of a run, at first those of a plain one.
  package init(
    only: Set<CellID>? = nil, fresh: Bool = false, keepGoing: Bool = false, standIn: Bool = false,
    alterations: [String] = [], reported: ReportedResults? = nil
  ) {
    (self.only, self.fresh, self.keepGoing, self.standIn) = (only, fresh, keepGoing, standIn)
    (self.alterations, self.reported) = (alterations, reported)
  }
}
