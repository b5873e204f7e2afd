import Digests
import JSONValues
import Running
import Steps

/// What a run found out, as `results.json` holds it: every metric, series, claim and digest.
///
/// What may differ from run to run although nothing changed (times, rounding noise, the machine) stands under `volatile` and
/// nowhere else, so two runs of the same notebook agree in all the rest. Numbers are kept as the text that JSON writes for them.
///
/// Every other file of a report is a function of the notebook and of this one: nothing that a report shows may be left out here.
public struct ResultsFile: Sendable, Equatable {
  /// The version of the format.
  public static let schema = 2
  /// The file's name in a notebook's output folder.
  public static let name = "results.json"

  /// The notebook's path as the run named it.
  public var notebook: String
  /// The digest of the notebook's text.
  public var digest: Digest
  /// The notebook's title.
  public var title: String
  /// The notebook's one line of result, where it gives one that shows no measured values.
  public var description: String?
  /// The notebook's place among those of its folder, where it gives one.
  public var order: Int?
  /// Whether every cell succeeded and no claim is broken.
  public var passed: Bool
  /// The numeric variant that computed.
  public var numerics: String
  /// What changed the run from what the notebook says; empty for a run as written.
  public var alterations: [String]
  /// Every step cell in the order of the notebook.
  public var cells: [Cell]
  /// The data that was read.
  public var data: [DataSourceName: DataRecord]
  /// The files that the run wrote, sorted, as paths below the output folder.
  public var files: [String]
  /// What differs from run to run.
  public var volatile: Volatile

  /// The cell with the id `id`.
  public subscript(id: CellID) -> Cell? {
    cells.first { $0.id == id }
  }

  /// How a cell ended.
  public enum Status: String, Sendable {
    /// It ran to its end.
    case succeeded
    /// It failed.
    case failed
    /// It did not run.
    case notRun = "not-run"
  }

  /// One cell's results, without what differs from run to run.
  public struct Cell: Sendable, Equatable {
    /// Its id.
    public var id: CellID
    /// Its step.
    public var step: StepName
    /// How it ended.
    public var status: Status
    /// Why it failed or did not run; nil where it succeeded.
    public var failure: Failure?
    /// Why it did not run; nil where it ran.
    public var reason: NotRunReason?
    /// The seed of its random stream.
    public var seed: UInt32
    /// Whether it read a stand-in for its data, itself or through its inputs.
    public var usesStandIn: Bool
    /// Its parameters in canonical form and its inputs as ids.
    public var parameters: [String: JSONValue]
    /// Its metrics that are neither noise nor volatile.
    public var metrics: [MetricKey: JSONValue]
    /// Its series that are not volatile.
    public var series: [MetricKey: [JSONValue]]
    /// Those of its metrics and series, volatile ones too, whose numbers are float32: a decimal alone does not say so, and it is
    /// rounded otherwise.
    public var float32: Set<MetricKey>
    /// What is claimed of it.
    public var claims: [Claim]
    /// The published numbers beside its metrics.
    public var references: [Reference]
    /// What it printed.
    public var output: [Output]
    /// Its figures.
    public var figures: [Figure]
  }

  /// Why a cell failed or did not run.
  public struct Failure: Sendable, Equatable {
    /// One sentence.
    public var message: String
    /// What to try; nil where nothing can be said.
    public var hint: String?
  }

  /// A claim and what became of it.
  public struct Claim: Sendable, Equatable {
    /// The claim as the notebook writes it.
    public var claim: String
    /// `held`, `broken`, `not-tested` or `attested`.
    public var status: String
  }

  /// A published number.
  public struct Reference: Sendable, Equatable {
    /// The metric that it stands beside.
    public var metric: MetricKey
    /// The number.
    public var value: JSONValue
  }

  /// A line that a cell printed.
  public enum Output: Sendable, Equatable {
    /// Text, with its line end where it has one.
    case text(String)
    /// A line that shows the newest value of a series.
    case seriesText(String, MetricKey)
    /// A line that shows a volatile series; its text stands under `volatile`.
    case volatileSeriesText(MetricKey)
    /// A line that shows a metric, whose value stands among the metrics or under `volatile`.
    case metric(MetricKey, MetricLine)
  }

  /// A figure.
  public struct Figure: Sendable, Equatable {
    /// Its name within the cell.
    public var name: FigureName
    /// Its file below the output folder.
    public var file: String
    /// Whether it shows values that differ from run to run.
    public var isVolatile: Bool
    /// What it shows; nil for a volatile one, whose data stand under `volatile`.
    public var data: JSONValue?
  }

  /// What differs from run to run.
  public struct Volatile: Sendable, Equatable {
    /// The processor and how many cores.
    public var machine: String
    /// The compiler.
    public var toolchain: String
    /// The version of nbrun.
    public var version: String
    /// The threads that computed.
    public var threads: Int
    /// The digests of the sources that computed, each with the steps that they computed.
    public var sources: [String: [StepName]] = [:]
    /// What differs of each cell that ran.
    public var cells: [CellID: VolatileCell]
  }

  /// What differs of a cell from run to run.
  public struct VolatileCell: Sendable, Equatable {
    /// How long it took when it was computed.
    public var seconds: JSONValue
    /// The time that all threads together computed, in seconds; nil where that is not known.
    public var cpuSeconds: JSONValue?
    /// The most memory that was held at once, in bytes; nil where that is not known.
    public var peakBytes: Int?
    /// Its metrics that are noise or volatile.
    public var metrics: [MetricKey: JSONValue] = [:]
    /// Its volatile series.
    public var series: [MetricKey: [JSONValue]] = [:]
    /// The lines that show volatile series, in the order of the output.
    public var lines: [String] = []
    /// What its volatile figures show.
    public var figures: [FigureName: JSONValue] = [:]
  }
}
