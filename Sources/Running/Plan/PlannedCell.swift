import Diagnostics
import JSONValues
import Steps

/// One step cell of a plan.
public struct PlannedCell: Sendable {
  /// Its id, given or made from its step's name.
  public var id: CellID
  /// Whether the notebook gave the id; only such cells can be referred to.
  public var hasExplicitID: Bool
  /// Its number in the notebook, from 1, as Jupyter counts.
  public var number: Int
  /// Where its `step:` line stands.
  public var range: SourceRange
  /// Its step's type.
  public var step: RegisteredStep
  /// The text of each value that the cell gives, by key: what a worker configures the step with.
  public var values: [String: String]
  /// The step with those values.
  public var configured: ConfiguredStep
  /// The cell's own seed, or the notebook's.
  public var seed: UInt32
  /// Cells that must have succeeded before it without giving it anything.
  public var after: [CellID]
  /// What it promises to report.
  public var metrics: [Metric]
  /// The series that it promises to report.
  public var series: [MetricSeries]
  /// What the notebook claims of it.
  public var claims: [Claim]
  /// The published figures to show beside it.
  public var references: [Reference]
  /// The captions of its figures.
  public var captions: [FigureName: String]
  /// Whether its stored result may be used.
  public var usesCache: Bool
  /// How long it may take, in seconds.
  public var timeout: Double?
  /// How much of it a report shows.
  public var show: CellVisibility
  /// Words that tools may select it by; they go into the exported notebook.
  public var tags: [String]

  /// The cells that it cannot run without.
  public var dependencies: Set<CellID> {
    Set(configured.inputs.values).union(after)
  }

  /// What it computes with: the parameters that apply, those left open as what they come to, and its inputs as ids.
  public var effectiveEntries: [String: JSONValue] {
    configured.effectiveParameters(given: Set(values.keys)).merging(
      configured.inputs.mapValues { .string($0.text) }, uniquingKeysWith: { $1 })
  }

  /// The keys whose values differ from the step's defaults.
  public var changedKeys: Set<String> {
    var changed: Set<String> = []
    for entry in step.entries {
      guard case .parameter(let declaration) = entry.declaration else { continue }
      if configured.parameters[entry.key] != declaration.defaultValue { changed.insert(entry.key) }
    }
    return changed
  }
}

/// How much of a cell a report shows.
public enum CellVisibility: String, Sendable, Codable, ChoiceParameter {
  /// Everything.
  case all
  /// Everything, its printed output folded away.
  case folded
  /// Its figures, claims and references only.
  case figures
}

/// A published figure to show beside a measured one: `reference: METRIC NUMBER`.
public struct Reference: Sendable, Equatable, Codable {
  /// The metric of the same cell.
  public var metric: MetricKey
  /// The published number.
  public var value: Double
  /// The number as the notebook writes it.
  public var text: String
}
