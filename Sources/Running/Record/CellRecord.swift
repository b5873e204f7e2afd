import Diagnostics
import Digests
import JSONValues
import Plotting
import Steps

/// What became of one cell.
package struct CellRecord: Sendable, Equatable {
  /// Its id.
  package var id: CellID
  /// Its number in the notebook, from 1.
  package var number: Int
  /// Its step.
  package var step: StepName
  /// Its parameters in canonical form, defaults included, and its inputs as ids.
  package var parameters: [String: JSONValue]
  /// The keys whose values are not the step's defaults.
  package var changedKeys: Set<String>
  /// The seed of its random stream.
  package var seed: UInt32
  /// The digest of the sources that its step computes with; nil where only the program as a whole could say.
  package var codeIdentity: String?
  /// Whether it read a stand-in for its data, itself or through its inputs.
  package var usesStandIn: Bool
  /// How it ended.
  package var outcome: CellOutcome
  /// What was claimed of it.
  package var claims: [ClaimRecord]
  /// The published figures beside its metrics.
  package var references: [Reference]
  /// How each of its metrics is compared.
  package var metricKinds: [MetricKey: Metric.Kind]
  /// How each of its series is compared.
  package var seriesKinds: [MetricKey: MetricSeries.Kind]
  /// What its metrics that summarise one of its series say of it.
  package var summaries: [MetricKey: Metric.Summary]

  /// A record of one cell.
  package init(
    id: CellID, number: Int, step: StepName, parameters: [String: JSONValue], changedKeys: Set<String>, seed: UInt32,
    usesStandIn: Bool, outcome: CellOutcome, claims: [ClaimRecord], references: [Reference],
    metricKinds: [MetricKey: Metric.Kind], seriesKinds: [MetricKey: MetricSeries.Kind],
    summaries: [MetricKey: Metric.Summary] = [:], codeIdentity: String? = nil
  ) {
    self.id = id
    self.number = number
    self.step = step
    self.parameters = parameters
    self.changedKeys = changedKeys
    self.seed = seed
    self.usesStandIn = usesStandIn
    self.outcome = outcome
    self.claims = claims
    self.references = references
    self.metricKinds = metricKinds
    self.seriesKinds = seriesKinds
    self.summaries = summaries
    self.codeIdentity = codeIdentity
  }
}

/// How a cell ended. A report has to say something of each.
package enum CellOutcome: Sendable, Equatable {
  /// It ran, now or in an earlier run whose result still stands.
  case succeeded(CellResults)
  /// It failed; what it had printed and reported by then is kept.
  case failed(CellFailure, partial: CellResults)
  /// It did not run.
  case notRun(NotRunReason)

  /// Whether it ran to its end.
  package var succeeded: Bool {
    if case .succeeded = self { true } else { false }
  }

  /// What it printed and reported, in full or up to its failure; nil where it did not run.
  package var results: CellResults? {
    switch self {
    case .succeeded(let results), .failed(_, let results): results
    case .notRun: nil
    }
  }
}

/// Why a cell failed.
package struct CellFailure: Sendable, Equatable, Codable {
  /// One sentence without a full stop.
  package var message: String
  /// What to try; nil where nothing can be said.
  package var hint: String?

  /// `message`, with a hint.
  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}

extension CellFailure {
  /// The run was asked to stop while the cell ran.
  package static let interrupted = CellFailure(
    "the run was interrupted while this cell ran", hint: "run it again: it goes on from its checkpoint")
}

/// Why a cell did not run.
package enum NotRunReason: Sendable, Equatable, Codable {
  /// A cell that it needs did not succeed.
  case because(CellID)
  /// It needs what a cell gives that was only vouched for, and nothing is said of it that could be vouched for.
  case needsAttested(CellID)
  /// An earlier cell failed and the run stopped there.
  case stopped(after: CellID)
  /// Data that it needs cannot be had; one sentence says what to do.
  case noData(DataSourceName, String)
  /// The run was interrupted.
  case interrupted
  /// The run was asked for other cells.
  case notSelected
  /// Its turn has not come: only while a run goes, on its live page.
  case pending

  /// One sentence for reports.
  package var sentence: String {
    let (before, cell, after) = pieces
    return before + (cell?.text ?? "") + after
  }

  /// The sentence in pieces, around the cell that it names; nil where it names none.
  package var pieces: (before: String, cell: CellID?, after: String) {
    switch self {
    case .because(let id): ("not run: it needs the cell ", id, ", which did not succeed")
    case .needsAttested(let id): ("not run: it needs what the cell ", id, " gives, which was only attested")
    case .stopped(let id): ("not run: the cell ", id, " failed before it")
    case .noData(let source, let advice): ("not run: the data \(source) is not here. \(advice)", nil, "")
    case .interrupted: ("not run: the run was interrupted", nil, "")
    case .notSelected: ("not run: the run was asked for other cells", nil, "")
    case .pending: ("not run yet", nil, "")
    }
  }
}

