import Steps

/// Gathers what a cell prints and reports, and holds it against what its step declares.
struct CellRecorder: Sendable {
  private let step: StepName
  private let declaredMetrics: Set<MetricKey>
  private let declaredSeries: Set<MetricKey>
  private let declaredFigures: Set<FigureName>
  private var capture: OutputCapture
  private var metrics: [MetricKey: MetricValue]
  private var series: [MetricKey: [MetricValue]]
  private var figures: [FigureRecord]
  /// The first report that the declarations do not allow.
  private var violation: CellFailure?

  /// A recorder for `cell`, starting from what an earlier part of the same run reported.
  init(_ cell: PlannedCell, resuming earlier: CellResults = CellResults()) {
    step = cell.step.name
    declaredMetrics = Set(cell.metrics.map(\.key))
    declaredSeries = Set(cell.series.map(\.key))
    declaredFigures = Set(cell.configured.figures)
    capture = OutputCapture(resuming: earlier.output)
    metrics = earlier.metrics
    series = earlier.series
    figures = earlier.figures
  }

  /// Takes in printed bytes.
  mutating func print(_ bytes: some Collection<UInt8>) {
    capture.append(bytes)
  }

  /// Takes in what the step reported.
  mutating func record(_ event: CellEvent) {
    switch event {
    case .metric(let key, let value, let line):
      if !declaredMetrics.contains(key) {
        refuse("reports the metric \"\(key)\" without declaring it")
      } else if metrics[key] != nil {
        // The line printed first would show the second value.
        refuse("reports the metric \"\(key)\" twice")
      }
      metrics[key] = value
      if let line { capture.append(.metric(key, line)) }
    case .series(let key, let values, let line):
      if !declaredSeries.contains(key) { refuse("reports the series \"\(key)\" without declaring it") }
      series[key, default: []] += values
      if let line { capture.append(.seriesLine(key, line)) }
    case .figure(let name, let figure, let isVolatile):
      if !declaredFigures.contains(name) {
        refuse("draws the figure \"\(name)\" without declaring it")
      } else if figures.contains(where: { $0.name == name }) {
        refuse("draws the figure \"\(name)\" twice")
      }
      figures.removeAll { $0.name == name }
      figures.append(FigureRecord(name: name, figure: figure, isVolatile: isVolatile))
    case .progress, .checkpoint: break
    }
  }

  private mutating func refuse(_ what: String) {
    if violation == nil { violation = CellFailure("the step \(step) \(what)") }
  }

  /// Everything so far.
  func results(seconds: Double) -> CellResults {
    CellResults(output: capture.output, metrics: metrics, series: series, figures: figures, seconds: seconds)
  }

  /// What is wrong with the reports of a step that has ended: what it did not declare, or declared and left out.
  var fault: CellFailure? {
    violation ?? omission.map { CellFailure("the step \(step) declares \($0) and ends without reporting it") }
  }

  private var omission: String? {
    if let key = declaredMetrics.subtracting(metrics.keys).min() { return "the metric \"\(key)\"" }
    if let key = declaredSeries.subtracting(series.keys).min() { return "the series \"\(key)\"" }
    if let name = declaredFigures.subtracting(figures.map(\.name)).min() { return "the figure \"\(name)\"" }
    return nil
  }
}
