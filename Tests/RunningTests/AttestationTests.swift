import Foundation
import Testing

@testable import NbrunRunning
@testable import NbrunSteps

@Suite struct AttestationTests {
  let folder: TestFolder
  private let plan: TestPlan
  private let reported: [CellID: CellResults]

  init() throws {
    folder = try TestFolder()
    var plan = TestPlan("train", "counting", "end: 40", "expect: sum > 0")
    plan.add("test", "doubling", "amount: train")
    plan.add("other", "measuring")
    self.plan = plan
    reported = Dictionary(
      uniqueKeysWithValues: try folder.run(plan).cells.compactMap { cell in cell.outcome.results.map { (cell.id, $0) } }
    )
  }

  private func attest(
    _ results: [CellID: CellResults], isSameVariant: Bool = true, observer: any RunObserver = SilentObserver()
  ) throws -> RunRecord {
    let reported = ReportedResults(results: results, isSameVariant: isSameVariant)
    return try folder.run(plan, RunOptions(fresh: true, reported: reported), observer: observer)
  }

  @Test func aTrainingIsVouchedForByItsBeginning() throws {
    try StateFolder.clean("\(folder.path)/.nbrun")
    let log = EventLog()
    let record = try attest(reported, observer: log)
    #expect(record["train"]?.outcome.results?.origin == .attested(iterations: 4))
    #expect(record["train"]?.outcome.results?.metrics == reported["train"]?.metrics)
    #expect(record["train"]?.claims.map(\.status) == [.attested])
    #expect(record["test"]?.outcome.results?.origin == .unchecked, "there is nothing that it could take")
    #expect(record["other"]?.outcome.results?.origin == .computed, "what has no curve is run")
    let counts = log.events.count { if case .series("train", _, _, _) = $0 { true } else { false } }
    #expect(counts < 40, "the rest was not repeated")
    let forecasts = log.events.compactMap { if case .started(let seconds) = $0 { seconds } else { nil } }
    #expect(forecasts.map { $0["train"] } == [nil], "nor is it reckoned with")
    #expect(folder.stateFiles("checkpoints").isEmpty)
  }

  /// A stored result is no better than the report: what takes from an attested cell is not run on it.
  @Test func aStoredResultIsNotBelieved() throws {
    var record = try attest(reported)
    #expect(record["train"]?.outcome.results?.origin == .attested(iterations: 4))
    #expect(record["test"]?.outcome.results?.origin == .unchecked)
    var results = reported
    results["test"] = nil
    record = try attest(results)
    #expect(record["test"]?.outcome == .notRun(.needsAttested("train")))
  }

  @Test func theLinesOfTheBeginningAreComparedToo() throws {
    var results = reported
    results["train"]?.output[0] = .text("count 7\n")
    let record = try attest(results)
    guard case .failed(let failure, _) = record["train"]?.outcome else { throw Unexpected(record) }
    #expect(failure.message == "what it prints when it is repeated is not what the report shows")
  }

  @Test func whatIsInterruptedIsNoFailure() throws {
    let interruption = Interruption()
    let record = try folder.run(
      plan, RunOptions(fresh: true, reported: ReportedResults(results: reported, isSameVariant: true)),
      observer: Interrupting(interruption, atValue: 1), interruption: interruption)
    #expect(record.wasInterrupted)
    #expect(record["train"]?.outcome == .notRun(.interrupted))
  }

  @Test(arguments: [(1e-6, true, false), (1e-6, false, true), (1e-3, false, false)])
  func anotherBeginningIsRefused(error: Double, isSameVariant: Bool, agrees: Bool) throws {
    var results = reported
    let value = try #require(results["train"]?.series["counts"]?[2].double)
    results["train"]?.series["counts"]?[2] = .double(value * (1 + error))
    let record = try attest(results, isSameVariant: isSameVariant)
    guard !agrees else {
      #expect(record["train"]?.outcome.succeeded == true)
      return
    }
    guard case .failed(let failure, _) = record["train"]?.outcome else { throw Unexpected(record) }
    #expect(
      failure.message
        == "value 3 of the series \"counts\" is \(value) when repeated, and the report says \(value * (1 + error))")
  }
}
