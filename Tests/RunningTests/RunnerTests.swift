import Foundation
import NbrunPlotting
import Testing

@testable import NbrunRunning
@testable import NbrunSteps

@Suite struct RunnerTests {
  let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  @Test func keepsTheOrderOfPrintedAndReported() throws {
    let turns = 2000
    let record = try folder.run(TestPlan("turns", "interleaving", "turns: \(turns)"))
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

  /// What a cell took is known of one that ended by itself, however it did; a dead worker tells nothing.
  @Test(arguments: [("throws", true), ("aborts", false)])
  func whatACellTookIsMeasured(way: String, isKnown: Bool) throws {
    var plan = TestPlan("bad", "misbehaving", "way: \(way)")
    plan.add("good", "measuring")
    let record = try folder.run(plan, RunOptions(keepGoing: true))
    #expect((record["bad"]?.outcome.results?.use != nil) == isKnown)
    let use = try #require(record["good"]?.outcome.results?.use)
    #expect(use.cpuSeconds >= 0 && use.cpuSeconds < 60 && use.peakBytes > 1 << 20)
    // What was stored says the same.
    #expect(try folder.run(plan, RunOptions(keepGoing: true))["good"]?.outcome.results?.use == use)
    let sum = use.adding(ResourceUse(cpuSeconds: 1, peakBytes: 1 << 40))
    #expect(sum == ResourceUse(cpuSeconds: use.cpuSeconds + 1, peakBytes: 1 << 40))
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
    var plan = TestPlan("bad", "misbehaving", "way: \(way)")
    plan.add("good", "measuring")
    let record = try folder.run(plan, RunOptions(keepGoing: true))
    guard case .failed(let failure, let partial) = record["bad"]?.outcome else { throw Unexpected(record) }
    #expect(failure.message == message)
    #expect(partial.text == "before: 1.0\nlast words\n")
    #expect(record["good"]?.outcome.succeeded == true, "an independent cell goes on")
    #expect(!record.passed)
  }

  @Test func aTrapLeavesItsMessageInTheOutput() throws {
    let record = try folder.run(TestPlan("bad", "misbehaving", "way: traps"))
    guard case .failed(let failure, let partial) = record["bad"]?.outcome else { throw Unexpected(record) }
    #expect(failure.message.hasPrefix("the step trapped (SIG"))
    #expect(partial.text.hasPrefix("before: 1.0\nlast words\n"))
    #expect(partial.text.contains("Index out of range"))
  }

  @Test func runningOutOfMemoryFailsTheCell() throws {
    let record = try folder.run(TestPlan("bad", "misbehaving", "way: allocates"))
    guard case .failed(_, let partial) = record["bad"]?.outcome else { throw Unexpected(record) }
    #expect(partial.text.hasPrefix("before: 1.0\nlast words\n"))
  }

  @Test func aTimeoutEndsTheCell() throws {
    let record = try folder.run(TestPlan("bad", "misbehaving", "way: hangs", "timeout: 0.5"))
    guard case .failed(let failure, let partial) = record["bad"]?.outcome else { throw Unexpected(record) }
    #expect(failure.message == "the step ran longer than its timeout of 0.5 seconds")
    #expect(partial.text == "before: 1.0\nlast words\n")
  }

  @Test func aHundredMegabytesAreCutDown() throws {
    let text = String(repeating: "x", count: 990)
    let record = try folder.run(TestPlan("flood", "printing", "lines: 100000", "text: \(text)"))
    let results = try #require(record["flood"]?.outcome.results)
    #expect(record.passed)
    #expect(results.text.utf8.count < 3 << 20)
    #expect(results.text.contains("bytes left out"))
    #expect(results.text.hasPrefix("\(text) 0\n") && results.text.hasSuffix("\(text) 99999\n"))
  }

  @Test func bytesThatAreNoTextAreRepaired() throws {
    let record = try folder.run(TestPlan("bytes", "printing", "lines: 0", "bytes: [97, 255, 98, 0, 27, 91, 49, 109]"))
    #expect(record["bytes"]?.outcome.results?.text == "a\u{FFFD}b\0\u{1B}[1m")
  }

  @Test(arguments: [
    ("undeclared metric", "reports the metric \"surprise\" without declaring it"),
    ("metric twice", "reports the metric \"value\" twice"),
    ("undeclared series", "reports the series \"surprise\" without declaring it"),
    ("undeclared figure", "draws the figure \"surprise\" without declaring it"),
    ("leaves out metric", "declares the metric \"count\" and ends without reporting it"),
    ("leaves out series", "declares the series \"curve\" and ends without reporting it"),
    ("leaves out figure", "declares the figure \"curve\" and ends without reporting it"),
  ])
  func reportsMustBeWhatIsDeclared(mistake: String, message: String) throws {
    let record = try folder.run(TestPlan("cell", "measuring", "mistake: \(mistake)"))
    guard case .failed(let failure, let partial) = record["cell"]?.outcome else { throw Unexpected(record) }
    #expect(failure.message == "the step measuring \(message)")
    #expect(partial.metrics["value"] != nil)
  }

  @Test func figuresGetTheirCaptions() throws {
    let record = try folder.run(TestPlan("cell", "measuring", "caption: curve: A caption."))
    #expect(record["cell"]?.outcome.results?.figures.map(\.caption) == ["A caption."])
  }

  @Test func aFigureDrawnAgainReplacesItself() throws {
    let record = try folder.run(TestPlan("cell", "measuring", "mistake: figure twice"))
    #expect(record.passed)
    #expect(record["cell"]?.outcome.results?.figures.map(\.figure.title) == ["Curve, grown"])
  }

  @Test func outputsFlowFromCellToCell() throws {
    var plan = TestPlan("count", "counting", "end: 21")
    plan.add("double", "doubling", "amount: count")
    let record = try folder.run(plan)
    #expect(record["double"]?.outcome.results?.metrics == ["doubled": .integer(42)])
  }

  // MARK: What does not run

  @Test func dependantsOfAFailedCellDoNotRun() throws {
    var plan = TestPlan("bad", "misbehaving")
    plan.add("needs", "measuring", "after: bad")
    plan.add("free", "measuring")
    let stopping = try folder.run(plan)
    #expect(stopping["needs"]?.outcome == .notRun(.because("bad")))
    #expect(stopping["free"]?.outcome == .notRun(.stopped(after: "bad")))
    let going = try folder.run(plan, RunOptions(keepGoing: true))
    #expect(going["needs"]?.outcome == .notRun(.because("bad")))
    #expect(going["free"]?.outcome.succeeded == true)
  }

  @Test func onlySelectedCellsAndTheirNeedsRun() throws {
    var plan = TestPlan("count", "counting")
    plan.add("other", "measuring")
    plan.add("double", "doubling", "amount: count")
    let record = try folder.run(plan, RunOptions(only: ["double"]))
    #expect(record["count"]?.outcome.succeeded == true)
    #expect(record["double"]?.outcome.succeeded == true)
    #expect(record["other"]?.outcome == .notRun(.notSelected))
  }

  @Test func withoutDataTheOthersRun() throws {
    var plan = TestPlan("flowers", "reading-data")
    plan.add("free", "measuring")
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
    plan.add("flowers", "reading-data", "expect: size = 8")
    let allowed = try folder.run(plan, RunOptions(standIn: true))
    #expect(allowed["flowers"]?.usesStandIn == true)
    #expect(allowed["flowers"]?.claims.map(\.status) == [.notTested])
    #expect(allowed.data["flowers"]?.isStandIn == true)
    plan.frontMatter = "stand-in: allowed"
    #expect(try folder.run(plan)["flowers"]?.usesStandIn == true)
  }

  @Test func anInterruptedCellKeepsWhatItPrinted() throws {
    let interruption = Interruption()
    var plan = TestPlan("count", "counting", "end: 1000", "pause: 10")
    plan.add("later", "measuring")
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
    ("1.5", "value < 2", ClaimRecord.Status.held),
    ("1.5", "value < 1.5", .broken),
    ("1.5", "value <= 1.5", .held),
    ("1.5", "value > 1", .held),
    ("1.5", "value >= 1.6", .broken),
    ("1.5", "value = 1.6 +/- 0.2", .held),
    ("1.5", "value = 1.6 +/- 0.05", .broken),
    ("1.5", "value in [1, 1.5]", .held),
    ("1.5", "value in [1.6, 2]", .broken),
    ("nan", "value < 2", .broken),
    ("nan", "value in [0, 100]", .broken),
    ("nan", "value = 1.5 +/- 100", .broken),
  ])
  func claimsAreJudged(value: String, claim: String, status: ClaimRecord.Status) throws {
    let setting = value == "nan" ? "not-number: true" : "value: \(value)"
    let record = try folder.run(TestPlan("cell", "measuring", setting, "expect: \(claim)"))
    #expect(record["cell"]?.claims.map(\.status) == [status])
    #expect(record.passed == (status == .held))
  }

  @Test func claimsMayReferToOtherCells() throws {
    var plan = TestPlan("small", "measuring", "value: 1")
    plan.add("large", "measuring", "value: 2", "expect: value > small.value", "expect: value in [small.value, 2]")
    plan.add("bad", "misbehaving")
    plan.add("last", "measuring", "expect: value > bad.before", "expect: value in [0, bad.before]")
    let record = try folder.run(plan, RunOptions(keepGoing: true))
    #expect(record["large"]?.claims.map(\.status) == [.held, .held])
    #expect(record["last"]?.claims.map(\.status) == [.notTested, .notTested], "a failed cell proves nothing")
  }
}

/// A run that went otherwise than a test needs it.
struct Unexpected: Error {
  let record: RunRecord

  init(_ record: RunRecord) {
    self.record = record
  }
}
