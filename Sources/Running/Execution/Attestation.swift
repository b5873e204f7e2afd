import NbrunSteps

/// Results of an earlier run, as a committed report tells them: what `verify --attest` vouches for.
package struct ReportedResults: Sendable, Equatable {
  package var results: [CellID: CellResults]
  /// Whether they were computed by this program's numeric variant, so that the repeated part must agree to the last bit.
  package var isSameVariant: Bool

  package init(results: [CellID: CellResults], isSameVariant: Bool) {
    self.results = results
    self.isSameVariant = isSameVariant
  }
}

/// How a long training is vouched for without repeating it: its first iterations are run again and must agree.
struct Attestation {
  /// What the report says of the cell.
  let reported: CellResults
  /// The training curves: how many values of each must agree, and how closely.
  private let prefixes: [(key: MetricKey, count: Int, tolerance: Double)]
  /// Whether the same numeric variant computed what the report says, so that lines and metrics agree to the last digit.
  private let isSameVariant: Bool
  private let lastingMetrics: Set<MetricKey>
  private let volatileSeries: Set<MetricKey>

  /// An attestation of `cell`; nil where it reports no training curve, so that it has to be run in full.
  init?(of cell: PlannedCell, by reported: CellResults, isSameVariant: Bool) {
    self.reported = reported
    self.isSameVariant = isSameVariant
    lastingMetrics = Set(cell.metrics.filter { ![.noise, .volatile].contains($0.kind) }.map(\.key))
    volatileSeries = Set(cell.series.filter { $0.kind == .volatile }.map(\.key))
    prefixes = cell.series.compactMap { series in
      guard case .chaotic(let prefix, let relative) = series.kind, let values = reported.series[series.key] else {
        return nil
      }
      return (series.key, min(prefix, values.count), isSameVariant ? 0 : relative)
    }
    guard prefixes.contains(where: { $0.count > 0 }) else { return nil }
  }

  var iterations: Int { prefixes.map(\.count).max() ?? 0 }

  /// Whether so much has been repeated that the rest need not be.
  func isEnough(_ report: CellReport) -> Bool {
    prefixes.allSatisfy { report.series[$0.key, default: []].count >= $0.count }
  }

  /// Where the repeated part does not agree; nil where it does.
  func disagreement(_ report: CellReport) -> StepFailure? {
    for prefix in prefixes {
      let repeated = report.series[prefix.key, default: []].map(\.double)
      let told = reported.series[prefix.key, default: []].map(\.double)
      guard repeated.count >= prefix.count else {
        return StepFailure("the repeated run ended before \(prefix.count) values of the series \"\(prefix.key)\"")
      }
      for index in 0..<prefix.count {
        let (old, new) = (told[index], repeated[index])
        let agrees = old == new || (old.isNaN && new.isNaN) || abs(new - old) <= prefix.tolerance * abs(old)
        if !agrees {
          return StepFailure(
            "value \(index + 1) of the series \"\(prefix.key)\" is \(new) when repeated, and the report says \(old)")
        }
      }
    }
    return isSameVariant ? disagreementOfLines(report) ?? disagreementOfMetrics(report) : nil
  }

  private func disagreementOfLines(_ report: CellReport) -> StepFailure? {
    let (repeated, told) = (report.capture.output.joined, reported.output.joined)
    for (index, item) in repeated.enumerated() {
      let isSame: Bool =
        switch (item, index < told.count ? told[index] : nil) {
        case (.text(let new), .text(let old)?) where index == repeated.count - 1: old.utf8.starts(with: new.utf8)
        case (.seriesLine(let new, _), .seriesLine(let old, _)?) where volatileSeries.contains(new): new == old
        case (let new, let old?): new == old
        case (_, nil): false
        }
      if !isSame { return StepFailure("what it prints when it is repeated is not what the report shows") }
    }
    return nil
  }

  private func disagreementOfMetrics(_ report: CellReport) -> StepFailure? {
    for (key, value) in report.metrics.sorted(by: { $0.key < $1.key }) where lastingMetrics.contains(key) {
      let (old, new) = (reported.metrics[key]?.double ?? .nan, value.double)
      guard old != new, !(old.isNaN && new.isNaN) else { continue }
      return StepFailure("the metric \"\(key)\" is \(new) when repeated, and the report says \(old)")
    }
    return nil
  }
}
