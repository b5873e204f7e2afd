import Diagnostics
import Foundation
import Testing
@testable import Notebooks
@testable import Running
@testable import Steps
@testable import TestWorker

/// A plan of the test worker's steps, without a notebook's text.
struct TestPlan {
  var path = "notebooks/test.md"
  var cells: [PlannedCell] = []
  var allowsStandIn = false

  /// Adds a cell.
  mutating func add(
    _ id: CellID, _ step: StepName, _ values: [String: String] = [:], seed: UInt32 = 231, after: [CellID] = [],
    claims: [Claim] = [], timeout: Double? = nil, usesCache: Bool = true, steps: StepList = testSteps
  ) throws {
    let step = try #require(steps[step])
    let configured = try step.configure(values)
    cells.append(
      PlannedCell(
        id: id, hasExplicitID: true, number: cells.count + 1, range: SourceRange(line: 1, column: 1, length: 1),
        step: step, values: values, configured: configured, seed: seed, after: after, metrics: configured.metrics,
        series: configured.series, claims: claims, references: [], captions: ["curve": "A caption."],
        usesCache: usesCache, timeout: timeout, show: .all, tags: []))
  }

  /// A plan of one cell.
  init(_ id: CellID, _ step: StepName, _ values: [String: String] = [:], timeout: Double? = nil) throws {
    try add(id, step, values, timeout: timeout)
  }

  /// An empty plan.
  init() {}

  var plan: Plan {
    var notebook = NotebookParser.parse([], path: path, surroundings: .none)
    notebook.frontMatter.allowsStandIn = allowsStandIn
    return Plan(notebook: notebook, cells: cells, warnings: [])
  }
}

/// A claim without a place in a text.
func claim(_ metric: MetricKey, _ comparison: Claim.Comparison, _ bound: Claim.Bound, tolerance: Double = 0) -> Claim {
  Claim(
    metric: metric, comparison: comparison, bound: bound, tolerance: tolerance, text: "\(metric) …",
    range: SourceRange(line: 1, column: 1, length: 1))
}
