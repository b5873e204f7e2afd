import NbrunDigests
import NbrunJSONValues
import NbrunPlotting
import NbrunSteps

/// What became of one cell.
package struct CellRecord: Sendable, Equatable {
  package var id: CellID
  /// Its number in the notebook, from 1.
  package var number: Int
  package var step: StepName
  /// Its parameters in canonical form, defaults included, and its inputs as ids.
  package var parameters: [String: JSONValue]
  /// The keys whose values are not the step's defaults.
  package var changedKeys: Set<String>
  /// The seed of its random stream.
  package var seed: UInt32
  /// Whether it read a stand-in for its data, itself or through its inputs.
  package var usesStandIn: Bool
  /// How it ended.
  package var outcome: CellOutcome
  package var claims: [ClaimRecord]
  /// The published figures beside its metrics.
  package var references: [Reference]
  /// How each of its metrics is compared.
  package var metricKinds: [MetricKey: Metric.Kind]
  /// How each of its series is compared.
  package var seriesKinds: [MetricKey: MetricSeries.Kind]
  /// What its metrics that summarise one of its series say of it.
  package var summaries: [MetricKey: Metric.Summary] = [:]
  /// The digest of the sources that its step computes with; nil where only the program as a whole could say.
  package var codeIdentity: String?
}

/// How a cell ended. A report has to say something of each.
package enum CellOutcome: Sendable, Equatable {
  /// It ran, now or in an earlier run whose result still stands.
  case succeeded(CellResults)
  /// It failed; what it had printed and reported by then is kept.
  case failed(StepFailure, partial: CellResults)
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

  /// The same outcome with other results.
  package func replacing(_ results: CellResults) -> CellOutcome {
    switch self {
    case .succeeded: .succeeded(results)
    case .failed(let failure, _): .failed(failure, partial: results)
    case .notRun: self
    }
  }
}

extension StepFailure {
  /// The run was asked to stop while the cell ran.
  package static let interrupted = StepFailure(
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
  package var output: [OutputItem] = []
  package var metrics: [MetricKey: MetricValue] = [:]
  package var series: [MetricKey: [MetricValue]] = [:]
  /// The figures that it drew, in order.
  package var figures: [FigureRecord] = []
  /// How long it took when it was computed, in seconds.
  package var seconds = 0.0
  /// What else it took then; nil where that is not known.
  package var use: ResourceUse?
  /// The digest of what later cells take from it; nil where it gives nothing.
  package var outputDigest: Digest?
  /// Where the result comes from.
  package var origin = Origin.computed

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
  package var isFromReport: Bool {
    switch origin {
    case .computed, .reused: false
    case .attested, .unchecked: true
    }
  }

  /// The results of a cell that printed and reported nothing.
  package static let empty = CellResults()
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

  package init(name: FigureName, figure: Figure, isVolatile: Bool, caption: String? = nil) {
    self.name = name
    self.figure = figure
    self.isVolatile = isVolatile
    self.caption = caption
  }
}

/// What became of a claim.
package struct ClaimRecord: Sendable, Equatable {
  package enum Status: String, Sendable, CaseIterable {
    /// It is true of the measured value.
    case held
    /// It is not.
    case broken
    /// There is no measured value, or it comes from stand-in data.
    case notTested = "not-tested"
    /// It is true of a value that was vouched for.
    case attested

    /// Whether it is true.
    package var holds: Bool { self == .held || self == .attested }
  }

  package var claim: Claim
  /// The measured value; nil where there is none.
  package var measured: MetricValue?
  /// The values of the claim's bounds; nil for a metric that was not measured.
  package var bounds: [Double?]
  package var status: Status
}
