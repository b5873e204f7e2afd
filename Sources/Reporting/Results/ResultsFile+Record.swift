import NbrunRunning
import NbrunSteps

extension ResultsFile {
  /// The results of `record`.
  /// - Parameters:
  ///   - files: what the run writes, as paths below the output folder.
  ///   - cells: its cells, where they have been made before, perhaps with other volatile values.
  package init(_ record: RunRecord, files: [String], cells: [Cell]? = nil) {
    notebook = record.notebook
    digest = record.digest
    title = record.title
    passed = record.passed
    numerics = record.numerics
    alterations = record.alterations
    self.cells = cells ?? concurrentMap(record.cells) { Cell($0) }
    data = record.data
    self.files = files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let ran = record.cells.compactMap { cell in cell.outcome.results.map { (cell.id, VolatileCell(cell, $0)) } }
    volatile = Volatile(
      environment: record.environment, sources: record.sources, cells: Dictionary(uniqueKeysWithValues: ran))
  }
}

extension ResultsFile.Cell {
  init(_ record: CellRecord) {
    id = record.id
    step = record.step
    switch record.outcome {
    case .succeeded: status = .succeeded
    case .failed(let why, _):
      status = .failed
      failure = why
    case .notRun(let reason):
      status = .notRun
      failure = StepFailure(reason.sentence)
      self.reason = reason
    }
    seed = record.seed
    usesStandIn = record.usesStandIn
    parameters = record.parameters
    claims = record.claims.map { ResultsFile.Claim(claim: $0.claim.text, status: $0.status) }
    references = record.references.map { ResultsFile.Reference(metric: $0.metric, value: .real($0.value)) }
    let results = record.outcome.results ?? .empty
    metrics = results.metrics.filter { !record.isVolatile(metric: $0.key) }.mapValues(\.json)
    series = results.series.filter { !record.isVolatile(series: $0.key) }.mapValues { $0.map(\.json) }
    float32 = Set(results.metrics.filter { $0.value.isFloat }.keys)
      .union(results.series.filter { $0.value.contains(where: \.isFloat) }.keys)
    output = results.output.separatedLines.map { item in
      if case .seriesLine(let key, _) = item, record.isVolatile(series: key) { .seriesLine(key, "") } else { item }
    }
    figures = results.figures.map { figure in
      ResultsFile.Figure(
        name: figure.name, file: FigureFile.path(cell: record.id, figure: figure.name), isVolatile: figure.isVolatile,
        data: figure.isVolatile ? nil : FigureCoding.json(figure.figure))
    }
  }
}

extension ResultsFile.VolatileCell {
  init(_ record: CellRecord, _ results: CellResults) {
    seconds = .real(results.seconds)
    cpuSeconds = results.use.map { .real($0.cpuSeconds) }
    peakBytes = results.use?.peakBytes
    metrics = results.metrics.filter { record.isVolatile(metric: $0.key) }.mapValues(\.json)
    series = results.series.filter { record.isVolatile(series: $0.key) }.mapValues { $0.map(\.json) }
    for case .seriesLine(let key, let text) in results.output where record.isVolatile(series: key) {
      lines.append(text)
    }
    for figure in results.figures where figure.isVolatile { figures[figure.name] = FigureCoding.json(figure.figure) }
  }
}

extension MetricValue {
  fileprivate var isFloat: Bool { if case .float = self { true } else { false } }
}

extension RunRecord {
  /// The digests of the sources that computed, each with the names of the steps that they computed, in order.
  var sources: [String: [StepName]] {
    var sources: [String: Set<StepName>] = [:]
    for cell in cells where cell.outcome.results != nil {
      if let digest = cell.codeIdentity { sources[digest, default: []].insert(cell.step) }
    }
    return sources.mapValues { $0.sorted() }
  }
}

extension CellRecord {
  /// Whether the values of a metric belong under `volatile`: noise and times. One that nothing is known of does, too.
  func isVolatile(metric key: MetricKey) -> Bool { [.noise, .volatile, nil].contains(metricKinds[key]) }

  /// Whether the values of a series belong under `volatile`.
  func isVolatile(series key: MetricKey) -> Bool { [.volatile, nil].contains(seriesKinds[key]) }
}
