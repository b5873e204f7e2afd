import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunSteps
import NbrunTensors

/// Training steps: forward, softmax loss with the L2 penalty, backward, Adam.
let trainingBenchmarks: [Benchmark] = [
  Benchmark(name: "train-step/a", operations: trainingOperations(batch: 50, filters: 32, filterSize: 7)) {
    threeLayerStep(batch: 50, filters: 32, filterSize: 7, on: Device(threads: $0))
  },
  Benchmark(name: "train-step/b", operations: trainingOperations(batch: 500, filters: 64, filterSize: 3)) {
    threeLayerStep(batch: 500, filters: 64, filterSize: 3, on: Device(threads: $0))
  },
  Benchmark(name: "train-step/deep") { threads in
    let line =
      "[conv(32) - batchnorm - relu]x2 - pool - [conv(64) - batchnorm - relu]x2 - pool"
      + " - [conv(128) - batchnorm - relu]x2 - pool - affine(10) - softmax"
    var random = NumPyRandom(seed: 0)
    do {
      let plan = try ConvNetPlan(NetworkDescription(line), inputShape: [3, 32, 32], classes: 10)
      let device = Device(threads: threads)
      return trainingStep(ConvNet<Float>(plan, regularisation: 1e-3, random: &random, on: device), batch: 64)
    } catch { fatalError("the benchmark's network is described wrongly: \(error)") }
  },
]

/// Multiplications and additions of a training step of the three-layer network, without those of the images' gradient.
private func trainingOperations(batch: Int, filters: Int, filterSize: Int) -> Double {
  let convolution = filters * 1024 * 3 * filterSize * filterSize
  let hidden = filters * 256 * 500
  return 2 * Double(batch) * Double(2 * convolution + 3 * hidden)
}

private func threeLayerStep(batch: Int, filters: Int, filterSize: Int, on device: Device) -> () -> Void {
  var configuration = ThreeLayerConvNetConfiguration()
  configuration.filters = filters
  configuration.filterSize = filterSize
  configuration.hiddenUnits = 500
  configuration.regularisation = 1e-3
  var random = NumPyRandom(seed: 0)
  do {
    return trainingStep(try ThreeLayerConvNet<Float>(configuration, random: &random, on: device), batch: batch)
  } catch {
    fatalError("the benchmark's network has wrong sizes: \(error)")
  }
}

/// A step on one minibatch of random images, again and again.
private func trainingStep(_ network: some Network<Float>, batch: Int) -> () -> Void {
  var network = network
  var random = NumPyRandom(seed: 1)
  let images = Tensor<Float>(
    drawing: .normal(mean: 0, standardDeviation: 1), shape: [batch, 3, 32, 32], from: &random, on: network.device)
  let labels = (0..<batch).map { $0 % 10 }
  let optimiser = OptimiserKind.adam.makeOptimiser()
  var states: [OptimiserState<Float>] = network.parameters.values.map { optimiser.initialState(for: $0) }
  return {
    let penalty = network.penalty
    let (loss, gradients) = network.dataGradients(images, labels: labels, random: &random)
    guard (loss + penalty).isFinite else { fatalError("the benchmark's training diverged") }
    for index in gradients.indices {
      optimiser.update(
        &network.parameters.values[index], gradient: gradients[index],
        decay: network.parameters.isPenalised(at: index) ? network.regularisation : 0, state: &states[index])
    }
  }
}
