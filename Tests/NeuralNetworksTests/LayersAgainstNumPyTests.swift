@testable import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunTensors
import Testing

/// Every variant of every layer against NumPy, on arrays drawn with the same seed in the same order.
struct LayersAgainstNumPyTests {
  @Test(arguments: try LayerCase.all)
  func outputsAndGradientsAreEqual(reference: LayerCase) throws {
    let layer = try #require(LayerCatalogue.checkable(named: reference.layer))
    let options = reference.options
    var random = NumPyRandom(seed: reference.seed)
    let inputs = try layer.makeInputs(options, from: &random)
    for variant in layer.variants {
      let implementation = layer.implementation(variant, options)
      let (output, cache) = inputs.forward(implementation)
      let gradients = inputs.gradients(of: implementation, cache)
      #expect(output.shape == reference.output.shape)
      #expect(scaledDifference(output, reference.output) < 1e-12)
      #expect(gradients.count == reference.gradients.count)
      for (gradient, expected) in zip(gradients, reference.gradients) {
        #expect(gradient.shape == expected.shape)
        #expect(scaledDifference(gradient, expected) < 1e-12)
      }
    }
  }

  @Test(arguments: try LayerCase.all)
  func singlePrecisionIsCloseToDouble(reference: LayerCase) throws {
    let layer = try #require(LayerCatalogue.checkable(named: reference.layer))
    let options = reference.options
    var random = NumPyRandom(seed: reference.seed)
    let inputs = try layer.makeInputs(options, from: &random).cast(to: Float.self)
    for variant in layer.variants {
      let implementation = layer.implementation(variant, options)
      let (output, cache) = inputs.forward(implementation)
      #expect(scaledDifference(output.cast(to: Double.self), reference.output) < 1e-4)
      for (gradient, expected) in zip(inputs.gradients(of: implementation, cache), reference.gradients) {
        #expect(scaledDifference(gradient.cast(to: Double.self), expected) < 1e-3)
      }
    }
  }

  @Test func everyLayerHasACase() throws {
    #expect(Set(try LayerCase.all.map(\.layer)) == Set(LayerCatalogue.checkable.map(\.name)))
  }
}

/// One row of `layers.json`.
struct LayerCase: Decodable, Sendable, CustomTestStringConvertible {
  static var all: [LayerCase] { get throws { try Fixture.load("layers.json") } }

  let layer: String
  let seed: UInt32
  let inputShape: Shape
  var filterShape: Shape?
  var stride: Int?
  var padding: Int?
  var poolHeight: Int?
  var poolWidth: Int?
  var poolStride: Int?
  var units: Int?
  var dropProbability: Double?
  var maskSeed: UInt32?
  var inputScale: Double?
  var inputOffset: Double?
  let output: Tensor<Double>
  let gradients: [Tensor<Double>]

  var testDescription: String { "\(layer) \(seed)" }

  var options: LayerOptions {
    var options = LayerOptions(inputShape: inputShape)
    if let filterShape { options.filterShape = filterShape }
    if let stride { options.stride = stride }
    if let padding { options.padding = padding }
    if let poolHeight { options.poolHeight = poolHeight }
    if let poolWidth { options.poolWidth = poolWidth }
    if let poolStride { options.poolStride = poolStride }
    if let units { options.units = units }
    if let dropProbability { options.dropProbability = dropProbability }
    if let maskSeed { options.maskSeed = maskSeed }
    if let inputScale { options.inputScale = inputScale }
    if let inputOffset { options.inputOffset = inputOffset }
    return options
  }
}

extension LayersAgainstNumPyTests {
  /// The first of equal maxima in row-major order wins in every implementation, overlapping windows adding up.
  @Test(arguments: ["max-pooling", "conv-relu-pool"])
  func theFirstOfEqualMaximaReceivesTheGradient(name: String) throws {
    let layer = try #require(LayerCatalogue.checkable(named: name))
    var options = LayerOptions(inputShape: [1, 1, 3, 3])
    (options.filterShape, options.poolStride) = ([1, 1, 1, 1], 1)
    var random = NumPyRandom(seed: 0)
    var inputs = try layer.makeInputs(options, from: &random)
    inputs.arrays = [.ones([1, 1, 3, 3]), .ones([1, 1, 1, 1]), .zeros([1])].prefix(inputs.arrays.count).map { $0 }
    inputs.outputGradient = try Tensor(nested: [[[[1.0, 2], [3, 4]]]])
    for variant in layer.variants {
      let implementation = layer.implementation(variant, options)
      let (output, cache) = inputs.forward(implementation)
      #expect(output.elements == [1, 1, 1, 1])
      #expect(inputs.gradients(of: implementation, cache)[0].elements == [1, 2, 0, 3, 4, 0, 0, 0, 0], "\(variant)")
    }
  }
}
