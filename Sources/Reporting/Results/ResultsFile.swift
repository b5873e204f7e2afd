import NbrunDigests
import NbrunJSONValues
import NbrunRunning
import NbrunSteps

/// What a run found out, as `results.json` holds it: every metric, series, claim and digest.
///
/// What may differ from run to run although nothing changed (times, rounding noise, the machine) stands under `volatile` and
/// nowhere else, so two runs of the same notebook agree in all the rest. Numbers are kept as the text that JSON writes for them.
///
/// Every other file of a report is a function of the notebook and of this one: nothing that a report shows may be left out here.
package struct ResultsFile: FileObject, Sendable, Equatable {
  /// The version of the format.
  package static let schema = 2
  /// The file's name in a notebook's output folder.
  package static let name = "results.json"

  /// The notebook's path as the run named it.
  package var notebook = ""
  /// The digest of the notebook's text.
  package var digest = SHA256.digest(of: "")
  package var title = ""
  /// The notebook's one line of result, where it gives one that shows no measured values.
  package var description: String?
  /// The notebook's place among those of its folder, where it gives one.
  package var order: Int?
  /// Whether every cell succeeded and no claim is broken.
  package var passed = false
  /// The numeric variant that computed.
  package var numerics = ""
  /// What changed the run from what the notebook says; empty for a run as written.
  package var alterations: [String] = []
  /// Every step cell in the order of the notebook.
  package var cells: [Cell] = []
  package var data: [DataSourceName: DataLocation] = [:]
  /// The files that the run wrote, sorted, as paths below the output folder.
  package var files: [String] = []
  package var volatile = Volatile()

  package subscript(id: CellID) -> Cell? { cells.first { $0.id == id } }

  /// Reads the text of a results file, believing nothing: it may have been edited, cut off or made by a stranger.
  /// - Parameter forOverview: whether only what a page over all notebooks shows is read, not what cells printed, measured and drew.
  /// - Throws: `ResultsFileError` with the place.
  package static func read(
    _ text: some Sequence<UInt8>, forOverview: Bool = false
  ) throws(ResultsFileError) -> ResultsFile {
    let root: JSONNode
    let details: Set = ["figures", "lines", "metrics", "output", "parameters", "references", "series"]
    do { root = try JSONParser.parse(text, passingOver: forOverview ? details : []) } catch {
      throw ResultsFileError(error.message, at: "byte \(error.range.lowerBound)")
    }
    return try Coding.object(ResultsFile()).read(root)
  }

  /// The file's text: sorted keys, a member a line, so that a change of one number is a change of one line.
  package var text: String { JSONWriter.string(Coding.object(self).write(self), layout: .readable) }

  mutating func visit(_ members: inout Members) {
    var schema = Self.schema
    members.take("schema", &schema, .whole())
    if schema != Self.schema {
      members.refuse("schema", "this program reads schema \(Self.schema), not \(schema); run the notebook again")
    }
    members.take("notebook", &notebook, .text())
    members.take("digest", &digest, .digest())
    members.take("title", &title, .text())
    members.take("order", &order, .whole())
    members.take("description", &description, .text())
    var status = passed ? Verdict.passed : .failed
    members.take("status", &status, .word())
    passed = status == .passed
    members.take("numerics", &numerics, .text())
    members.take(orEmpty: "alterations", &alterations, .list(.text()))
    members.take("cells", &cells, .list(.object(Cell())))
    members.take("data", &data, .dictionary(.object(DataLocation(folder: "", digests: [:], isOriginal: false))))
    members.take("files", &files, .list(.text()))
    members.take("volatile", &volatile, .object(Volatile()))
    if Set(cells.map(\.id)).count < cells.count { members.refuse("cells", "two cells have the same id") }
  }

  private enum Verdict: String, CaseIterable { case passed, failed }

  /// Whether both runs found the same: everything but what differs from run to run, and what only says how it is shown.
  func agrees(with other: ResultsFile) -> Bool {
    numerics == other.numerics && data.mapValues(\.identity) == other.data.mapValues(\.identity)
      && alterations == other.alterations && cells.map(\.withoutPresentation) == other.cells.map(\.withoutPresentation)
  }

  /// The figures whose data are none. Where everything that differs from run to run is missing of a cell, its figures are no
  /// matter of their own.
  var unreadableFigures: [(cell: CellID, figure: FigureName)] {
    var unreadable: [(cell: CellID, figure: FigureName)] = []
    for cell in cells {
      let values = volatile.cells[cell.id]
      for figure in cell.figures where !figure.isVolatile || values != nil {
        let data = figure.isVolatile ? values?.figures[figure.name] : figure.data
        if data.flatMap(FigureCoding.figure) == nil { unreadable.append((cell.id, figure.name)) }
      }
    }
    return unreadable
  }

  /// How a cell ended.
  package enum Status: String, Sendable, CaseIterable {
    /// It ran to its end.
    case succeeded
    case failed
    case notRun = "not-run"
  }

  /// One cell's results, without what differs from run to run.
  package struct Cell: FileObject, Sendable, Equatable {
    package var id = CellID.blank
    package var step = StepName.blank
    package var status = Status.succeeded
    /// Why it failed or did not run; nil where it succeeded.
    package var failure: StepFailure?
    /// Why it did not run; nil where it ran.
    package var reason: NotRunReason?
    /// The seed of its random stream.
    package var seed: UInt32 = 0
    /// Whether it read a stand-in for its data, itself or through its inputs.
    package var usesStandIn = false
    /// Its parameters in canonical form and its inputs as ids.
    package var parameters: [String: JSONValue] = [:]
    /// Its metrics that are neither noise nor volatile.
    package var metrics: [MetricKey: JSONValue] = [:]
    package var series: [MetricKey: [JSONValue]] = [:]
    /// Those of its metrics and series, volatile ones too, whose numbers are float32: a decimal alone does not say so, and it is
    /// rounded otherwise.
    package var float32: Set<MetricKey> = []
    package var claims: [Claim] = []
    /// The published numbers beside its metrics.
    package var references: [Reference] = []
    /// What it printed, a line an item. The text of a line that shows a volatile series stands under `volatile`.
    package var output: [OutputItem] = []
    package var figures: [Figure] = []

    mutating func visit(_ members: inout Members) {
      members.take("id", &id, .name())
      members.take("step", &step, .name())
      members.take("status", &status, .word())
      members.take("seed", &seed, .seed())
      var standsIn = usesStandIn ? true : nil
      members.take("stand-in", &standsIn, .truth())
      usesStandIn = standsIn ?? false
      members.take("parameters", &parameters, .dictionary(.any()))
      members.take("metrics", &metrics, .dictionary(.number()))
      members.take("series", &series, .dictionary(.numbers()))
      members.take("claims", &claims, .list(.object(ResultsFile.Claim())))
      members.take("references", &references, .list(.object(ResultsFile.Reference())))
      members.take("output", &output, .list(.line))
      members.take("figures", &figures, .list(.object(ResultsFile.Figure())))
      var float32 = self.float32.sorted()
      members.take(orEmpty: "float32", &float32, .list(.name()))
      self.float32 = Set(float32)
      guard status != .succeeded else { return }
      var why = Failure(cause: failure ?? StepFailure(""), reason: status == .notRun ? reason ?? .interrupted : nil)
      members.take("failure", &why, .object(why))
      (failure, reason) = (why.cause, why.reason)
    }

    private struct Failure: FileObject {
      var cause: StepFailure
      /// Nil where the cell ran.
      var reason: NotRunReason?

      mutating func visit(_ members: inout Members) {
        members.take("message", &cause.message, .text())
        members.take("hint", &cause.hint, .text())
        if var why = reason {
          members.take("reason", &why, .reason)
          reason = why
        }
      }
    }

    /// The cell without what editing a notebook changes although nothing is computed anew.
    var withoutPresentation: ResultsFile.Cell {
      var cell = self
      cell.references = []
      return cell
    }

    /// Whether the run was asked to stop before or while it ran.
    var wasInterrupted: Bool { reason == .interrupted || failure?.message == StepFailure.interrupted.message }
  }

  /// A claim and what became of it.
  package struct Claim: FileObject, Sendable, Equatable {
    /// The claim as the notebook writes it.
    package var claim = ""
    package var status = ClaimRecord.Status.notTested

    mutating func visit(_ members: inout Members) {
      members.take("claim", &claim, .text())
      members.take("status", &status, .word())
    }
  }

  package struct Reference: FileObject, Sendable, Equatable {
    /// The metric that it stands beside.
    package var metric = MetricKey.blank
    package var value = JSONValue.null

    var text: String { "\(metric) \(value.inlineText)" }

    mutating func visit(_ members: inout Members) {
      members.take("metric", &metric, .name())
      members.take("value", &value, .number())
    }
  }

  package struct Figure: FileObject, Sendable, Equatable {
    /// Its name within the cell.
    package var name = FigureName.blank
    /// Its file below the output folder.
    package var file = ""
    /// Whether it shows values that differ from run to run.
    package var isVolatile = false
    /// What it shows; nil for a volatile one, whose data stand under `volatile`.
    package var data: JSONValue?

    var label: String { isVolatile ? "\(name) (volatile)" : name.text }

    mutating func visit(_ members: inout Members) {
      members.take("name", &name, .name())
      members.take("file", &file, .text())
      members.take("volatile", &isVolatile, .truth())
      members.take("data", &data, .any())
    }
  }

  /// What differs from run to run.
  package struct Volatile: FileObject, Sendable, Equatable {
    /// What the run ran on.
    package var environment = RunEnvironment(machine: "", toolchain: "", version: "", threads: 1)
    /// The digests of the sources that computed, each with the steps that they computed.
    package var sources: [String: [StepName]] = [:]
    /// What differs of each cell that ran.
    package var cells: [CellID: VolatileCell] = [:]

    mutating func visit(_ members: inout Members) {
      members.take("machine", &environment.machine, .text())
      members.take("toolchain", &environment.toolchain, .text())
      members.take("version", &environment.version, .text())
      members.take("threads", &environment.threads, .count())
      members.take(orEmpty: "sources", &sources, .dictionary(.list(.name())))
      members.take("cells", &cells, .dictionary(.object(ResultsFile.VolatileCell())))
    }

    /// The digest of the sources that computed a step; nil where it is not known.
    func sources(of step: StepName) -> String? { sources.first { $0.value.contains(step) }?.key }
  }

  package struct VolatileCell: FileObject, Sendable, Equatable {
    /// How long it took when it was computed.
    package var seconds = JSONValue.null
    /// The time that all threads together computed, in seconds; nil where that is not known.
    package var cpuSeconds: JSONValue?
    /// The most memory that was held at once, in bytes; nil where that is not known.
    package var peakBytes: Int?
    /// Its metrics that are noise or volatile.
    package var metrics: [MetricKey: JSONValue] = [:]
    package var series: [MetricKey: [JSONValue]] = [:]
    /// The lines that show volatile series, in the order of the output.
    package var lines: [String] = []
    /// What its volatile figures show.
    package var figures: [FigureName: JSONValue] = [:]

    mutating func visit(_ members: inout Members) {
      members.take("seconds", &seconds, .seconds())
      members.take("cpu-seconds", &cpuSeconds, .seconds())
      members.take("peak-bytes", &peakBytes, .count())
      members.take("metrics", &metrics, .dictionary(.number()))
      members.take(orEmpty: "series", &series, .dictionary(.numbers()))
      members.take(orEmpty: "lines", &lines, .list(.text()))
      members.take(orEmpty: "figures", &figures, .dictionary(.any()))
    }

    /// What the cell took besides time.
    var use: ResourceUse? {
      guard let seconds = cpuSeconds?.double, let peakBytes else { return nil }
      return ResourceUse(cpuSeconds: seconds, peakBytes: peakBytes)
    }
  }
}

extension NotebookName {
  /// What stands where a name is still to be read.
  fileprivate static var blank: Self { Self(unchecked: "") }
}