/// What a cell printed and reported.
package struct CellResults: Sendable, Equatable, Codable {
  /// What it printed, in order.
  package var output: [OutputItem]
  /// The metrics that it reported.
  package var metrics: [MetricKey: MetricValue]
  /// The series that it reported.
  package var series: [MetricKey: [MetricValue]]
  /// The figures that it drew, in order.
  package var figures: [FigureRecord]
  /// How long it took when it was computed, in seconds.
  package var seconds: Double
  /// What else it took then; nil where that is not known.
  package var use: ResourceUse?
  /// The digest of what later cells take from it; nil where it gives nothing.
  package var outputDigest: Digest?
  /// Where the result comes from.
  package var origin: Origin

  /// Where a cell's result comes from. Never written into files: a report says nothing of it.
  package enum Origin: Sendable, Equatable, Codable {
    /// It was computed in this run.
    case computed
    /// It was computed earlier, and nothing that it depends on has changed.
    case reused
    /// It was vouched for by running `iterations` of it again.
    case attested(iterations: Int)
    /// It is taken from a report as it stands: it needs what a cell gives that was only vouched for.
    case unchecked
  }

  /// Whether it was not computed, but taken from a report.
  package var isVouchedFor: Bool {
    switch origin {
    case .computed, .reused: false
    case .attested, .unchecked: true
    }
  }

  /// Results of a cell, at first empty.
  package init(
    output: [OutputItem] = [], metrics: [MetricKey: MetricValue] = [:], series: [MetricKey: [MetricValue]] = [:],
    figures: [FigureRecord] = [], seconds: Double = 0, use: ResourceUse? = nil, outputDigest: Digest? = nil,
    origin: Origin = .computed
  ) {
    self.output = output
    self.metrics = metrics
    self.series = series
    self.figures = figures
    self.seconds = seconds
    self.use = use
    self.outputDigest = outputDigest
    self.origin = origin
  }
}

/// A piece of a cell's output.
package enum OutputItem: Sendable, Equatable, Codable {
  /// What was printed, with its line ends.
  case text(String)
  /// A line that shows a metric; the number stands in `metrics`.
  case metric(MetricKey, MetricLine)
  /// A line that shows a value of a series.
  case seriesLine(MetricKey, String)
}

/// A figure that a cell drew.
package struct FigureRecord: Sendable, Equatable, Codable {
  /// Its name within the cell.
  package var name: FigureName
  /// What it shows.
  package var figure: Figure
  /// Whether it shows values that differ from run to run.
  package var isVolatile: Bool
  /// Its caption from the notebook; nil where there is none.
  package var caption: String?

  /// A figure named `name`.
  package init(name: FigureName, figure: Figure, isVolatile: Bool, caption: String? = nil) {
    self.name = name
    self.figure = figure
    self.isVolatile = isVolatile
    self.caption = caption
  }
}

/// What became of a claim.
package struct ClaimRecord: Sendable, Equatable, Codable {
  /// The verdict.
  package enum Status: String, Sendable, Codable {
    /// It is true of the measured value.
    case held
    /// It is not.
    case broken
    /// There is no measured value, or it comes from stand-in data.
    case notTested = "not-tested"
    /// It is true of a value that was vouched for.
    case attested
  }

  /// The claim.
  package var claim: Claim
  /// The measured value; nil where there is none.
  package var measured: MetricValue?
  /// The value of the right-hand side; nil where it is a metric that was not measured.
  package var bound: Double?
  /// The verdict.
  package var status: Status

  /// The verdict on `claim`.
  package init(claim: Claim, measured: MetricValue?, bound: Double?, status: Status) {
    self.claim = claim
    self.measured = measured
    self.bound = bound
    self.status = status
  }
}
