import Foundation
import NbrunSteps
import Testing

@testable import NbrunRunning
@testable import TestWorker

/// What invalidates a stored result, and what does not.
@Suite struct CacheKeyTests {
  /// Something that is changed between two runs, and the cells that are computed again because of it.
  struct Change: Sendable, CustomTestStringConvertible {
    let name: String
    let recomputes: Set<CellID>
    let apply: @Sendable (inout Setting) throws -> Void

    var testDescription: String { name }

    init(_ name: String, _ recomputes: Set<CellID>, _ apply: @escaping @Sendable (inout Setting) throws -> Void) {
      self.name = name
      self.recomputes = recomputes
      self.apply = apply
    }
  }

  /// A notebook and its surroundings, piece by piece.
  struct Setting {
    let folder: TestFolder
    var environment: RunnerEnvironment
    var options = RunOptions()
    var path = "notebooks/test.md"
    var frontMatter = "seed: 231"
    var steps = testSteps
    var prose = "Some prose."
    var countLines = ["end: 6"]
    var doubleLines = ["amount: count"]
    var measureID: CellID = "measure"
    var measureLines = ["caption: curve: A caption.", "expect: value < 2"]
    var measuresFirst = false

    init() throws {
      folder = try TestFolder()
      try folder.writeFlowers()
      environment = folder.environment()
    }

    func run() throws -> RunRecord {
      var plan = TestPlan()
      plan.path = path
      plan.frontMatter = frontMatter
      plan.steps = steps
      plan.say(prose)
      if measuresFirst { plan.add(measureID, "measuring", lines: measureLines) }
      plan.add("count", "counting", lines: countLines)
      plan.add("double", "doubling", lines: doubleLines)
      if !measuresFirst { plan.add(measureID, "measuring", lines: measureLines) }
      plan.add("flowers", "reading-data")
      return try Runner(environment: environment).execute(plan.plan(), options: options)
    }
  }

  static let everything: Set<CellID> = ["count", "double", "measure", "flowers"]

  static let changes: [Change] = [
    Change("nothing", []) { _ in },
    Change("prose", []) { $0.prose = "Other prose, and *more* of it." },
    Change("caption", []) { $0.measureLines[0] = "caption: curve: Another caption." },
    Change("claim", []) { $0.measureLines[1] = "expect: value < 3" },
    Change("another claim", []) { $0.measureLines.append("expect: count = 3") },
    Change("reference", []) { $0.measureLines.append("reference: value 1.4") },
    Change("title", []) { $0.frontMatter += "\ntitle: Another title" },
    Change("the notebook's name", []) { $0.path = "elsewhere/renamed.md" },
    Change("the cell's id", []) { $0.measureID = "gauge" },
    Change("what a report shows", []) { $0.measureLines += ["show: folded", "tags: slow"] },
    Change("timeout", []) { $0.measureLines.append("timeout: 60") },
    Change("a cell that it comes after", []) { $0.doubleLines.append("after: count") },
    Change("the order of cells", []) { $0.measuresFirst = true },
    Change("threads", []) { $0.environment.description.threads = 2 },
    Change("the machine", []) { $0.environment.description.machine = "another" },
    Change("report code, so the program but not the sources that compute", []) {
      let copy = "\($0.folder.path)/worker"
      try Data("another program".utf8).write(to: URL(filePath: copy))
      $0.environment.executable = copy
    },
    Change("a default written out", []) { $0.countLines.append("interval: 5") },
    Change("a number written otherwise", []) { $0.measureLines.append("value: 1.50") },
    Change("a parameter", ["measure"]) { $0.measureLines.append("value: 1.25") },
    Change("a parameter of a cell that another takes from", ["count", "double"]) { $0.countLines = ["end: 7"] },
    Change("a parameter's default", ["measure"]) {
      $0.steps = StepList(codeIdentity: "test-steps-1") {
        RegaugedMeasuring.self
        Counting.self
        Doubling.self
        ReadingData.self
      }
    },
    Change("the notebook's seed", everything) { $0.frontMatter = "seed: 232" },
    Change("a cell's seed", ["count", "double"]) { $0.countLines.append("seed: 7") },
    Change("data", ["flowers"]) { try $0.folder.writeFlowers("other petals") },
    Change("the code of steps or layers", everything) { $0.steps = makeTestSteps(codeIdentity: "test-steps-2") },
    Change("numeric variant", everything) { $0.environment.numerics = "other" },
    Change("compiler", everything) { $0.environment.description.toolchain = "Swift 7" },
    Change("cache: false", ["measure"]) { $0.measureLines.append("cache: false") },
    Change("--fresh", everything) { $0.options.fresh = true },
    Change("a removed cache folder", everything) {
      try StateFolder.clean($0.environment.stateFolder)
    },
  ]

  @Test(arguments: changes)
  func recomputesWhatDependsOnIt(change: Change) throws {
    var setting = try Setting()
    #expect(try setting.run().computed == Self.everything)
    try change.apply(&setting)
    // A worker's program is not looked at where nothing is computed.
    let record = try setting.run()
    #expect(record.computed == change.recomputes)
    #expect(record.cells.allSatisfy { $0.outcome.succeeded })
  }

  @Test func withoutACodeIdentityTheProgramStandsForIt() throws {
    var setting = try Setting()
    setting.steps = makeTestSteps(codeIdentity: nil)
    #expect(try setting.run().computed == Self.everything)
    #expect(try setting.run().computed == [])
    let copy = "\(setting.folder.path)/worker"
    try FileManager.default.copyItem(atPath: TestFolder.testWorker, toPath: copy)
    setting.environment.executable = copy
    #expect(try setting.run().computed == [], "the same program elsewhere")
    let program = try FileHandle(forWritingTo: URL(filePath: copy))
    try program.seekToEnd()
    try program.write(contentsOf: Data([0]))
    try program.close()
    #expect(try setting.run().computed == Self.everything)
  }

  @Test func aReusedCellIsToldAsTheComputedOne() throws {
    let setting = try Setting()
    let first = try setting.run()
    let second = try setting.run()
    #expect(second.essence == first.essence)
    #expect(second.cells.map(\.outcome.results?.seconds) == first.cells.map(\.outcome.results?.seconds))
  }
}

/// `measuring` with another default.
struct RegaugedMeasuring: Step {
  static let name: StepName = "measuring"
  static let summary = "Reports given numbers."

  @Parameter("The value of the metric.") var value = 1.75
  @Parameter("Whether the value is not a number.") var notNumber = false
  @Parameter("What to do wrong.") var mistake = ""

  var metrics: [Metric] { [.tolerance("value", relative: 1e-6), .exact("count")] }
  var series: [MetricSeries] { [MetricSeries("curve", .exact)] }
  var figures: [FigureName] { ["curve"] }

  func run(in cell: Cell) throws {}
}
