import NeuralNetworks
import RandomNumbers
import Steps
import Tensors

/// The gradients of a whole network, its loss included, against centred differences.
struct CheckNetworkGradients: NetworkStep {
  static let name: StepName = "network-gradient-check"
  static let summary =
    "Compares the gradient of each parameter of a network with centred differences, on random images."

  @Parameter("The layers as a line; without one, the assignment's three layers with the sizes below.")
  var network: String? = nil
  @Parameter("Filters of the three-layer network's convolution; 32 unless given.") var filters: Int? = nil
  @Parameter("Height and width of a filter, an odd number; 7 unless given.") var filterSize: Int? = nil
  @Parameter("Units of its hidden layer; 100 unless given.") var hiddenUnits: Int? = nil
  @Parameter("Whether batch normalisation follows its convolution and its hidden layer.") var batchNormalization = false
  @Parameter("Standard deviation of the initial weights; 1e-3, or for a line √(2 / inputs of a unit), unless given.")
  var weightScale: Double? = nil
  @Parameter("Strength of the L2 penalty on the weights.", in: 0...1e6) var reg = 0.0

  @Parameter("How many random images.", in: 1...1000) var images = 2
  @Parameter("Shape of an image, [C, H, W].", each: 1..., count: 3) var imageShape = [3, 16, 16]
  @Parameter("How many classes.", in: 2...1000) var classes = 10
  @Parameter("Half the distance between the points of a difference.", in: 1e-9...1e-2) var h = 1e-5
  @Parameter("The share of a gradient's entries that may stand at kinks.", in: 0...1) var kinkLimit = 0.05

  var imageSizes: [Int] { imageShape }
  var classCount: Int { classes }

  var metrics: [Metric] {
    let names = (try? choice().plan().parameterNames) ?? []
    return names.map { .noise(errorKey(of: $0)) } + [.tolerance("kinks", relative: 0.1)]
  }

  func validate() throws {
    _ = try choice()
  }

  func run(in cell: Cell) throws {
    cell.prepareThreads()
    var random = cell.random
    let x = Tensor<Double>.randomNormal(Shape([images] + imageShape), from: &random)
    let y = random.randint(0..<classes, count: images)
    let checks = try choice().make(as: Double.self, from: &random).checkGradients(x, labels: y, step: h)

    for check in checks {
      cell.report(errorKey(of: check.name), check.maximumRelativeError, as: "\(check.name) max relative error: ")
    }
    let (kinks, entries) = (checks.reduce(0) { $0 + $1.kinks }, checks.reduce(0) { $0 + $1.entries })
    cell.report("kinks", kinks, as: "kinks: ", format: .shortest, suffix: " of \(entries) entries")
    for check in checks where Double(check.kinks) > kinkLimit * Double(check.entries) {
      throw TooManyKinks(check: check)
    }
  }

  /// The metric that holds the error of the gradient with respect to the parameter `name`: `w1-error`.
  private func errorKey(of name: String) -> MetricKey {
    MetricKey(unchecked: "\(name.lowercased())-error")
  }
}
