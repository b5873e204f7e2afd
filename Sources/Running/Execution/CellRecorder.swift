import NbrunSteps

/// What a cell has printed and reported by some moment: enough to go on from there.
struct CellReport: Sendable, Codable {
  var capture = OutputCapture()
  var metrics: [MetricKey: MetricValue] = [:]
  var series: [MetricKey: [MetricValue]] = [:]
  var figures: [FigureRecord] = []
  /// What computing it took, as far as the worker has said.
  var use: ResourceUse?
  /// The first report that the declarations do not allow.
  var violation: StepFailure?

  /// The report as results of a cell that has taken so many seconds.
  func results(seconds: Double) -> CellResults {
    CellResults(output: capture.output, metrics: metrics, series: series, figures: figures, seconds: seconds, use: use)
  }
}

/// Gathers what a cell prints and reports, and holds it against what its step declares.
struct CellRecorder: Sendable {
  private let step: StepName
  private let declaredMetrics: Set<MetricKey>
  private let declaredSeries: Set<MetricKey>
  private let declaredFigures: Set<FigureName>
  private let summaries: [(key: MetricKey, summary: Metric.Summary)]
  /// Everything so far.
  private(set) var report: CellReport
  private let earlierUse: ResourceUse?

  /// A recorder for `cell`, starting from what an earlier part of the same run reported.
  init(_ cell: PlannedCell, resuming earlier: CellReport = CellReport()) {
    step = cell.step.name
    declaredMetrics = Set(cell.metrics.map(\.key))
    declaredSeries = Set(cell.series.map(\.key))
    declaredFigures = Set(cell.configured.figures)
    summaries = cell.metrics.compactMap { metric in metric.summary.map { (metric.key, $0) } }
    report = earlier
    earlierUse = earlier.use
  }

  mutating func print(_ bytes: [UInt8]) { report.capture.append(bytes) }
  /// Takes in what the cell took since it was started or went on.
  mutating func note(_ use: ResourceUse) { report.use = use.adding(earlierUse) }

  mutating func record(_ event: CellEvent) {
    switch event {
    case .metric(let key, let value, let line):
      if !declaredMetrics.contains(key) {
        refuse("reports the metric \"\(key)\" without declaring it")
      } else if report.metrics[key] != nil {
        // The line printed first would show the second value.
        refuse("reports the metric \"\(key)\" twice")
      }
      report.metrics[key] = value
      if let line { report.capture.append(.metric(key, line)) }
    case .series(let key, let values, let line):
      if !declaredSeries.contains(key) { refuse("reports the series \"\(key)\" without declaring it") }
      report.series[key, default: []] += values
      if let line { report.capture.append(.seriesLine(key, line)) }
    case .figure(let name, let figure, let isVolatile):
      if !declaredFigures.contains(name) { refuse("draws the figure \"\(name)\" without declaring it") }
      // Drawn again, it has grown: the newest stands in the place of the first.
      let drawn = FigureRecord(name: name, figure: figure, isVolatile: isVolatile)
      if let index = report.figures.firstIndex(where: { $0.name == name }) {
        report.figures[index] = drawn
      } else {
        report.figures.append(drawn)
      }
    case .progress, .checkpoint: break
    }
  }

  private mutating func refuse(_ what: String) {
    if report.violation == nil { report.violation = StepFailure("the step \(step) \(what)") }
  }

  /// What is wrong with the reports of a step that has ended: what it did not declare, or declared and left out.
  var fault: StepFailure? {
    report.violation ?? omission.map { StepFailure("the step \(step) declares \($0) and ends without reporting it") }
      ?? wrongSummary
  }

  private var wrongSummary: StepFailure? {
    for (key, summary) in summaries {
      guard let number = report.metrics[key], !summary.holds(number, of: report.series[summary.series] ?? [])
      else { continue }
      return StepFailure(
        "the step \(step) reports the metric \"\(key)\", which is not the \(summary.value) value of the series "
          + "\"\(summary.series)\" as it declares")
    }
    return nil
  }

  private var omission: String? {
    if let key = declaredMetrics.subtracting(report.metrics.keys).min() { return "the metric \"\(key)\"" }
    if let key = declaredSeries.subtracting(report.series.keys).min() { return "the series \"\(key)\"" }
    if let name = declaredFigures.subtracting(report.figures.map(\.name)).min() { return "the figure \"\(name)\"" }
    return nil
  }
}
