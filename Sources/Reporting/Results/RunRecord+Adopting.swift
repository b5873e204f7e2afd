import NbrunJSONValues
import NbrunRunning
import NbrunSteps

extension RunRecord {
  /// The same run with the times, noise and machine of another, so that its report comes out as that one's did.
  func adopting(volatileValuesOf file: ResultsFile) -> RunRecord {
    adopting(file.volatile) { cell, values in
      if let values { cell.adopt(values) }
    }
  }

  /// The run that a results file tells of. What the notebook says of its cells, and what follows from other values, such as the
  /// verdicts on claims, is not taken from the file but made again: where the file says otherwise, its text is not that of the
  /// record.
  func told(by file: ResultsFile) -> RunRecord {
    let cells = Dictionary(firstOf: file.cells.map { ($0.id, $0) })
    var record = self
    (record.numerics, record.alterations, record.data) = (file.numerics, file.alterations, file.data)
    return record.adopting(file.volatile) { cell, values in
      if let told = cells[cell.id] { cell.adopt(told, values) } else { cell.outcome = .notRun(.interrupted) }
    }
  }

  private func adopting(
    _ volatile: ResultsFile.Volatile, _ adopt: (inout CellRecord, ResultsFile.VolatileCell?) -> Void
  ) -> RunRecord {
    var record = self
    record.environment = volatile.environment
    record.environment.program = environment.program
    for index in record.cells.indices {
      adopt(&record.cells[index], volatile.cells[record.cells[index].id])
      record.cells[index].codeIdentity = volatile.sources(of: record.cells[index].step)
    }
    record.judgeClaims()
    return record
  }
}

extension DataLocation {
  /// What results depend on: neither where the data lies nor what only came with it, where a README did.
  var identity: DataLocation {
    DataLocation(folder: "", digests: digests, isOriginal: isOriginal, isStandIn: isStandIn)
  }
}

extension CellRecord {
  /// Takes over the values of another run that differ from run to run.
  fileprivate mutating func adopt(_ values: ResultsFile.VolatileCell) {
    guard var results = outcome.results else { return }
    results.seconds = values.seconds.double ?? results.seconds
    results.use = values.use
    for (key, number) in values.metrics where isVolatile(metric: key) {
      if let old = results.metrics[key] { results.metrics[key] = .read(number, like: old) ?? old }
    }
    for (key, numbers) in values.series where isVolatile(series: key) {
      if let like = results.series[key]?.first {
        results.series[key] = numbers.compactMap { .read($0, like: like) }
      }
    }
    adopt(lines: values.lines, in: &results)
    for index in results.figures.indices where results.figures[index].isVolatile {
      if let data = values.figures[results.figures[index].name], let figure = FigureCoding.figure(data) {
        results.figures[index].figure = figure
      }
    }
    outcome = outcome.replacing(results)
  }

  /// Takes over what a results file says that this cell found.
  mutating func adopt(_ cell: ResultsFile.Cell, _ volatile: ResultsFile.VolatileCell?) {
    usesStandIn = cell.usesStandIn
    let captions = Dictionary(firstOf: (outcome.results?.figures ?? []).map { ($0.name, $0.caption) })
    var results = CellResults.empty
    results.seconds = volatile?.seconds.double ?? 0
    results.use = volatile?.use
    for (key, number) in cell.metrics.merging(volatile?.metrics ?? [:], uniquingKeysWith: { first, _ in first }) {
      results.metrics[key] = .read(number, isFloat: cell.float32.contains(key))
    }
    for (key, numbers) in cell.series.merging(volatile?.series ?? [:], uniquingKeysWith: { first, _ in first }) {
      let isFloat = cell.float32.contains(key)
      results.series[key] = numbers.compactMap { .read($0, isFloat: isFloat) }
    }
    results.output = cell.output
    if let volatile { adopt(lines: volatile.lines, in: &results) }
    results.figures = cell.figures.compactMap { figure in
      (figure.data ?? volatile?.figures[figure.name]).flatMap(FigureCoding.figure).map {
        FigureRecord(
          name: figure.name, figure: $0, isVolatile: figure.isVolatile, caption: captions[figure.name] ?? nil)
      }
    }
    switch cell.status {
    case .succeeded: outcome = .succeeded(results)
    case .failed: outcome = .failed(cell.failure ?? StepFailure(""), partial: results)
    case .notRun: outcome = .notRun(cell.reason ?? .interrupted)
    }
  }

  /// Takes over the lines that show volatile series, where there are as many.
  private func adopt(lines: [String], in results: inout CellResults) {
    let places = results.output.indices.filter { index in
      if case .seriesLine(let key, _) = results.output[index] { isVolatile(series: key) } else { false }
    }
    guard places.count == lines.count else { return }
    for (place, line) in zip(places, lines) {
      if case .seriesLine(let key, _) = results.output[place] { results.output[place] = .seriesLine(key, line) }
    }
  }
}

extension MetricValue {
  /// The number that `json` writes: a float32 where it is said to be one, else a count where it has neither a point nor an exponent.
  static func read(_ json: JSONValue, isFloat: Bool) -> MetricValue? {
    if isFloat, let value = read(json, like: .float(0)) { return value }
    return read(json, like: .integer(0)) ?? read(json, like: .double(0))
  }

  /// The number that `json` writes, of the same type as `other`.
  static func read(_ json: JSONValue, like other: MetricValue) -> MetricValue? {
    switch other {
    case .integer: json.int.map { .integer($0) }
    case .double: json.double.map { .double($0) }
    case .float:
      if case .number(let text) = json, let float = Float(text) {
        .float(float)
      } else {
        json.double.map { .float(Float($0)) }
      }
    }
  }
}
