import Foundation
import NeuralNetworks
import RandomNumbers
import Steps
import Tensors

/// The loss of a network that has learned nothing, on random images: with $C$ classes, about ln C.
struct InitialLoss: NetworkStep {
  static let name: StepName = "initial-loss"
  static let summary = "Computes the loss of an untrained network on random images, without and with the L2 penalty."

  @Parameter("The layers as a line; without one, the assignment's three layers with the sizes below.")
  var network: String? = nil
  @Parameter("Filters of the three-layer network's convolution; 32 unless given.") var filters: Int? = nil
  @Parameter("Height and width of a filter, an odd number; 7 unless given.") var filterSize: Int? = nil
  @Parameter("Units of its hidden layer; 100 unless given.") var hiddenUnits: Int? = nil
  @Parameter("Whether batch normalisation follows its convolution and its hidden layer.") var batchNormalization = false
  @Parameter("Standard deviation of the initial weights; 1e-3, or for a line √(2 / inputs of a unit), unless given.")
  var weightScale: Double? = nil
  @Parameter("Strength of the L2 penalty on the weights.", in: 0...1e6) var reg = 0.0
  @Parameter("How many random images.", in: 1...10_000) var images = 50

  var metrics: [Metric] {
    [
      .tolerance("loss", relative: 1e-6), .tolerance("penalised-loss", relative: 1e-6),
      .tolerance("expected-loss", relative: 1e-12),
    ]
  }

  func validate() throws {
    _ = try choice()
  }

  func run(in cell: Cell) throws {
    cell.prepareThreads()
    var random = cell.random
    let x = Tensor<Double>.randomNormal(Shape([images] + imageSizes), from: &random)
    let y = random.randint(0..<classCount, count: images)
    let network = try choice().make(as: Double.self, from: &random)
    let loss = loss(of: network, x, y)

    cell.report("loss", loss, as: "Initial loss (no regularization): ")
    cell.report("penalised-loss", loss + network.penalty, as: "Initial loss (with regularization): ")
    cell.report("expected-loss", log(Double(classCount)), as: "ln \(classCount): ")
  }

  private func loss(of network: some Network<Double>, _ x: Tensor<Double>, _ y: [Int]) -> Double {
    let isSVM = (try? choice().plan().loss) == .svm
    let loss = isSVM ? LossFunction.svm : .softmax
    return loss(network.scores(x), labels: y).loss
  }
}
