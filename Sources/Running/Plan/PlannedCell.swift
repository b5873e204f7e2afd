import NbrunDiagnostics
import NbrunJSONValues
import NbrunSteps

/// One step cell of a plan.
package struct PlannedCell: Sendable {
  /// Its id, given or made from its step's name.
  package var id: CellID
  /// Its number in the notebook, from 1, as Jupyter counts.
  package var number: Int
  /// Where its `step:` line stands.
  package var range: SourceRange
  /// Its step's type.
  package var step: RegisteredStep
  /// The text of each value that the cell gives, by key: what a worker configures the step with.
  package var values: [String: String]
  /// The step with those values.
  package var configured: ConfiguredStep
  /// The cell's own seed, or the notebook's.
  package var seed: UInt32
  /// Cells that must have succeeded before it without giving it anything.
  package var after: [CellID]
  /// What it promises to report.
  package var metrics: [Metric]
  /// The series that it promises to report.
  package var series: [MetricSeries]
  /// What the notebook claims of it.
  package var claims: [Claim]
  /// The published figures to show beside it.
  package var references: [Reference]
  /// The captions of its figures, and of the table of what is claimed and published of it.
  package var captions: [FigureName: String]
  /// What that table is called among figures.
  package static let tableName: FigureName = "table"
  /// Whether its stored result may be used.
  package var usesCache: Bool
  /// How long it may take, in seconds.
  package var timeout: Double?
  /// How much of it a report shows.
  package var show: CellVisibility
  /// Words that tools may select it by; they go into the exported notebook.
  package var tags: [String]

  /// The cells that it cannot run without.
  package var dependencies: Set<CellID> { Set(configured.inputs.values).union(after) }

  /// What it computes with: the parameters that apply, those left open as what they come to, and its inputs as ids.
  package var effectiveEntries: [String: JSONValue] {
    configured.effectiveParameters(given: Set(values.keys)).merging(
      configured.inputs.mapValues { .string($0.text) }, uniquingKeysWith: { $1 })
  }

  /// The keys whose values differ from the step's defaults.
  package var changedKeys: Set<String> {
    var changed: Set<String> = []
    for entry in step.entries {
      guard case .parameter(let declaration) = entry.declaration else { continue }
      if configured.parameters[entry.key] != declaration.defaultValue { changed.insert(entry.key) }
    }
    return changed
  }
}

/// How much of a cell a report shows.
package enum CellVisibility: String, Sendable, Codable, ChoiceParameter {
  case all
  /// Everything, its printed output folded away.
  case folded
  /// Its figures, claims and references only.
  case figures
}

/// A published figure to show beside a measured one: `reference: METRIC NUMBER`.
package struct Reference: Sendable, Equatable, Codable {
  /// The metric of the same cell.
  package var metric: MetricKey
  /// The published number.
  package var value: Double
  /// The number as the notebook writes it.
  package var text: String
}
