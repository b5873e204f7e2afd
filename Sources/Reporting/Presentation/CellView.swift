import Plotting
import Running
import Steps

/// A cell as every report format shows it: the record's values as text, in the order in which they are read.
struct CellView: Sendable {
  /// A parameter or an input.
  struct Parameter: Sendable, Equatable {
    var key: String
    var value: String
    /// Whether it is not the step's default.
    var isChanged: Bool
  }

  let record: CellRecord
  /// Its figures with their captions, those that had been drawn when it failed too.
  let figures: [FigureRecord]
  /// Its parameters in the order of their declaration.
  let parameters: [Parameter]
  /// What it printed, a line an element, without line ends.
  var output: [String] { printed.lines }
  /// What it printed, with its colours, and which of it is shown elsewhere.
  let printed: OutputText
  /// What is claimed and published of its metrics.
  let rows: [MetricRow]
  /// How much of it is shown.
  let visibility: CellVisibility
  /// Words that tools may select it by.
  let tags: [String]
  /// The text of its cell in the notebook, without the fence.
  let source: String

  /// - Parameter planned: the cell's plan, which knows the parameters' order and how much is to be shown.
  init(_ record: CellRecord, planned: PlannedCell?, source: String = "") {
    self.record = record
    self.source = source
    visibility = planned?.show ?? .all
    tags = planned?.tags ?? []
    let declared = planned?.step.entries.map(\.key) ?? []
    let others = record.parameters.keys.filter { !declared.contains($0) }.sorted()
    parameters = (declared + others).compactMap { key in
      record.parameters[key].map {
        Parameter(key: key, value: $0.inlineText, isChanged: record.changedKeys.contains(key))
      }
    }
    figures = (record.outcome.results?.figures ?? []).map { figure in
      var figure = figure
      figure.caption = figure.caption ?? planned?.captions[figure.name]
      figure.figure = figure.figure.showing(record.claims)
      return figure
    }
    rows = MetricRow.rows(record)
    printed = OutputText(record, rows: rows)
  }

  /// The parameters that say something: not those that nobody gave and that mean nothing when they are not given.
  var shownParameters: [Parameter] {
    parameters.filter { $0.isChanged || ($0.value != "null" && $0.value != "[]" && $0.value != "") }
  }

  var id: CellID { record.id }

  /// How long it took; nil where it did not run.
  var duration: String? {
    record.outcome.results.map { NumberText.duration(seconds: $0.seconds) }
  }

  /// The worst that can be said of it.
  var verdict: Verdict {
    switch record.outcome {
    case .failed: return .failed
    case .notRun: return .notRun
    case .succeeded:
      let statuses = Set(record.claims.map(\.status))
      if statuses.contains(.broken) { return .broken }
      if statuses.contains(.notTested) { return .notTested }
      return statuses.isEmpty ? .plain : .held
    }
  }

  /// What a cell's mark in a report says.
  enum Verdict: String, Sendable {
    /// It ran, and nothing is claimed of it.
    case plain
    /// All that is claimed of it is true.
    case held
    /// Something that is claimed of it is not true.
    case broken
    /// Something that is claimed of it could not be tested.
    case notTested = "not-tested"
    /// It failed.
    case failed
    /// It did not run.
    case notRun = "not-run"
  }
}
