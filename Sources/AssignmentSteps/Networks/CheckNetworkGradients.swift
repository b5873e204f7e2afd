import NbrunNeuralNetworks
import NbrunSteps
import NbrunTensors

/// The gradients of a whole network, its loss included, against centred differences.
struct CheckNetworkGradients: Step {
  static let name: StepName = "network-gradient-check"
  static let summary =
    "Compares the gradient of each parameter of a network with centred differences, on random images."

  static let notes = NetworkDescription.language
  static var variants: [StepVariant] {
    [StepVariant("a line", ["network": "conv(8) - batchnorm - relu - pool - affine(20) - relu - softmax"])]
  }

  @Parameters var network: NetworkParameters
  @Parameters var weights: WeightParameters

  @Parameter("How many random images.", in: 1...1000) var images = 2
  @Parameter("Shape of an image, [C, H, W].", each: 1..., count: 3) var imageShape = [3, 16, 16]
  @Parameter("How many classes.", in: 2...1000) var classes = 10
  @Parameter("Half the distance between the points of a difference.", in: 1e-9...1e-2) var h = 1e-5
  @Parameter("The share of a gradient's entries that may stand at kinks.", in: 0...1) var kinkLimit = 0.05

  var metrics: [Metric] {
    let names = (try? choice().plan().parameterNames) ?? []
    return names.map { .noise(errorKey(of: $0), gradientErrorHelp(of: $0)) } + [kinksMetric]
  }

  var effects: [String: ParameterEffect] { network.effects(weights) }
  func validate() throws { try network.checkBatch(of: images, for: choice(), key: "images") }

  private func choice() throws -> NetworkChoice {
    try network.choice(images: imageShape, classes: classes, weights: weights)
  }

  func run(in cell: Cell) throws {
    let device = Device(threads: cell.threads)
    var random = cell.random
    let x = Tensor<Double>.randomNormal(Shape([images] + imageShape), from: &random, on: device)
    let y = random.randint(0..<classes, count: images)
    let network = try choice().make(as: Double.self, from: &random, on: device)
    let checks = network.checkGradients(x, labels: y, step: h)

    try cell.report(checks, kinkLimit: kinkLimit) { (errorKey(of: $0), "\($0) max relative error: ") }
  }

  /// The metric that holds the error of the gradient with respect to the parameter `name`: `w1-error`.
  private func errorKey(of name: String) -> MetricKey { MetricKey(unchecked: "\(name.lowercased())-error") }
}
