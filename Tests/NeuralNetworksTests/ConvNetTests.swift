import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunTensors
import NbrunTestSupport
import Testing

/// What lines call the layers.
private let layerWords = LayerCatalogue.layers.compactMap { $0.kind.syntax?.word }.joined(separator: ", ")

struct ConvNetTests {
  @Test func aLineIsReadIntoLayers() throws {
    let description = try NetworkDescription(
      "[conv(64) - relu - pool]x2 - [affine(500)-batchnorm - relu - dropout(0.5)]x1 - conv(8, 5, 2) - pool(3, 1) - svm")
    #expect(
      description.layers.map(\.layer.description) == [
        "conv(64)", "relu", "pool", "conv(64)", "relu", "pool", "affine(500)", "batchnorm", "relu", "dropout(0.5)",
        "conv(8, 5, 2)", "pool(3, 1)",
      ])
    #expect(description.loss == .svm)
    #expect(description.layers[3].columns == 1..<9)
  }

  @Test(
    arguments: [
      ("", "a layer is missing here, such as conv(64), relu, pool or affine(500)", 0..<1),
      ("conv(64) - ", "a layer is missing here, such as conv(64), relu, pool or affine(500)", 11..<12),
      ("conv(64) - relu", "the network ends with its loss: softmax or svm", 15..<16),
      ("conv(64) relu - svm", "layers are joined by -", 9..<10),
      (
        "cnov(64) - svm",
        #"no layer is called "cnov"; there are \#(layerWords), residual, softmax and svm"#, 0..<4
      ),
      ("relu - conv - svm", "conv needs the number of filters in parentheses: conv(64)", 7..<11),
      ("conv( 0 ) - svm", #"the number of filters is a whole number from 1, not "0""#, 6..<7),
      ("conv(9,4) - svm", "the filters' size is an odd number, so that padding keeps the images' size, not 4", 7..<8),
      (
        "conv(99999999999999999999) - svm",
        #"the number of filters is a whole number from 1, not "99999999999999999999""#, 5..<25
      ),
      ("relu(2) - svm", "relu takes no numbers", 5..<6),
      ("pool(1,2,3) - svm", "pool takes at most 2 numbers", 9..<10),
      ("dropout(1.5) - svm", #"the probability of dropping is at least 0 and below 1, not "1.5""#, 8..<11),
      ("dropout(nan) - svm", #"the probability of dropping is at least 0 and below 1, not "nan""#, 8..<11),
      ("conv(3 - svm", "this parenthesis is not closed", 4..<5),
      ("[relu - [pool] - svm", "a loss stands at the end of the line, outside all brackets", 17..<20),
      ("[relu - [pool]", "this bracket is not closed", 0..<1),
      ("relu] - svm", "no bracket is open here", 4..<5),
      ("[relu]x0 - svm", "a part is repeated a whole number of times from 1 to 1000", 7..<8),
      ("[relu]x - svm", "a part is repeated a whole number of times from 1 to 1000", 7..<8),
      ("[[relu]x1000]x1000 - svm", "the network has more than 1000 layers", 0..<18),
      ("residual - svm", "a residual's layers stand in parentheses: residual(conv(8))", 0..<1),
      ("residual(relu - svm", "a loss stands at the end of the line, outside all brackets", 16..<19),
      ("residual(relu", "this parenthesis is not closed", 8..<9),
      ("[relu) - svm", "no parenthesis is open here", 5..<6),
      ("residual(relu] - svm", "no bracket is open here", 13..<14),
      ("[[residual(relu)]x100]x10 - svm", "the network has more than 1000 layers", 0..<25),
      ("svm - relu", "a loss stands at the end of the line, outside all brackets", 0..<3),
    ] as [(String, String, Range<Int>)])
  func mistakesAreLocated(line: String, message: String, columns: Range<Int>) {
    #expect(throws: NetworkDescriptionError(message, at: columns)) { try NetworkDescription(line) }
  }

  @Test(
    arguments: [
      ("[pool]x6 - softmax", "windows of 2×2 do not fit into images of shape (1, 3, 1, 1)", 1..<5),
      (
        "residual(relu - conv(4)) - softmax",
        "the layers of a residual keep the shape of what they are added to, but make (1, 4, 32, 32) of (1, 3, 32, 32)",
        0..<24
      ),
      (
        "residual(residual(pool(64))) - softmax", "windows of 64×64 do not fit into images of shape (1, 3, 32, 32)",
        18..<26
      ),
      ("affine(5) - conv(3) - softmax", "conv takes images and cannot follow an affine layer", 12..<19),
    ] as [(String, String, Range<Int>)])
  func shapesThatDoNotMeetAreLocated(line: String, message: String, columns: Range<Int>) throws {
    let description = try NetworkDescription(line)
    #expect(throws: NetworkDescriptionError(message, at: columns)) {
      try ConvNetPlan(description, inputShape: [3, 32, 32], classes: 10)
    }
  }

  @Test func manyBracketsAreRead() throws {
    let line = String(repeating: "[", count: 100_000) + "relu" + String(repeating: "]", count: 100_000) + " - svm"
    #expect(try NetworkDescription(line).layers.count == 1)
  }

  /// A line of random words is a network, or an error that points into it.
  @Test func randomLinesAreReadOrRefused() {
    let pieces = [
      "residual(", "conv(", "conv(4)", "conv(4, 3, 2)", "pool", "pool(2)", "relu", "batchnorm", "dropout(0.5)",
      "affine(5)",
      "softmax",
      "svm", " - ", "-", "[", "]", "]x2", "]x", "x1000", "(", ")", ",", "0", "1", "-1", "1e9", "nan", "3",
      "99999999999",
      " ", "\t", "\n", "é", "👩‍🔬", "\u{301}", "\u{0}",
    ]
    for seed in 0..<fuzzCount(3_000) {
      var random = FuzzGenerator(seed: seed)
      let start = processorTime()
      var line = String(decoding: joined(pieces, atMost: 24, &random), as: UTF8.self)
      if seed % 2 == 0 { line += " - softmax" }
      do {
        let description = try NetworkDescription(line)
        #expect(description.layers.count <= NetworkDescription.largestLayerCount)
        #expect(description.layers.allSatisfy { $0.columns.upperBound <= line.count }, "\(line.debugDescription)")
        _ = try ConvNetPlan(description, inputShape: [3, 32, 32], classes: 10)
      } catch {
        #expect(error.columns.upperBound <= line.count + 1, "\(line.debugDescription)")
      }
      #expect(processorTime() - start < 1, "seed \(seed)")
    }
  }

  @Test func theTableShowsShapesParametersAndOperations() throws {
    let plan = try ConvNetPlan(
      NetworkDescription("[conv(8) - batchnorm - relu - pool]x2 - affine(20) - relu - softmax"),
      inputShape: [3, 32, 32], classes: 10)
    #expect(
      plan.rows.map(\.layer) == [
        "conv(8)", "batchnorm", "relu", "pool", "conv(8)", "batchnorm", "relu", "pool", "affine(20)", "relu",
        "affine(10)",
      ])
    #expect(plan.rows[0].outputShape == [8, 32, 32] && plan.rows[0].parameters == 8 * 27 + 8)
    #expect(plan.rows[0].operations == 2 * 27 * 8 * 32 * 32)
    #expect(plan.rows[7].outputShape == [8, 8, 8] && plan.rows[8].parameters == 512 * 20 + 20)
    let parameters = [224, 16, 0, 0, 584, 16, 0, 0, 10_260, 0, 210]
    #expect(plan.rows.map(\.parameters) == parameters)
  }

  /// Networks, and their biases that have no effect because batch normalisation takes them away again.
  @Test(
    arguments: [
      ("conv(3) - relu - pool - affine(6) - relu - softmax", []),
      ("[conv(2) - batchnorm - relu]x2 - pool - affine(6) - batchnorm - relu - svm", ["b1", "b2", "b3"]),
      ("[conv(3) - relu]x2 - pool - dropout(0.3) - affine(5) - dropout(0.2) - softmax", []),
      (
        "conv(3) - residual(conv(3) - batchnorm - relu - residual(relu - conv(3, 1))) - relu - affine(5) - softmax",
        ["b2"]
      ),
      ("residual(dropout(0.4) - conv(2)) - pool - residual(batchnorm) - svm", []),
      ("batchnorm - relu - conv(2, 5, 2) - pool(2, 1) - affine(10) - svm", []),
    ] as [(String, Set<String>)])
  func gradientsAreThoseOfDifferences(line: String, withoutEffect: Set<String>) throws {
    let plan = try ConvNetPlan(NetworkDescription(line), inputShape: [2, 6, 6], classes: 10)
    var random = NumPyRandom(seed: 1)
    let network = ConvNet<Double>(plan, regularisation: 0.1, random: &random)
    let images = Tensor<Double>.randomNormal([5, 2, 6, 6], from: &random)
    let labels = random.randint(0..<10, count: 5)
    let gradients = network.lossAndGradients(images, labels: labels, random: random).gradients
    for check in network.checkGradients(images, labels: labels, random: random, widens: true) {
      #expect(throws: Never.self, "\(check)") { try check.requireMeaning() }
      if withoutEffect.contains(check.name) {
        // Errors are relative to 1e-8 at least: the differences are zero too.
        #expect(gradients[check.name].map(\.magnitude).max() < 5e-10, "\(check)")
        #expect(check.maximumRelativeError < 0.05, "\(check)")
      } else {
        #expect(check.maximumRelativeError < 1e-5, "\(check)")
      }
    }
  }

  /// The same layers as `ThreeLayerConvNet`, so the same numbers.
  @Test func theThreeLayerNetworkIsOneOfThem() throws {
    var configuration = ThreeLayerConvNetConfiguration()
    (configuration.inputShape, configuration.filters, configuration.filterSize) = ([3, 8, 8], 4, 5)
    (configuration.hiddenUnits, configuration.weightScale, configuration.regularisation) = (12, 0.1, 0.02)
    var random = NumPyRandom(seed: 9)
    let plan = try ConvNetPlan(
      NetworkDescription("conv(4, 5) - relu - pool - affine(12) - relu - softmax"), inputShape: [3, 8, 8], classes: 10)
    let described = ConvNet<Float>(plan, weightScale: 0.1, regularisation: 0.02, random: &random)
    random = NumPyRandom(seed: 9)
    let three = try ThreeLayerConvNet<Float>(configuration, random: &random)
    let images = Tensor<Float>.randomNormal([6, 3, 8, 8], from: &random)
    let labels = random.randint(0..<10, count: 6)
    #expect(described.parameters == three.parameters)
    #expect(described.scores(images) == three.scores(images))
    #expect(described.lossAndGradients(images, labels: labels) == three.lossAndGradients(images, labels: labels))
  }

  @Test func resultsDoNotDependOnThreads() throws {
    let plan = try ConvNetPlan(
      NetworkDescription("[conv(16) - batchnorm - relu - pool]x2 - affine(70) - relu - softmax"),
      inputShape: [3, 16, 16], classes: 10)
    let results = [1, 2, 3].map { threads in
      let device = Device(threads: threads)
      var random = NumPyRandom(seed: 1)
      let network = ConvNet<Float>(plan, regularisation: 0.1, random: &random, on: device)
      let images = Tensor<Float>.randomNormal([33, 3, 16, 16], from: &random, on: device)
      return network.lossAndGradients(images, labels: random.randint(0..<10, count: 33))
    }
    for other in results.dropFirst() {
      #expect(other.loss == results[0].loss)
      #expect(other.gradients == results[0].gradients)
    }
  }
}
