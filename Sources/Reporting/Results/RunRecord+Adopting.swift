import JSONValues
import Running
import Steps

extension ResultsFile {
  /// Whether both runs found the same: everything but what differs from run to run, and what only says how it is shown.
  func agrees(with other: ResultsFile) -> Bool {
    numerics == other.numerics && data == other.data && alterations == other.alterations
      && cells.map(\.withoutPresentation) == other.cells.map(\.withoutPresentation)
  }
}

extension ResultsFile.Cell {
  /// The cell without what editing a notebook changes although nothing is computed anew.
  fileprivate var withoutPresentation: ResultsFile.Cell {
    var cell = self
    cell.references = []
    return cell
  }
}

extension RunRecord {
  /// The same run with the times, noise and machine of another, so that its report comes out as that one's did.
  func adopting(volatileValuesOf file: ResultsFile) -> RunRecord {
    var record = self
    record.environment = RunEnvironment(
      machine: file.volatile.machine, toolchain: file.volatile.toolchain, version: file.volatile.version,
      threads: file.volatile.threads)
    for index in record.cells.indices {
      if let values = file.volatile.cells[record.cells[index].id] { record.cells[index].adopt(values) }
    }
    record.judgeAgain()
    return record
  }

  /// The same run with all that a results file says was found, so that its report comes out as the one that the file belongs to,
  /// as far as the notebook and this program are still the same.
  func adopting(everythingOf file: ResultsFile) -> RunRecord {
    var record = self
    record.numerics = file.numerics
    for (name, files) in file.data {
      record.data[name, default: DataRecord(files: [:], isOriginal: false, isStandIn: false)].files = files
    }
    for index in record.cells.indices {
      if let cell = file[record.cells[index].id] { record.cells[index].adopt(cell, file.volatile.cells[cell.id]) }
    }
    return record.adopting(volatileValuesOf: file)
  }

  /// Puts the numbers that claims are about back into them, after the cells' metrics changed. Verdicts stay as they are.
  mutating func judgeAgain() {
    let metrics = Dictionary(
      cells.map { ($0.id, $0.outcome.results?.metrics ?? [:]) }, uniquingKeysWith: { first, _ in first })
    for cell in cells.indices {
      for index in cells[cell].claims.indices {
        let claim = cells[cell].claims[index].claim
        cells[cell].claims[index].measured = metrics[cells[cell].id]?[claim.metric]
        if case .metric(let other, let key) = claim.bound {
          cells[cell].claims[index].bound = metrics[other]?[key]?.double
        }
      }
    }
  }
}

extension CellRecord {
  /// Takes over the values of another run that differ from run to run.
  mutating func adopt(_ values: ResultsFile.VolatileCell) {
    guard var results = outcome.results else { return }
    results.seconds = values.seconds.double ?? results.seconds
    for (key, number) in values.metrics where isVolatile(metric: key) {
      if let old = results.metrics[key], let value = MetricValue(number, like: old) { results.metrics[key] = value }
    }
    for (key, numbers) in values.series where isVolatile(series: key) {
      if let like = results.series[key]?.first {
        results.series[key] = numbers.compactMap { MetricValue($0, like: like) }
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

  /// Takes over what a results file says of this cell.
  mutating func adopt(_ cell: ResultsFile.Cell, _ volatile: ResultsFile.VolatileCell?) {
    let known = outcome.results ?? CellResults()
    var results = CellResults()
    results.seconds = volatile?.seconds.double ?? 0
    for (key, number) in cell.metrics.merging(volatile?.metrics ?? [:], uniquingKeysWith: { first, _ in first }) {
      results.metrics[key] = known.metrics[key].flatMap { MetricValue(number, like: $0) } ?? MetricValue(number)
    }
    for (key, numbers) in cell.series.merging(volatile?.series ?? [:], uniquingKeysWith: { first, _ in first }) {
      let like = known.series[key]?.first
      results.series[key] = numbers.compactMap { number in
        like.flatMap { MetricValue(number, like: $0) } ?? MetricValue(number)
      }
    }
    results.output = cell.output.map { item in
      switch item {
      case .text(let text): .text(text)
      case .metric(let key, let line): .metric(key, line)
      case .seriesText(let text, let key): .seriesLine(key, text)
      case .volatileSeriesText(let key): .seriesLine(key, "")
      }
    }
    if let volatile { adopt(lines: volatile.lines, in: &results) }
    results.figures = cell.figures.compactMap { figure in
      let old = known.figures.first { $0.name == figure.name }
      let data = figure.data ?? volatile?.figures[figure.name]
      guard let drawn = data.flatMap(FigureCoding.figure) ?? old?.figure else { return nil }
      return FigureRecord(name: figure.name, figure: drawn, isVolatile: figure.isVolatile, caption: old?.caption)
    }
    switch cell.status {
    case .succeeded: outcome = .succeeded(results)
    case .failed:
      let failure = CellFailure(cell.failure?.message ?? "", hint: cell.failure?.hint)
      outcome = .failed(failure, partial: results)
    case .notRun: break
    }
    usesStandIn = cell.usesStandIn
    for (index, claim) in cell.claims.enumerated() where claims.indices.contains(index) {
      if let status = ClaimRecord.Status(rawValue: claim.status) { claims[index].status = status }
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

extension CellOutcome {
  /// The same outcome with other results.
  func replacing(_ results: CellResults) -> CellOutcome {
    switch self {
    case .succeeded: .succeeded(results)
    case .failed(let failure, _): .failed(failure, partial: results)
    case .notRun: self
    }
  }
}

extension MetricValue {
  /// The number that `json` writes: a count where it has neither a point nor an exponent.
  init?(_ json: JSONValue) {
    if let count = json.int {
      self = .integer(count)
    } else if let number = json.double {
      self = .double(number)
    } else {
      return nil
    }
  }

  /// The number that `json` writes, of the same type as `other`.
  init?(_ json: JSONValue, like other: MetricValue) {
    switch other {
    case .integer:
      guard let value = json.int else { return nil }
      self = .integer(value)
    case .double:
      guard let value = json.double else { return nil }
      self = .double(value)
    case .float:
      guard let value = json.double else { return nil }
      if case .number(let text) = json, let float = Float(text) {
        self = .float(float)
      } else {
        self = .float(Float(value))
      }
    }
  }
}
