import Digests
import Foundation
import Notebooks
import Running
import Steps

/// The worker of the tests: a program whose steps do what steps should, and what they should not. With the argument `run` it is a
/// supervisor of its own, which tests can kill.
@main
enum TestWorker {
  static func main() throws {
    WorkerMain.runIfRequested(steps: testSteps)
    let arguments = CommandLine.arguments
    guard arguments.count == 4, arguments[1] == "run" else { exit(2) }
    try run(notebook: arguments[2], stateFolder: arguments[3])
  }

  private static func run(notebook path: String, stateFolder: String) throws {
    let bytes = try Data(contentsOf: URL(filePath: path))
    let notebook = NotebookParser.parse(bytes, path: "test.md", surroundings: .none)
    let environment = RunnerEnvironment(
      executable: CommandLine.arguments[0], stateFolder: stateFolder, threads: 1,
      dataSearch: DataSearch(folders: [], cacheFolder: stateFolder), numerics: "test",
      description: RunEnvironment(machine: "test", toolchain: "Swift", version: "0", threads: 1),
      interruption: .ofSignals)
    let record = try Runner(environment: environment).execute(Planner(steps: testSteps).plan(notebook))
    for cell in record.cells {
      let results = cell.outcome.results ?? CellResults()
      print(cell.id, cell.outcome.succeeded, results.output, results.outputDigest as Any)
      for (key, value) in results.metrics.sorted(by: { $0.key < $1.key }) { print(key, value) }
      for (key, values) in results.series.sorted(by: { $0.key < $1.key }) { print(key, values) }
    }
    exit(record.wasInterrupted ? 130 : record.passed ? 0 : 1)
  }
}

/// The steps that the tests run.
let testSteps = makeTestSteps(codeIdentity: "test-steps-1")

/// The steps that the tests run, computing with sources of the given digest, if any.
func makeTestSteps(codeIdentity: String?) -> StepList {
  StepList(codeIdentity: codeIdentity) {
    Interleaving.self
    Misbehaving.self
    Printing.self
    Measuring.self
    Counting.self
    Doubling.self
    Sleeping.self
    ReadingData.self
  }
}
