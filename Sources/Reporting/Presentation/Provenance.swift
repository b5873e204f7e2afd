import NbrunDiagnostics
import NbrunNumberTexts
import NbrunRunning
import NbrunSteps

/// One line of a report's appendix.
struct ProvenanceEntry: Sendable, Equatable {
  enum Value: Sendable, Equatable {
    case text(String)
    /// A path or a command.
    case code(String)
    /// What a digest is of, and the digest.
    case digest(String, String)
    /// A text that leads to an address, which is relative to the report's folder unless it has a scheme.
    case link(String, to: String)
  }

  /// What the line says.
  var name: String
  /// What is said of it.
  var values: [Value]

  init(_ name: String, _ values: Value...) { (self.name, self.values) = (name, values) }
}

extension Report {
  /// What computed the numbers, from what, and how to compute them again.
  var provenance: [ProvenanceEntry] {
    let environment = record.environment
    let program = RunEnvironment.title(ofProgram: environment.program, version: environment.version)
    var entries = [
      ProvenanceEntry("Again", .code(command)),
      ProvenanceEntry(
        "Notebook", .link(record.notebook, to: place.notebookAddress), .digest("SHA-256", record.digest.description)),
      ProvenanceEntry("Program", .text("\(program), \(environment.toolchain)")),
      ProvenanceEntry(
        "Machine",
        .text("\(environment.machine); \(record.numerics) arithmetic, \(counted(environment.threads, "thread"))")),
    ]
    let sources = record.sources.sorted { $0.key < $1.key }
    if !sources.isEmpty {
      var entry = ProvenanceEntry("Sources that computed")
      entry.values = sources.map { digest, steps in
        .digest("SHA-256" + (sources.count > 1 ? " of \(steps.map(\.text).joined(separator: ", "))" : ""), digest)
      }
      entries.append(entry)
    }
    if !record.cells.isEmpty { entries.append(ProvenanceEntry("Seed", .text(seeds))) }
    if let total = costs.total { entries.append(ProvenanceEntry("Computed in", .text(total))) }
    for (name, data) in record.data.sorted(by: { $0.key < $1.key }) {
      let origin =
        data.isStandIn
        ? "a synthetic stand-in" : data.isOriginal ? "the authors' files" : "files that are not the authors'"
      var entry = ProvenanceEntry("Data \(name)", .text(origin + (data.isNoticed ? ", as it says at the top" : "")))
      if let page = dataPages[name] { entry.values.append(.link("where its authors publish it", to: page)) }
      entry.values += data.digests.sorted { $0.key < $1.key }.map { .digest($0.key, $0.value.description) }
      entries.append(entry)
    }
    return entries
  }

  var costs: RunCosts { RunCosts(record) }
}

/// What computing a run's cells took, whenever that was.
struct RunCosts: Sendable, Equatable {
  /// What one cell took, as text; empty where it is not known.
  struct Row: Sendable, Equatable {
    var cell: CellID
    var time: String
    var processor: String
    var memory: String
  }

  static let headers = ["cell", "time, s", "processor time, s", "most memory, MB"]

  /// The cells that ran, in order.
  var rows: [Row]
  /// All of them in a line; nil where none ran.
  var total: String?

  init(_ record: RunRecord) {
    let ran = record.cells.compactMap { cell in cell.outcome.results.map { (cell.id, $0) } }
    rows = ran.map { id, results in
      Row(
        cell: id, time: pythonFixed(results.seconds, decimals: 3),
        processor: results.use.map { pythonFixed($0.cpuSeconds, decimals: 3) } ?? "",
        memory: results.use.map { pythonFixed(Double($0.peakBytes) / 1e6, decimals: 0) } ?? "")
    }
    guard !ran.isEmpty else { return }
    var words = [NumberText.duration(seconds: ran.reduce(0) { $0 + $1.1.seconds })]
    let uses = ran.compactMap { id, results in results.use.map { (id: id, use: $0) } }
    if let largest = uses.max(by: { $0.use.peakBytes < $1.use.peakBytes }) {
      words.append(NumberText.duration(seconds: uses.reduce(0) { $0 + $1.use.cpuSeconds }) + " of processor time")
      words.append("at most \(NumberText.bytes(largest.use.peakBytes)) of memory, by \(largest.id)")
    }
    total = words.joined(separator: "; ")
  }
}
