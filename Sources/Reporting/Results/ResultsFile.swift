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
package struct ResultsFile: Sendable, Equatable {
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

  /// How a cell ended.
  package enum Status: String, Sendable, CaseIterable {
    /// It ran to its end.
    case succeeded
    case failed
    case notRun = "not-run"
  }

  /// One cell's results, without what differs from run to run.
  package struct Cell: Sendable, Equatable {
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
  }

  /// A claim and what became of it.
  package struct Claim: Sendable, Equatable {
    /// The claim as the notebook writes it.
    package var claim = ""
    package var status = ClaimRecord.Status.notTested
  }

  package struct Reference: Sendable, Equatable {
    /// The metric that it stands beside.
    package var metric = MetricKey.blank
    package var value = JSONValue.null
  }

  package struct Figure: Sendable, Equatable {
    /// Its name within the cell.
    package var name = FigureName.blank
    /// Its file below the output folder.
    package var file = ""
    /// Whether it shows values that differ from run to run.
    package var isVolatile = false
    /// What it shows; nil for a volatile one, whose data stand under `volatile`.
    package var data: JSONValue?
  }

  /// What differs from run to run.
  package struct Volatile: Sendable, Equatable {
    /// What the run ran on.
    package var environment = RunEnvironment(machine: "", toolchain: "", version: "", threads: 1)
    /// The digests of the sources that computed, each with the steps that they computed.
    package var sources: [String: [StepName]] = [:]
    /// What differs of each cell that ran.
    package var cells: [CellID: VolatileCell] = [:]
  }

  package struct VolatileCell: Sendable, Equatable {
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
  }
}

extension NotebookName {
  /// What stands where a name is still to be read.
  fileprivate static var blank: Self { Self(unchecked: "") }
}
