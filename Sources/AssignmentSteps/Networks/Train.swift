import NbrunDatasets
import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunSteps
import NbrunTensors

/// Trains a network on CIFAR-10, with the lines that the course's solver prints.
struct Train: Step {
  static let name: StepName = "train"
  static let summary =
    "Trains a network on CIFAR-10 and gives it to later cells; interrupted, it goes on from its last epoch."

  static let notes = NetworkDescription.language

  @Parameters var network: NetworkParameters
  @Parameters var weights: WeightParameters
  @Parameter("The numbers that it computes with.") var precision = Precision.float32

  @Parameter("How many training images, the first of 49,000; all unless given.", in: 1...49_000) var trainingCount: Int?
  @Parameter("How often it sees as many images as there are.", in: 1...100_000) var epochs = 10
  @Parameter("Images in a minibatch, drawn with replacement.", in: 1...49_000) var batchSize = 100
  @Parameter("The rule that moves the parameters.") var optimizer = OptimiserKind.adam
  @Parameter("How far it moves them.", in: 0...1e12) var learningRate = 1e-3
  @Parameter("What the learning rate is multiplied by after each epoch.", in: 0...1e3) var decay = 1.0
  @Parameter("Prints the loss of the first iteration and of each so many after it.", in: 1...) var printEvery = 10

  var metrics: [Metric] {
    [
      .exact("iterations", "How often the parameters were moved."),
      .tolerance("final-loss", relative: 0.5, "The loss of the last minibatch, with the penalty.").being(
        .last, of: "loss"),
      .tolerance("final-training-accuracy", relative: 0.1, "The last accuracy on training images.").being(
        .last, of: "training-accuracy"),
      .tolerance("final-validation-accuracy", relative: 0.1, "The last accuracy on validation images.").being(
        .last, of: "validation-accuracy"),
      .tolerance("best-training-accuracy", relative: 0.1, "The best accuracy on training images.").being(
        .greatest, of: "training-accuracy"),
      .tolerance(
        "best-validation-accuracy", relative: 0.1,
        "The best accuracy on validation images; the parameters that reached it are kept."
      ).being(.greatest, of: "validation-accuracy"),
    ]
  }

  var effects: [String: ParameterEffect] {
    var effects = network.effects(weights)
    if trainingCount == nil { effects["training-count"] = .value(CIFAR10Layout.standard.trainingCount) }
    return effects
  }

  var series: [MetricSeries] {
    [
      MetricSeries("loss", .chaotic(prefix: 20, relative: 1e-4)),
      MetricSeries("training-accuracy", .chaotic(prefix: 1, relative: 0.1)),
      MetricSeries("validation-accuracy", .chaotic(prefix: 1, relative: 0.1)),
    ]
  }

  var figures: [FigureName] { ["training"] }
  var dataSources: [any DataSource] { [CIFAR10Source()] }

  /// A backward pass takes about twice as long as a forward one; a usual computer does 150 operations in a nanosecond.
  var expectedSeconds: Double? {
    guard let choice = try? choice() else { return nil }
    let images = Double(epochs) * Double(max(trainingCount ?? 49_000, batchSize)) + 2_000 * Double(epochs) / 3
    return 2e-11 * choice.operations * images * (precision == .float64 ? 2 : 1)
  }

  func validate() throws { try network.checkBatch(of: batchSize, for: choice(), key: "batch-size") }
  private func choice() throws -> NetworkChoice { try network.choice(weights: weights) }

  func run(in cell: Cell) throws -> TrainedNetwork {
    switch precision {
    case .float32: try train(with: Float.self, in: cell)
    case .float64: try train(with: Double.self, in: cell)
    }
  }

  private func train<Scalar: TensorScalar>(with scalar: Scalar.Type, in cell: Cell) throws -> TrainedNetwork {
    var random = cell.random
    return try train(
      choice().make(as: scalar, from: &random, on: Device(threads: cell.threads)), from: random, in: cell)
  }

  /// Takes the network over: nobody else holds its parameters, which training changes in place.
  private func train(
    _ network: consuming some Network, from random: NumPyRandom, in cell: Cell
  ) throws -> TrainedNetwork {
    let data = try cell.cifar10()
    var settings = SolverSettings()
    (settings.epochs, settings.batchSize) = (epochs, batchSize)
    settings.learningRateDecay = decay
    var session = TrainingSession(
      solver: Solver(
        model: network, training: data.centered(data.training.prefix(trainingCount ?? data.training.count)),
        validation: data.centered(data.validation), optimiser: optimizer.makeOptimiser(learningRate: learningRate),
        settings: settings, random: random), cell: cell, choice: try choice(),
      printEvery: printEvery)
    try session.run()
    session.reportResults()
    return try TrainedNetwork(choice(), session.solver.model)
  }
}

extension OptimiserKind: ChoiceParameter {}
