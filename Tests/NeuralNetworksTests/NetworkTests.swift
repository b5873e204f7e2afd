import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunTensors
import NbrunTestSupport
import Testing

struct NetworkTests {
  /// The assignment's gradient check at a weight scale where kinks are rare, over several seeds. Six images, because two that
  /// are normalised are ±1 whatever they were.
  @Test(arguments: [false, true], [0.0, 0.1])
  func gradientsAreThoseOfDifferences(batchNormalisation: Bool, regularisation: Double) throws {
    for seed in shareOfTrials(5) {
      var random = NumPyRandom(seed: UInt32(seed))
      let images = Tensor<Double>.randomNormal([6, 3, 8, 8], from: &random)
      let labels = random.randint(0..<10, count: 6)
      var configuration = ThreeLayerConvNetConfiguration()
      (configuration.inputShape, configuration.filters, configuration.filterSize) = ([3, 8, 8], 3, 3)
      (configuration.hiddenUnits, configuration.weightScale) = (7, 0.1)
      configuration.regularisation = regularisation
      let network: any Network<Double> =
        try batchNormalisation
        ? ConvNet(
          ConvNetPlan(
            NetworkDescription("conv(3) - batchnorm - relu - pool - affine(7) - batchnorm - relu - softmax"),
            inputShape: [3, 8, 8], classes: 10), weightScale: 0.1, regularisation: regularisation, random: &random)
        : ThreeLayerConvNet(configuration, random: &random)
      let gradients = network.lossAndGradients(images, labels: labels, random: NumPyRandom(seed: 0)).gradients
      let checks = network.checkGradients(images, labels: labels, widens: true)
      #expect(checks.map(\.name) == network.parameters.names.sorted())
      for check in checks {
        #expect(throws: Never.self, "\(check), seed \(seed)") { try check.requireMeaning() }
        if batchNormalisation && ["b1", "b2"].contains(check.name) {
          // Batch normalisation takes them away again. Errors are relative to 1e-8 at least: the differences are zero too.
          #expect(gradients[check.name].map(\.magnitude).max() < 5e-10, "\(check), seed \(seed)")
          #expect(check.maximumRelativeError < 0.05, "\(check), seed \(seed)")
        } else {
          #expect(check.maximumRelativeError < 1e-5, "\(check), seed \(seed)")
        }
      }
    }
  }

  @Test func weightsAreDrawnInOrderAndBiasesAreZero() throws {
    var random = NumPyRandom(seed: 231)
    var configuration = ThreeLayerConvNetConfiguration()
    (configuration.inputShape, configuration.filters, configuration.filterSize) = ([3, 4, 6], 2, 5)
    let network = try ThreeLayerConvNet<Double>(configuration, random: &random)
    var expected = NumPyRandom(seed: 231)
    for (name, shape) in [("W1", [2, 3, 5, 5]), ("W2", [12, 100]), ("W3", [100, 10])] as [(String, Shape)] {
      let drawn = Tensor<Double>(drawing: .normal(mean: 0, standardDeviation: 1e-3), shape: shape, from: &expected)
      #expect(network.parameters[name] == drawn)
    }
    #expect(network.parameters["b2"] == .zeros([100]))
  }

  @Test(
    arguments: [
      (4, [3, 32, 32], "the filters' size is an odd number, so that padding keeps the images' size, not 4"),
      (3, [3, 1, 8], "windows of 2×2 do not fit into images of shape (1, 32, 1, 8)"),
      (3, [32, 32], "the network takes images of shape (C, H, W) and has at least one class, not (32, 32) and 10"),
    ] as [(Int, Shape, String)])
  func sizesThatDoNotMeetAreRefused(filterSize: Int, inputShape: Shape, message: String) {
    var configuration = ThreeLayerConvNetConfiguration()
    (configuration.filterSize, configuration.inputShape) = (filterSize, inputShape)
    #expect(throws: ShapeError(message)) { try configuration.shapes() }
  }

  @Test func theInitialLossIsThatOfGuessing() throws {
    var random = NumPyRandom(seed: 0)
    let network = try ThreeLayerConvNet<Float>(random: &random)
    let images = Tensor<Float>.randomNormal([50, 3, 32, 32], from: &random)
    let loss = network.lossAndGradients(images, labels: random.randint(0..<10, count: 50)).loss
    #expect(abs(loss - 2.302585) < 1e-3)
  }
}
