import Foundation
import Plotting
import Testing

@testable import Running
@testable import Steps

@Suite struct RunnerTests {
  let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  @Test func keepsTheOrderOfPrintedAndReported() throws {
    let turns = 2000
    let record = try folder.run(TestPlan("turns", "interleaving", ["turns": "\(turns)"]))
    let results = try #require(record["turns"]?.outcome.results)
    var expected: [OutputItem] = []
    for turn in 0..<turns {
      expected += [
        .text((turn > 0 ? "error \(turn - 1)\n" : "") + "line \(turn)\nhalf "),
        .seriesLine("turns", "turn \(turn)\n"),
      ]
    }
    expected.append(.text("error \(turns - 1)\n"))
    #expect(results.output == expected)
    #expect(results.series["turns"]?.count == turns)
    #expect(record.passed)
  }

  @Test(arguments: [
    ("throws", "the step could not do it"),
    ("hints", "the loss is not a number at iteration 3"),
    ("kills", "the step was killed (SIGKILL): out of memory?"),
    ("aborts", "the step aborted (SIGABRT)"),
    ("exits", "the step ended its process with exit status 7"),
    ("undeclared-data", "the step misbehaving reads the data flowers without declaring it"),
  ])
  func aFailingStepLeavesWhatItPrintedAndReported(way: String, message: String) throws {
    var plan = try TestPlan("bad", "misbehaving", ["way": way])
    try plan.add("good", "measuring")
    let record = try folder.run(plan, RunOptions(keepGoing: true))
    guard case .failed(let failure, let partial) = record["bad"]?.outcome else { throw Unexpected(record) }
    #expect(failure.message == message)
    #expect(partial.text == "before: 1.0\nlast words\n")
    #expect(record["good"]?.outcome.succeeded == true, "an independent cell goes on")
    #expect(!record.passed)
  }

  @Test func aTrapLeavesItsMessageInTheOutput() throws {
    let record = try folder.run(TestPlan("bad", "misbehaving", ["way": "traps"]))
    guard case .failed(let failure, let partial) = record["bad"]?.outcome else { throw Unexpected(record) }
    #expect(failure.message.hasPrefix("the step trapped (SIG"))
    #expect(partial.text.hasPrefix("before: 1.0\nlast words\n"))
    #expect(partial.text.contains("Index out of range"))
  }

  @Test func runningOutOfMemoryFailsTheCell() throws {
    let record = try folder.run(TestPlan("bad", "misbehaving", ["way": "allocates"]))
    guard case .failed(_, let partial) = record["bad"]?.outcome else { throw Unexpected(record) }
    #expect(partial.text.hasPrefix("before: 1.0\nlast words\n"))
  }

  @Test func aTimeoutEndsTheCell() throws {
    let record = try folder.run(TestPlan("bad", "misbehaving", ["way": "hangs"], timeout: 0.5))
    guard case .failed(let failure, let partial) = record["bad"]?.outcome else { throw Unexpected(record) }
    #expect(failure.message == "the step ran longer than its timeout of 0.5 seconds")
    #expect(partial.text == "before: 1.0\nlast words\n")
  }

  @Test(arguments: [
    ("undeclared metric", "reports the metric \"surprise\" without declaring it"),
    ("metric twice", "reports the metric \"value\" twice"),
    ("undeclared series", "reports the series \"surprise\" without declaring it"),
    ("undeclared figure", "draws the figure \"surprise\" without declaring it"),
    ("figure twice", "draws the figure \"curve\" twice"),
    ("leaves out metric", "declares the metric \"count\" and ends without reporting it"),
    ("leaves out series", "declares the series \"curve\" and ends without reporting it"),
    ("leaves out figure", "declares the figure \"curve\" and ends without reporting it"),
  ])
  func reportsMustBeWhatIsDeclared(mistake: String, message: String) throws {
    let record = try folder.run(TestPlan("cell", "measuring", ["mistake": mistake]))
    guard case .failed(let failure, let partial) = record["cell"]?.outcome else { throw Unexpected(record) }
    #expect(failure.message == "the step measuring \(message)")
    #expect(partial.metrics["value"] != nil)
  }

  @Test func figuresGetTheirCaptions() throws {
    let record = try folder.run(TestPlan("cell", "measuring"))
    #expect(record["cell"]?.outcome.results?.figures.map(\.caption) == ["A caption."])
  }

  @Test func outputsFlowFromCellToCell() throws {
    var plan = try TestPlan("count", "counting", ["end": "21"])
    try plan.add("double", "doubling", ["amount": "count"])
    let record = try folder.run(plan)
    #expect(record["double"]?.outcome.results?.metrics == ["doubled": .integer(42)])
  }

  // MARK: What does not run

