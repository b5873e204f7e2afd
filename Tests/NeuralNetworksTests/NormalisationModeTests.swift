import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunTensors
import Testing

/// What tells training from testing: running statistics that follow, and that are used.
struct NormalisationModeTests {
  /// One row of `normalisation.json`.
  struct Reference: Decodable, Sendable {
    let training: [Tensor<Double>]
    let gamma: Tensor<Double>
    let beta: Tensor<Double>
    let mean: Tensor<Double>
    let variance: Tensor<Double>
    let x: Tensor<Double>
    let dout: Tensor<Double>
    let output: Tensor<Double>
    let dx: Tensor<Double>
    let dgamma: Tensor<Double>
    let dbeta: Tensor<Double>
  }

  @Test func runningStatisticsAndTheirUseAreThoseOfNumPy() throws {
    for reference in try Fixture.load("normalisation.json", as: [Reference].self) {
      let features = Tensor<Double>.zeros(reference.gamma.shape)
      var pass = Pass(statistics: [features, features])
      let options = LayerOptions(inputShape: reference.x.shape)
      let layer: any Layer =
        reference.x.shape.rank == 2 ? BatchNormalisation(options) : SpatialBatchNormalisation(options)
      let parameters = [reference.gamma, reference.beta]
      for x in reference.training { _ = layer.forward(x, parameters, &pass) }
      #expect(scaledDifference(pass.statistics[0], reference.mean) < 1e-14)
      #expect(scaledDifference(pass.statistics[1], reference.variance) < 1e-14)

      var testing = Pass(isTraining: false, statistics: pass.statistics)
      let (output, cache) = layer.forward(reference.x, parameters, &testing)
      #expect(testing.statistics == pass.statistics)
      #expect(scaledDifference(output, reference.output) < 1e-14)
      let (dx, gradients) = layer.backward(reference.dout, cache)
      #expect(scaledDifference(try #require(dx), reference.dx) < 1e-14)
      #expect(scaledDifference(gradients[0].array, reference.dgamma) < 1e-13)
      #expect(scaledDifference(gradients[1].array, reference.dbeta) < 1e-14)
    }
  }

  /// In testing an image's scores do not depend on the others, and do depend on the running statistics.
  @Test func networksAreTestedWithRunningStatistics() throws {
    var random = NumPyRandom(seed: 3)
    let images = Tensor<Double>.randomNormal([6, 3, 8, 8], from: &random)
    let plan = try ConvNetPlan(
      NetworkDescription("conv(2, 3) - batchnorm - relu - pool - affine(5) - batchnorm - softmax"),
      inputShape: [3, 8, 8], classes: 10)
    var network = ConvNet<Double>(plan, weightScale: 0.1, regularisation: 0, random: &random)
    let first = Tensor(Array(images.elements.prefix(192)), shape: [1, 3, 8, 8])
    for index in [1, 3] { network.runningStatistics.values[index] = network.runningStatistics.values[index] + 0.5 }
    let scores = Array(network.scores(images).elements.prefix(10))
    #expect(scaledDifference(Tensor(scores), network.scores(first).reshaped([10])) < 1e-13)
    network.runningStatistics["mean2"] = network.runningStatistics["mean2"] + 1
    #expect(scaledDifference(Tensor(scores), network.scores(first).reshaped([10])) > 0.1)
  }

  /// A mean that is far larger than the spread takes no digits from the variance but those that the numbers themselves lack.
  @Test(arguments: [1e2, 1e4, 1e5])
  func aLargeMeanLeavesTheVarianceItsDigits(mean: Double) {
    var random = NumPyRandom(seed: 1)
    for shape in [[500, 2], [10, 2, 12, 11]] as [Shape] {
      let x = (Tensor<Double>.randomNormal(shape, from: &random) + mean).cast(to: Float.self)
      let axes = shape.rank == 2 ? [0] : [0, 2, 3]
      let exact = x.cast(to: Double.self)
      let expected = exact.mean(axes: axes).cast(to: Float.self)
      let (ones, zeros) = (Tensor<Float>.ones([2]), Tensor<Float>.zeros([2]))
      var pass = Pass<Float>(statistics: [zeros, zeros])
      _ = BatchNormalisation(momentum: 0).forward(x, [ones, zeros], &pass)
      // The mean is rounded once, and the variance about as often as a sum of squares is.
      #expect((pass.statistics[0] - expected).map(\.magnitude).max() <= Float(mean).ulp)
      #expect(scaledDifference(pass.statistics[1].cast(to: Double.self), exact.variance(axes: axes)) < 1e-6)
    }
  }
}
