import NeuralNetworks
import RandomNumbers
import Tensors
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
      var running = BatchNormalisation.RunningStatistics<Double>(features: reference.gamma.count)
      for x in reference.training { _ = forward(x, reference, &running, .training) }
      #expect(scaledDifference(running.mean, reference.mean) < 1e-14)
      #expect(scaledDifference(running.variance, reference.variance) < 1e-14)

      let before = running
      let (output, cache) = forward(reference.x, reference, &running, .testing)
      #expect(running == before)
      #expect(scaledDifference(output, reference.output) < 1e-14)
      let (dx, dgamma, dbeta) = BatchNormalisation.backward(reference.dout, cache)
      #expect(scaledDifference(dx, reference.dx) < 1e-14)
      #expect(scaledDifference(dgamma, reference.dgamma) < 1e-13)
      #expect(scaledDifference(dbeta, reference.dbeta) < 1e-14)
    }
  }

  /// In testing an image's scores do not depend on the others, and do depend on the running statistics.
  @Test func networksAreTestedWithRunningStatistics() throws {
    var random = NumPyRandom(seed: 3)
    let images = Tensor<Double>.randomNormal([6, 3, 8, 8], from: &random)
    var configuration = ThreeLayerConvNetConfiguration()
    (configuration.inputShape, configuration.filters, configuration.filterSize) = ([3, 8, 8], 2, 3)
    (configuration.hiddenUnits, configuration.weightScale, configuration.usesBatchNormalisation) = (5, 0.1, true)
    let line = try ConvNetPlan(
      NetworkDescription("conv(2, 3) - batchnorm - relu - pool - affine(5) - batchnorm - relu - softmax"),
      inputShape: [3, 8, 8], classes: 10)
    let networks: [any Network<Double>] = [
      try ThreeLayerConvNet<Double>(configuration, random: &random),
      ConvNet<Double>(line, weightScale: 0.1, regularisation: 0, random: &random),
    ]
    let first = Tensor(Array(images.elements.prefix(192)), shape: [1, 3, 8, 8])
    for var network in networks {
      network.runningStatistics = network.runningStatistics.map { running in
        var running = running
        running.variance = running.variance + 0.5
        return running
      }
      let scores = Array(network.scores(images).elements.prefix(10))
      #expect(scaledDifference(Tensor(scores), network.scores(first).reshaped([10])) < 1e-13)
      network.runningStatistics[1].mean = network.runningStatistics[1].mean + 1
      #expect(scaledDifference(Tensor(scores), network.scores(first).reshaped([10])) > 0.1)
    }
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
      var running = BatchNormalisation.RunningStatistics<Float>(features: 2)
      _ = forward(x, gamma: ones, beta: zeros, &running, BatchNormalisation(momentum: 0), .training)
      // The mean is rounded once, and the variance about as often as a sum of squares is.
      #expect((running.mean - expected).map(\.magnitude).max() <= Float(mean).ulp)
      #expect(scaledDifference(running.variance.cast(to: Double.self), exact.variance(axes: axes)) < 1e-6)
    }
  }

  private func forward(
    _ x: Tensor<Double>, _ reference: Reference, _ running: inout BatchNormalisation.RunningStatistics<Double>,
    _ mode: Mode
  ) -> (output: Tensor<Double>, cache: BatchNormalisation.Cache<Double>) {
    forward(x, gamma: reference.gamma, beta: reference.beta, &running, BatchNormalisation(), mode)
  }

  private func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, gamma: Tensor<Scalar>, beta: Tensor<Scalar>,
    _ running: inout BatchNormalisation.RunningStatistics<Scalar>, _ layer: BatchNormalisation, _ mode: Mode
  ) -> (output: Tensor<Scalar>, cache: BatchNormalisation.Cache<Scalar>) {
    if x.shape.rank == 2 { return layer.forward(x, gamma: gamma, beta: beta, running: &running, mode: mode) }
    let spatial = SpatialBatchNormalisation(epsilon: layer.epsilon, momentum: layer.momentum)
    return spatial.forward(x, gamma: gamma, beta: beta, running: &running, mode: mode)
  }
}

extension BatchNormalisation {
  /// The gradients by the layer that takes the shape of `dout`.
  fileprivate static func backward(
    _ dout: Tensor<Double>, _ cache: Cache<Double>
  ) -> (dx: Tensor<Double>, dgamma: Tensor<Double>, dbeta: Tensor<Double>) {
    dout.shape.rank == 2
      ? BatchNormalisation().backward(dout, cache) : SpatialBatchNormalisation().backward(dout, cache)
  }
}
