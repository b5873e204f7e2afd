import Foundation
import Testing

@testable import Running
@testable import Steps

@Suite struct AttestationTests {
  let folder: TestFolder
  private let plan: TestPlan
  private let vouched: [CellID: CellResults]

  init() throws {
    folder = try TestFolder()
    var plan = TestPlan("train", "counting", "end: 40", "expect: sum > 0")
    plan.add("test", "doubling", "amount: train")
    plan.add("other", "measuring")
    self.plan = plan
    vouched = Dictionary(
      uniqueKeysWithValues: try folder.run(plan).cells.compactMap { cell in cell.outcome.results.map { (cell.id, $0) } }
    )
  }

  private func attest(
    _ results: [CellID: CellResults], isSameVariant: Bool = true, observer: any RunObserver = SilentObserver()
  ) throws -> RunRecord {
    let vouched = VouchedResults(results: results, isSameVariant: isSameVariant)
    return try folder.run(plan, RunOptions(fresh: true, vouched: vouched), observer: observer)
  }

  @Test func aTrainingIsVouchedForByItsBeginning() throws {
    try StateFolder.clean("\(folder.path)/.nbrun")
    let log = EventLog()
    let record = try attest(vouched, observer: log)
    #expect(record["train"]?.outcome.results?.origin == .attested(iterations: 4))
    #expect(record["train"]?.outcome.results?.metrics == vouched["train"]?.metrics)
    #expect(record["train"]?.claims.map(\.status) == [.attested])
    #expect(record["test"]?.outcome.results?.origin == .attested(iterations: 0), "there is nothing that it could take")
    #expect(record["other"]?.outcome.results?.origin == .computed, "what has no curve is run")
    let counts = log.events.count { if case .series("train", _, _, _) = $0 { true } else { false } }
    #expect(counts < 40, "the rest was not repeated")
    let forecasts = log.events.compactMap { if case .started(let forecast) = $0 { forecast } else { nil } }
    #expect(forecasts.map { $0.expectedSeconds["train"] } == [nil], "nor is it reckoned with")
    #expect(folder.stateFiles("checkpoints").isEmpty)
  }

  @Test func whereTheStoredResultIsAtHandOthersTakeFromIt() throws {
    let record = try attest(vouched)
    #expect(record["train"]?.outcome.results?.origin == .attested(iterations: 4))
    #expect(record["test"]?.outcome.results?.origin == .computed)
    #expect(record["test"]?.outcome.results?.metrics == vouched["test"]?.metrics)
  }

  @Test(arguments: [(1e-6, true, false), (1e-6, false, true), (1e-3, false, false)])
  func anotherBeginningIsRefused(error: Double, isSameVariant: Bool, agrees: Bool) throws {
    var results = vouched
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
