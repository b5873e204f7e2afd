import NbrunAssignmentSteps
import Foundation
import NbrunNotebooks
import NbrunRunning
import Testing

/// The notebooks that come with the package have no mistake that can be found without running them.
struct NotebookTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path()

  @Test(arguments: [("conv_layers", 10), ("spatial_batchnorm", 2), ("cnn", 14)])
  func plans(name: String, cells: Int) throws {
    let path = "notebooks/\(name).md"
    let notebook = NotebookParser.parse(
      try Data(contentsOf: URL(filePath: Self.root + path)), path: path,
      context: NotebookContext(
        hasFile: { FileManager.default.fileExists(atPath: Self.root + "notebooks/" + $0) },
        programSource: { try? String(contentsOfFile: Self.root + $0, encoding: .utf8) }, programSources: { [] }))
    #expect(notebook.diagnostics.map(\.message) == [])
    let plan = try Planner(steps: assignmentSteps).plan(notebook)
    #expect(plan.cells.count == cells)
    #expect(plan.warnings.map(\.message) == [])
    #expect(plan.cells.allSatisfy { $0.seed == 231 })
  }
}
