import NbrunDiagnostics
import NbrunRunning
import NbrunSteps

/// A cell as every report format shows it: the record's values as text, in the order in which they are read.
final class CellView: Sendable {
  /// A parameter or an input.
  struct Parameter: Sendable, Equatable {
    var key: String
    var value: String
    /// Whether it is not the step's default.
    var isChanged: Bool
    /// Whether the cell gives it, be it the default.
    var isGiven = true
    /// What the step says of it; nil where that is not known.
    var help: String?
  }

  let record: CellRecord
  /// Its figures with their captions, those that had been drawn when it failed too.
  let figures: [FigureRecord]
  /// Its parameters that apply, in the order of their declaration, but for those that are empty unless given.
  let parameters: [Parameter]
  /// What it printed, a line an element, without line ends.
  var output: [String] { printed.lines }
  /// What it printed, with its colours, and which of it is shown elsewhere.
  let printed: OutputText
  /// What is claimed and published of its metrics.
  let rows: [MetricRow]
  /// What the notebook says of the table of these.
  let tableCaption: String?
  let otherRows: [MetricRow]
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
    parameters = Self.parameters(record, planned: planned)
    let drawsTable = planned?.configured.figures.contains(PlannedCell.tableName) ?? false
    tableCaption = drawsTable ? nil : planned?.captions[PlannedCell.tableName]
    figures = (record.outcome.results?.figures ?? []).map { figure in
      var figure = figure
      figure.caption = figure.caption ?? planned?.captions[figure.name]
      figure.figure = figure.figure.showing(record.claims)
      return figure
    }
    let metrics = planned?.metrics ?? []
    rows = MetricRow.rows(record, declared: metrics)
    otherRows = MetricRow.others(record, declared: metrics)
    printed = OutputText(record, rows: rows)
  }

  private static func parameters(_ record: CellRecord, planned: PlannedCell?) -> [Parameter] {
    let declared = planned?.step.entries.map(\.key) ?? []
    let others = record.parameters.keys.filter { !declared.contains($0) }.sorted()
    let all = (declared + others).compactMap { key in
      record.parameters[key].map { value in
        let isChanged = record.changedKeys.contains(key)
        return Parameter(
          key: key, value: value.inlineText, isChanged: isChanged,
          isGiven: isChanged || planned?.values[key] != nil || planned?.step.entry(key)?.declaration.isInput == true,
          help: planned?.step.entry(key)?.declaration.help)
      }
    }
    return all.filter { $0.isGiven || ($0.value != "null" && $0.value != "[]" && $0.value != "") }
  }

  /// What the cell says of its parameters.
  var givenParameters: [Parameter] { parameters.filter(\.isGiven) }
  /// What it leaves to its step.
  var defaults: [Parameter] { parameters.filter { !$0.isGiven } }
  /// Words for a fold around its defaults: `3 defaults`.
  var defaultsSummary: String { counted(defaults.count, "default") }
  /// Words for a fold around the metrics of which nothing is claimed: `2 other metrics`, or `5 metrics` where those are all.
  var otherRowsSummary: String { counted(otherRows.count, rows.isEmpty ? "metric" : "other metric") }
  /// Whether its output is to be folded away. The last that a cell said before it failed stays in sight.
  var foldsOutput: Bool { visibility == .folded && verdict != .failed }
  var id: CellID { record.id }
  /// How long it took; nil where it did not run.
  var duration: String? { record.outcome.results.map { NumberText.duration(seconds: $0.seconds) } }

  /// What else it took: `processor 6 min 2 s, memory 510 MB at most`; nil where that is not known.
  var use: String? {
    record.outcome.results?.use.map { use in
      let time = NumberText.duration(seconds: use.cpuSeconds)
      return "processor \(time), memory \(NumberText.bytes(use.peakBytes)) at most"
    }
  }

  var verdict: Verdict { record.verdict }

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
    case failed
    case notRun = "not-run"

    /// What is wrong, in a word or two; empty where nothing is.
    var trouble: String {
      switch self {
      case .plain, .held, .notTested: ""
      case .broken: "broken claim"
      case .failed: "failed"
      case .notRun: "not run"
      }
    }
  }
}

extension CellRecord {
  /// The worst that can be said of it.
  var verdict: CellView.Verdict {
    switch outcome {
    case .failed: return .failed
    case .notRun: return .notRun
    case .succeeded:
      let statuses = Set(claims.map(\.status))
      if statuses.contains(.broken) { return .broken }
      if statuses.contains(.notTested) { return .notTested }
      return statuses.isEmpty ? .plain : .held
    }
  }
}

extension EntryDeclaration {
  /// Whether it is the id of another cell rather than a value.
  fileprivate var isInput: Bool { if case .input = self { true } else { false } }

  fileprivate var help: String {
    switch self {
    case .parameter(let declaration): declaration.help
    case .input(let declaration): declaration.help
    }
  }
}
