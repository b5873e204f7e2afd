import NbrunMarkdown
import NbrunSteps

/// What prose shows for `{{ CELL.METRIC }}`.
enum InlineValueText: Sendable, Equatable {
  /// The measured number.
  case number(String)
  /// Why there is none: *failed*, *not run* or *stand-in data*.
  case missing(String)

  init(_ value: InlineValue, in report: Report) {
    guard let id = CellID(value.cell), let key = MetricKey(value.metric), let cell = report[id] else {
      self = .missing("not run")
      return
    }
    if case .failed = cell.outcome {
      self = .missing("failed")
    } else if cell.usesStandIn {
      self = .missing("stand-in data")
    } else if let number = cell.outcome.results?.metrics[key] {
      self = .number((value.numberFormat ?? cell.printedFormat(of: key) ?? .shortest).text(number))
    } else {
      self = .missing("not run")
    }
  }
}
