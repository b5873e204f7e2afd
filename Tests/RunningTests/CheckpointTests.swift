import Foundation
import NbrunSteps
import Testing

@testable import NbrunRunning

@Suite struct CheckpointTests {
  let folder: TestFolder
  let elsewhere: TestFolder

  init() throws {
    folder = try TestFolder()
    elsewhere = try TestFolder()
  }

  /// What a run that nothing disturbed finds out.
  private func undisturbed(_ plan: TestPlan) throws -> RunRecord {
    try elsewhere.run(plan)
  }

  @Test func aKilledWorkersCellGoesOnFromItsCheckpoint() throws {
    let plan = TestPlan("count", "counting", "end: 20", "kills-itself-at: 13")
    let first = try folder.run(plan)
    guard case .failed(_, let partial) = first["count"]?.outcome else { throw Unexpected(first) }
    #expect(partial.text.hasSuffix("count 13\nsum \(partial.series["counts"]?.last?.double ?? 0)\n"))
    let log = EventLog()
    let second = try folder.run(plan, observer: log)
    #expect(log.events.contains { if case .resumed("count", _) = $0 { true } else { false } })
    let expected = try undisturbed(TestPlan("count", "counting", "end: 20"))
    #expect(second["count"]?.outcome.results?.output == expected["count"]?.outcome.results?.output)
    #expect(second["count"]?.outcome.results?.metrics == expected["count"]?.outcome.results?.metrics)
    #expect(second["count"]?.outcome.results?.series == expected["count"]?.outcome.results?.series)
    #expect(second["count"]?.outcome.results?.outputDigest == expected["count"]?.outcome.results?.outputDigest)
    #expect(folder.stateFiles("checkpoints").isEmpty, "a finished cell needs no checkpoint")
  }

  @Test func anInterruptedCellGoesOnFromItsCheckpoint() throws {
    let plan = TestPlan("count", "counting", "end: 60", "pause: 20", "interval: 1000")
    let interruption = Interruption()
    let first = try folder.run(plan, observer: Interrupting(interruption, atValue: 5), interruption: interruption)
    guard case .failed = first["count"]?.outcome else { throw Unexpected(first) }
    #expect(folder.stateFiles("checkpoints").count == 2, "a state and a manifest")
    let log = EventLog()
    let second = try folder.run(plan, observer: log)
    #expect(log.events.contains { if case .resumed("count", _) = $0 { true } else { false } })
    #expect(try second.essence == undisturbed(plan).essence)
  }

  /// Where nothing is kept, there is nothing to go on from, and none of it is said.
  @Test(arguments: [true, false])
  func whatKeepsNothingPromisesNothing(isIsolated: Bool) throws {
    let plan = try TestPlan("count", "counting", "end: 400", "pause: 5", "interval: 1000").plan()
    let interruption = Interruption()
    var environment = folder.environment(interruption: interruption)
    if !isIsolated { environment.workerLauncher = ["env"] }
    let runner = Runner(environment: environment, observer: Interrupting(interruption, atValue: 2))
    let record = isIsolated ? try runner.executeInIsolation(plan) : try runner.execute(plan)
    #expect(record.wasInterrupted && folder.stateFiles("checkpoints").isEmpty)
    switch record["count"]?.outcome {
    case .notRun(.interrupted) where isIsolated: break
    case .failed(let failure, let partial) where !isIsolated:
      #expect(failure == StepFailure("the run was interrupted while this cell ran") && !partial.output.isEmpty)
    default: throw Unexpected(record)
    }
  }

  @Test(arguments: [("manifest", 10), ("manifest", 60), ("manifest", -1), ("state", 5), ("state", -1), ("state", 40)])
  func aDamagedCheckpointIsSaidAndNotUsed(file: String, offset: Int) throws {
    let plan = TestPlan("count", "counting", "end: 20", "kills-itself-at: 13")
    _ = try folder.run(plan)
    let path = try #require(
      folder.stateFiles("checkpoints").first { ($0 as NSString).lastPathComponent.hasPrefix(file) })
    try flipByte(offset, of: path)
    let log = EventLog()
    let second = try folder.run(plan, observer: log)
    #expect(log.warnings == ["the checkpoint of the cell count is damaged; it starts afresh"])
    guard case .failed(let failure, _) = second["count"]?.outcome else { throw Unexpected(second) }
    #expect(failure.message.contains("SIGKILL"), "it has started afresh, so it kills itself again")
  }

  @Test func aFreshRunIgnoresCheckpoints() throws {
    let plan = TestPlan("count", "counting", "end: 20", "kills-itself-at: 13")
    _ = try folder.run(plan)
    let log = EventLog()
    _ = try folder.run(plan, RunOptions(fresh: true), observer: log)
    #expect(!log.events.contains { if case .resumed = $0 { true } else { false } })
  }
}

/// Asks a run to stop when a cell has added so many values to its series.
final class Interrupting: RunObserver {
  private let interruption: Interruption
  private let last: Int
  private let count = Synchronized(0)

  init(_ interruption: Interruption, atValue last: Int) {
    self.interruption = interruption
    self.last = last
  }

  func observe(_ event: RunEvent) {
    guard case .series = event else { return }
    count.change { $0 += 1 }
    if count.value == last { interruption.request() }
  }
}
