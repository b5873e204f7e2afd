import NbrunDiagnostics
import NbrunNotebooks
import NbrunSteps

@testable import NbrunRunning
@testable import TestWorker

/// A notebook of the test worker's steps, written cell by cell.
struct TestPlan {
  var path = "notebooks/test.md"
  var frontMatter = "seed: 231"
  var steps = testSteps
  var planOptions = PlanOptions()
  private(set) var body = ""

  /// An empty notebook.
  init() {}

  /// A notebook of one cell.
  init(_ id: CellID, _ step: StepName, _ lines: String...) {
    add(id, step, lines: lines)
  }

  /// Adds prose.
  mutating func say(_ prose: String) {
    body += "\(prose)\n\n"
  }

  /// Adds a cell with the given `key: value` lines.
  mutating func add(_ id: CellID, _ step: StepName, _ lines: String...) {
    add(id, step, lines: lines)
  }

  /// Adds a cell with the given `key: value` lines.
  mutating func add(_ id: CellID, _ step: StepName, lines: [String]) {
    body += (["```nbrun", "step: \(step)", "id: \(id)"] + lines + ["```", "", ""]).joined(separator: "\n")
  }

  /// The notebook's text.
  var text: String { "---\n\(frontMatter)\n---\n\n\(body)" }

  /// The notebook's plan.
  func plan() throws -> Plan {
    let notebook = NotebookParser.parse(text.utf8, path: path, context: .none)
    return try Planner(steps: steps).plan(notebook, options: planOptions)
  }
}
