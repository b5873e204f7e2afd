import NbrunPlatform
import NbrunNeuralNetworks
import NbrunSteps
import NbrunTensors

/// The loss of a network that has learned nothing, on random images: with $C$ classes, about ln C.
struct InitialLoss: Step {
  static let name: StepName = "initial-loss"
  static let summary = "Computes the loss of an untrained network on random images, without and with the L2 penalty."

  static let notes = NetworkDescription.language

  @Parameters var network: NetworkParameters
  @Parameters var weights: WeightParameters
  @Parameter("How many random images.", in: 1...10_000) var images = 50

  var metrics: [Metric] {
    [
      .tolerance("loss", relative: 1e-6, "The mean loss of the random images, without the penalty."),
      .tolerance("penalised-loss", relative: 1e-6, "The same with the L2 penalty on the weights."),
      .tolerance(
        "expected-loss", relative: 1e-12, "The loss where each class is as likely: the logarithm of their number."),
    ]
  }

  var effects: [String: ParameterEffect] { network.effects(weights) }
  func validate() throws { try network.checkBatch(of: images, for: choice(), key: "images") }
  private func choice() throws -> NetworkChoice { try network.choice(weights: weights) }

  func run(in cell: Cell) throws {
    let device = Device(threads: cell.threads)
    var random = cell.random
    let choice = try choice()
    let x = Tensor<Double>.randomNormal(Shape([images] + choice.imageShape.dimensions), from: &random, on: device)
    let y = random.randint(0..<choice.classes, count: images)
    let network = try choice.make(as: Double.self, from: &random, on: device)
    let loss = try choice.plan().loss(network.scores(x), labels: y).loss

    cell.report("loss", loss, as: "Initial loss (no regularization): ")
    cell.report("penalised-loss", loss + network.penalty, as: "Initial loss (with regularization): ")
    cell.report("expected-loss", log(Double(choice.classes)), as: "ln \(choice.classes): ")
  }
}
