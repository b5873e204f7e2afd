import Foundation
import NbrunSteps
import NbrunTestSupport

@testable import NbrunRunning

/// A folder of one test, gone when the test is over, and the runs that happen in it.
final class TestFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "nbrun-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The surroundings of a run in this folder.
  func environment(interruption: Interruption = Interruption()) -> RunnerEnvironment {
    var environment = RunnerEnvironment(
      executable: Self.testWorker, stateFolder: "\(path)/.nbrun",
      dataSearch: DataSearch(folders: ["\(path)/data"], cacheFolder: "\(path)/cache"), numerics: "test",
      description: RunEnvironment(machine: "test", toolchain: "Swift", version: "0", threads: 1),
      interruption: interruption)
    environment.stopPatience = 2
    return environment
  }

  /// Writes the data that `reading-data` reads.
  func writeFlowers(_ text: String = "petals") throws {
    try FileManager.default.createDirectory(atPath: "\(path)/data", withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: "\(path)/data/petals.bin"))
  }

  /// The files below `folder` of the state folder, in order.
  func stateFiles(_ folder: String) -> [String] {
    let root = "\(path)/.nbrun/\(folder)"
    let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return names.sorted().map { "\(root)/\($0)" }.filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
    }
  }

  /// Runs `plan` here.
  func run(
    _ plan: TestPlan, _ options: RunOptions = RunOptions(), observer: any RunObserver = SilentObserver(),
    interruption: Interruption = Interruption()
  ) throws -> RunRecord {
    try Runner(environment: environment(interruption: interruption), observer: observer)
      .execute(plan.plan(), options: options)
  }

  /// The test worker, which is built beside the test bundle.
  static let testWorker = BuiltPrograms.path(of: "TestWorker")
}

/// Remembers what happened.
final class EventLog: RunObserver {
  private let entries = Synchronized<[RunEvent]>([])
  let wantsPartialResults: Bool

  init(wantsPartialResults: Bool = false) {
    self.wantsPartialResults = wantsPartialResults
  }

  func observe(_ event: RunEvent) {
    entries.change { $0.append(event) }
  }

  var events: [RunEvent] { entries.value }

  var warnings: [String] {
    events.compactMap { if case .warning(let diagnostic) = $0 { diagnostic.message } else { nil } }
  }
}

/// A value that several threads may change.
final class Synchronized<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: Value

  init(_ value: Value) {
    stored = value
  }

  var value: Value { lock.withLock { stored } }
  func change(_ body: (inout Value) -> Void) { lock.withLock { body(&stored) } }
}

extension RunRecord {
  /// The cells that were computed rather than reused.
  var computed: Set<CellID> {
    Set(cells.filter { $0.outcome.results?.origin == .computed }.map(\.id))
  }

  /// The record as if everything had been computed in no time: what does not depend on how a run went.
  var essence: RunRecord {
    var copy = self
    for index in copy.cells.indices {
      guard case .succeeded(var results) = copy.cells[index].outcome else { continue }
      results.origin = .computed
      results.seconds = 0
      results.use = nil
      copy.cells[index].outcome = .succeeded(results)
    }
    return copy
  }
}

/// Changes one byte of the file at `path`.
func flipByte(_ offset: Int, of path: String) throws {
  var bytes = try Data(contentsOf: URL(filePath: path))
  bytes[offset < 0 ? bytes.count + offset : offset] ^= 0x10
  try bytes.write(to: URL(filePath: path))
}

extension CellResults {
  /// Everything printed, metric lines with their numbers.
  var text: String {
    output.map { item in
      switch item {
      case .text(let text): text
      case .metric(let key, let line): line.before + (metrics[key].map { "\($0.double)" } ?? "?") + line.after
      case .seriesLine(_, let text): text
      }
    }.joined()
  }
}
