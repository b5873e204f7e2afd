import NbrunJSONValues
import NbrunRandomNumbers
import NbrunSteps
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

  struct Box: ParameterGroup {
    @Parameter("How high.", in: 1...9) var height = 3
    @Parameter("How deep.", in: 1...9) var depth: Int?
    @Parameter("What of.") var material: String

    var volume: Int { height * height * (depth ?? height) }
  }

  struct Packer: Step {
    static let name: StepName = "packer"
    static let summary = "Packs boxes."
    @Parameter("How many.") var count = 1
    @Parameters var box: Box
    @Parameter("Where to.") var address: String?

    var metrics: [Metric] { [.exact("volume")] }

    func run(in cell: Cell) {
      print("\(box.material) to \(address ?? "nowhere")")
      cell.report("volume", count * box.volume)
    }
  }

  private let steps = StepList(codeIdentity: "abc") {
    Producer.self
    Consumer.self
    Packer.self
  }

  @Test func parametersOfAGroupAreTheSteps() throws {
    let packer = try #require(steps["packer"])
    #expect(packer.entries.map(\.key) == ["count", "height", "depth", "material", "address"])
    let recorder = RecordingServices()
    let configured = try packer.configure(["material": "oak", "count": "2", "depth": "5"])
    #expect(
      configured.parameters == [
        "count": .integer(2), "height": .integer(3), "depth": .integer(5), "material": .string("oak"), "address": .null,
      ])
    _ = try configured.run(in: Cell(id: "c", seed: 1, threads: 1, services: recorder)) { _ in [] }
    #expect(recorder.events == [.metric("volume", .integer(90), line: nil)])
  }

  @Test func aParameterThatMayBeLeftOutIsNil() throws {
    #expect(Consumer().maybe == nil && Box().depth == nil && Packer().address == nil)
    let packer = try #require(steps["packer"])
    guard case .parameter(let depth)? = packer.entry("depth")?.declaration else {
      Issue.record("depth is no parameter")
      return
    }
    #expect(!depth.isRequired && depth.requirement == "from 1 to 9" && depth.typeName == "whole number")
    #expect(throws: ValueError("the value must be from 1 to 9")) { try packer.check("depth", "10") }
    try packer.check("depth", "9")
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
