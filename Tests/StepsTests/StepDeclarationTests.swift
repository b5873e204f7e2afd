import JSONValues
import RandomNumbers
import Steps
import Testing

@Suite struct StepDeclarationTests {
  struct Producer: Step {
    static let name: StepName = "producer"
    static let summary = "Gives a number."
    @Parameter("A number.") var value = 2
    func run(in cell: Cell) -> Int { value * 10 }
  }

  struct Consumer: Step {
    static let name: StepName = "consumer"
    static let summary = "Takes a number."
    enum Mode: String, ChoiceParameter { case plain, fancy }
    @Input("The number.") var number: Int
    @Parameter("How wide.", in: 1...9) var boxWidth = 3
    @Parameter("Required words.") var words: String
    @Parameter("Names.") var names = ["a"]
    @Parameter("Maybe.") var maybe: Double?
    @Parameter("A mode.") var mode = Mode.plain

    var metrics: [Metric] { [.exact("sum")] }

    func run(in cell: Cell) throws {
      cell.report("sum", number + boxWidth, as: "sum: ")
    }
  }

  private let steps = StepList(codeIdentity: "abc") {
    Producer.self
    Consumer.self
  }

  @Test func declarationsAreReadFromTheStep() throws {
    let consumer = try #require(steps["consumer"])
    #expect(consumer.entries.map(\.key) == ["number", "box-width", "words", "names", "maybe", "mode"])
    #expect(consumer.codeIdentity == "abc")
    guard case .parameter(let width)? = consumer.entry("box-width")?.declaration,
      case .parameter(let words)? = consumer.entry("words")?.declaration,
      case .parameter(let maybe)? = consumer.entry("maybe")?.declaration,
      case .parameter(let mode)? = consumer.entry("mode")?.declaration,
      case .input(let number)? = consumer.entry("number")?.declaration
    else {
      Issue.record("a declaration is of another kind")
      return
    }
    #expect(width.defaultValue == .integer(3) && !width.isRequired && width.requirement == "from 1 to 9")
    #expect(words.isRequired && words.isText && words.defaultValue == nil)
    #expect(!maybe.isRequired && maybe.typeName == "number")
    #expect(mode.typeName == "one of plain, fancy" && mode.isText)
    #expect(number.valueType == ValueType(Int.self) && number.valueType == steps["producer"]?.outputType)
  }

  @Test func aConfiguredStepHasCanonicalParameters() throws {
    let values = ["number": "p", "words": "w: x", "box-width": "4", "maybe": "1.50", "names": "[\"b\",\"c\"]"]
    let configured = try #require(steps["consumer"]).configure(values)
    #expect(configured.inputs == ["number": "p"])
    #expect(
      configured.parameters == [
        "box-width": .integer(4), "words": .string("w: x"), "maybe": .real(1.5), "mode": .string("plain"),
        "names": .array([.string("b"), .string("c")]),
      ])
  }

  @Test func inputsAreLoadedWhenTheStepRuns() throws {
    let recorder = RecordingServices()
    let cell = Cell(id: "c", seed: 1, threads: 1, services: recorder)
    let produced = try #require(steps["producer"]).configure([:]).run(in: cell) { _ in [] }
    let consumer = try #require(steps["consumer"]).configure(["number": "p", "words": "w"])
    let output = try consumer.run(in: cell) { id in
      #expect(id == "p")
      return try #require(produced)
    }
    #expect(output == nil)
    #expect(
      recorder.events == [
        .metric("sum", .integer(23), line: MetricLine(before: "sum: ", after: "\n", format: .shortest))
      ])
  }

  @Test func aStreamStartsAfreshAtEachReading() {
    let cell = Cell(id: "c", seed: 231, threads: 1, services: RecordingServices())
    var first = cell.random
    var second = cell.random
    var numPy = NumPyRandom(seed: 231)
    let value = first.standardNormal()
    #expect(value == second.standardNormal())
    #expect(value == numPy.standardNormal())
  }

  @Test(arguments: ["a", "a-b", "a1", String(repeating: "a", count: 64)])
  func names(text: String) {
    #expect(CellID(text) != nil)
  }

  @Test(arguments: ["", "A", "1a", "-a", "a_b", "a b", "ä", "a/b", "..", String(repeating: "a", count: 65)])
  func notNames(text: String) {
    #expect(CellID(text) == nil)
  }
}
