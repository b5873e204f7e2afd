import NbrunSteps

/// Steps whose only use is to be planned.
let planningSteps = StepList {
  SampleConvolution.self
  SampleTraining.self
  SampleEvaluation.self
}

struct SampleConvolution: Step {
  static let name: StepName = "sample-convolution"
  static let summary = "Convolves."

  enum Method: String, ChoiceParameter { case naive, fast }

  @Parameter("Shape of the input.", each: 1..., count: 4) var inputShape = [2, 3, 8, 8]
  @Parameter("Height and width of a filter.", in: 1...) var filterSize = 3
  @Parameter("Distance between fields.", in: 1...) var stride = 1
  @Parameter("A number.") var scale = 1.0
  @Parameter("How to compute.") var method = Method.fast
  @Parameter("Expected values.") var expected: [[Double]] = []
  @Parameter("Words.") var note = ""

  var metrics: [Metric] {
    method == .fast ? [.exact("difference"), .volatile("speed-up")] : [.exact("difference")]
  }
  var figures: [FigureName] { ["curve"] }

  func validate() throws {
    if filterSize > inputShape[3] {
      throw ParameterError("filter-size", "a filter of \(filterSize) does not fit an input \(inputShape[3]) wide")
    }
  }

  func run(in cell: Cell) {}
}

struct SampleTraining: Step {
  struct Network: Codable, Sendable {}

  static let name: StepName = "sample-training"
  static let summary = "Trains."

  @Parameter("How often the data is seen.", in: 1...) var epochs: Int
  @Parameter("Rate.", in: 0...1) var rate = 0.5

  var metrics: [Metric] { [.exact("accuracy")] }
  func run(in cell: Cell) -> Network { Network() }
}

struct SampleEvaluation: Step {
  static let name: StepName = "sample-evaluation"
  static let summary = "Evaluates."

  @Input("What was trained.") var network: SampleTraining.Network

  var metrics: [Metric] { [.exact("accuracy")] }
  func run(in cell: Cell) {}
}