  @Test func dependantsOfAFailedCellDoNotRun() throws {
    var plan = try TestPlan("bad", "misbehaving")
    try plan.add("needs", "measuring", after: ["bad"])
    try plan.add("free", "measuring")
    let stopping = try folder.run(plan)
    #expect(stopping["needs"]?.outcome == .notRun(.because("bad")))
    #expect(stopping["free"]?.outcome == .notRun(.stopped(after: "bad")))
    let going = try folder.run(plan, RunOptions(keepGoing: true))
    #expect(going["needs"]?.outcome == .notRun(.because("bad")))
    #expect(going["free"]?.outcome.succeeded == true)
  }

  @Test func onlySelectedCellsAndTheirNeedsRun() throws {
    var plan = try TestPlan("count", "counting")
    try plan.add("other", "measuring")
    try plan.add("double", "doubling", ["amount": "count"])
    let record = try folder.run(plan, RunOptions(only: ["double"]))
    #expect(record["count"]?.outcome.succeeded == true)
    #expect(record["double"]?.outcome.succeeded == true)
    #expect(record["other"]?.outcome == .notRun(.notSelected))
  }

  @Test func withoutDataTheOthersRun() throws {
    var plan = try TestPlan("flowers", "reading-data")
    try plan.add("free", "measuring")
    let record = try folder.run(plan)
    #expect(
      record["flowers"]?.outcome
        == .notRun(
          .noData("flowers", "the flowers cannot be fetched. Put petals.bin into a folder and name it with --data")))
    #expect(record["free"]?.outcome.succeeded == true)
    #expect(record.lacksData)
  }

  @Test func aStandInIsUsedOnlyWhereItIsAllowedAndProvesNothing() throws {
    var plan = TestPlan()
    try plan.add("flowers", "reading-data", claims: [claim("size", .equal, .number(8))])
    let allowed = try folder.run(plan, RunOptions(standIn: true))
    #expect(allowed["flowers"]?.usesStandIn == true)
    #expect(allowed["flowers"]?.claims.map(\.status) == [.notTested])
    #expect(allowed.data["flowers"]?.isStandIn == true)
    plan.allowsStandIn = true
    #expect(try folder.run(plan)["flowers"]?.usesStandIn == true)
  }

  @Test func anInterruptedCellKeepsWhatItPrinted() throws {
    let interruption = Interruption()
    var plan = try TestPlan("count", "counting", ["end": "1000", "pause": "10"])
    try plan.add("later", "measuring")
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.6) { interruption.request() }
    let record = try folder.run(plan, interruption: interruption)
    guard case .failed(_, let partial) = record["count"]?.outcome else { throw Unexpected(record) }
    #expect(partial.text.hasPrefix("count 1\n"))
    #expect(record["later"]?.outcome == .notRun(.interrupted))
    #expect(record.wasInterrupted)
  }

  @Test func aSecondInterruptionEndsACellThatDoesNotListen() throws {
    let interruption = Interruption()
    for delay in [0.5, 0.8] {
      DispatchQueue.global().asyncAfter(deadline: .now() + delay) { interruption.request() }
    }
    let record = try folder.run(TestPlan("sleep", "sleeping"), interruption: interruption)
    guard case .failed(_, let partial) = record["sleep"]?.outcome else { throw Unexpected(record) }
    #expect(partial.text == "good night\n")
    #expect(record.wasInterrupted)
  }

  // MARK: Claims

  @Test(arguments: [
    (1.5, Claim.Comparison.less, 2.0, 0.0, ClaimRecord.Status.held),
    (1.5, .less, 1.5, 0, .broken),
    (1.5, .atMost, 1.5, 0, .held),
    (1.5, .greater, 1, 0, .held),
    (1.5, .atLeast, 1.6, 0, .broken),
    (1.5, .equal, 1.6, 0.2, .held),
    (1.5, .equal, 1.6, 0.05, .broken),
    (.nan, .less, 2, 0, .broken),
    (.nan, .equal, .nan, 1, .broken),
  ])
  func claimsAreJudged(
    value: Double, comparison: Claim.Comparison, bound: Double, tolerance: Double, status: ClaimRecord.Status
  ) throws {
    var plan = TestPlan()
    let claim = claim("value", comparison, .number(bound), tolerance: tolerance)
    try plan.add("cell", "measuring", value.isNaN ? ["is-na-n": "true"] : ["value": "\(value)"], claims: [claim])
    let record = try folder.run(plan)
    #expect(record["cell"]?.claims.map(\.status) == [status])
    #expect(record.passed == (status == .held))
  }

  @Test func claimsMayReferToOtherCells() throws {
    var plan = TestPlan()
    try plan.add("small", "measuring", ["value": "1"], claims: [claim("value", .less, .metric("large", "value"))])
    try plan.add("large", "measuring", ["value": "2"], claims: [claim("value", .less, .metric("bad", "before"))])
    try plan.add("bad", "misbehaving")
    let record = try folder.run(plan)
    #expect(record["small"]?.claims.map(\.status) == [.held])
    #expect(record["large"]?.claims.map(\.status) == [.notTested], "a failed cell proves nothing")
  }
}

/// A run that went otherwise than a test needs it.
struct Unexpected: Error {
  let record: RunRecord

  init(_ record: RunRecord) {
    self.record = record
  }
}
