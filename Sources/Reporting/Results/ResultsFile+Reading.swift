import NbrunDiagnostics
import NbrunJSONValues
import NbrunRunning
import NbrunSteps

package struct ResultsFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where in the file: `cells[2].metrics`; empty for the whole of it.
  package var place: String
  /// One sentence without a full stop.
  package var message: String

  package var description: String { place.isEmpty ? message : "\(place): \(message)" }
}

extension ResultsFile {
  /// Reads the text of a results file, believing nothing: it may have been edited, cut off or made by a stranger.
  /// - Parameter forOverview: whether only what a page over all notebooks shows is read, not what cells printed, measured and drew.
  /// - Throws: `ResultsFileError` with the place.
  package static func read(
    _ text: some Sequence<UInt8>, forOverview: Bool = false
  ) throws(ResultsFileError) -> ResultsFile {
    let root: CheckedJSON
    let details: Set = ["figures", "lines", "metrics", "output", "parameters", "references", "series"]
    do { root = CheckedJSON(try JSONParser.parse(text, passingOver: forOverview ? details : [])) } catch {
      throw ResultsFileError(place: "byte \(error.range.lowerBound)", message: error.message)
    }
    let schema = try root["schema"].int
    guard schema == Self.schema else {
      throw ResultsFileError(
        place: "schema", message: "this program reads schema \(Self.schema), not \(schema); run the notebook again")
    }
    return try ResultsFile(root)
  }

  private init(_ json: CheckedJSON) throws(ResultsFileError) {
    notebook = try json["notebook"].text
    digest = try json["digest"].digest
    title = try json["title"].text
    order = try json.optional("order")?.int
    description = try json.optional("description")?.text
    passed = try json["status"].choice(["passed": true, "failed": false])
    numerics = try json["numerics"].text
    alterations = try json.optional("alterations")?.list { (item) throws(ResultsFileError) in try item.text } ?? []
    cells = try json["cells"].list(Cell.init)
    data = try json["data"].named(DataRecord.init)
    files = try json["files"].list { (item) throws(ResultsFileError) in try item.text }
    volatile = try Volatile(json["volatile"])
    guard Set(cells.map(\.id)).count == cells.count else {
      throw ResultsFileError(place: "cells", message: "two cells have the same id")
    }
  }
}

extension ResultsFile.Cell {
  fileprivate init(_ json: CheckedJSON) throws(ResultsFileError) {
    id = try json["id"].name()
    step = try json["step"].name()
    status = try json["status"].choice(["succeeded": .succeeded, "failed": .failed, "not-run": .notRun])
    seed = try json["seed"].seed
    usesStandIn = try json.optional("stand-in")?.bool ?? false
    parameters = try json["parameters"].members { (value) in value.value }
    metrics = try json["metrics"].named { (value) throws(ResultsFileError) in try value.number }
    series = try json["series"].named { (value) throws(ResultsFileError) in try value.numbers }
    claims = try json["claims"].list { (claim) throws(ResultsFileError) in
      ResultsFile.Claim(claim: try claim["claim"].text, status: try claim["status"].choice(Self.verdicts))
    }
    references = try json["references"].list { (reference) throws(ResultsFileError) in
      ResultsFile.Reference(metric: try reference["metric"].name(), value: try reference["value"].number)
    }
    output = try json["output"].list(ResultsFile.Output.init)
    figures = try json["figures"].list(ResultsFile.Figure.init)
    float32 = Set(try json.optional("float32")?.list { (key) throws(ResultsFileError) in try key.name() } ?? [])
    if status != .succeeded {
      let why = json["failure"]
      failure = CellFailure(try why["message"].text, hint: try why.optional("hint")?.text)
      if status == .notRun { reason = try NotRunReason(why["reason"]) }
    }
  }

  private static let verdicts = Dictionary(firstOf: ClaimRecord.Status.allCases.map { ($0.rawValue, $0) })
}

extension NotRunReason {
  fileprivate init(_ json: CheckedJSON) throws(ResultsFileError) {
    if let cell = json.optional("because") {
      self = .because(try cell.name())
    } else if let cell = json.optional("stopped-after") {
      self = .stopped(after: try cell.name())
    } else if let source = json.optional("no-data") {
      self = .noData(try source.name(), try json["advice"].text)
    } else {
      self = try json.choice(["interrupted": .interrupted, "not-selected": .notSelected])
    }
  }
}

extension DataRecord {
  fileprivate init(_ json: CheckedJSON) throws(ResultsFileError) {
    let origin = try json["origin"].choice(["authors": "authors", "other": "other", "stand-in": "stand-in"])
    self.init(
      files: try json["files"].members { (file) throws(ResultsFileError) in try file.digest },
      isOriginal: origin == "authors", isStandIn: origin == "stand-in", note: try json.optional("note")?.text)
  }
}

extension ResultsFile.Output {
  fileprivate init(_ json: CheckedJSON) throws(ResultsFileError) {
    if let metric = json.optional("metric") {
      let format = try json["format"].text
      guard let format = NumberFormat(format) else {
        throw ResultsFileError(place: json["format"].place, message: "\"\(format)\" is no number format")
      }
      let line = MetricLine(before: try json["before"].text, after: try json["after"].text, format: format)
      self = .metric(try metric.name(), line)
    } else if let series = json.optional("series") {
      let key: MetricKey = try series.name()
      self = if let text = json.optional("text") { .seriesText(try text.text, key) } else { .volatileSeriesText(key) }
    } else {
      self = .text(try json["text"].text)
    }
  }
}

extension ResultsFile.Figure {
  fileprivate init(_ json: CheckedJSON) throws(ResultsFileError) {
    name = try json["name"].name()
    file = try json["file"].text
    isVolatile = try json["volatile"].bool
    data = json.optional("data")?.value
  }
}

extension ResultsFile.Volatile {
  fileprivate init(_ json: CheckedJSON) throws(ResultsFileError) {
    machine = try json["machine"].text
    toolchain = try json["toolchain"].text
    version = try json["version"].text
    threads = try json["threads"].count
    sources =
      try json.optional("sources")?.members { (steps) throws(ResultsFileError) in
        try steps.list { (step) throws(ResultsFileError) in try step.name() }
      } ?? [:]
    cells = try json["cells"].named(ResultsFile.VolatileCell.init)
  }
}

extension ResultsFile.VolatileCell {
  fileprivate init(_ json: CheckedJSON) throws(ResultsFileError) {
    seconds = try json["seconds"].duration
    cpuSeconds = try json.optional("cpu-seconds")?.duration
    peakBytes = try json.optional("peak-bytes")?.count
    metrics = try json["metrics"].named { (value) throws(ResultsFileError) in try value.number }
    series = try json.optional("series")?.named { (value) throws(ResultsFileError) in try value.numbers } ?? [:]
    lines = try json.optional("lines")?.list { (line) throws(ResultsFileError) in try line.text } ?? []
    figures = try json.optional("figures")?.named { (figure) in figure.value } ?? [:]
  }
}
