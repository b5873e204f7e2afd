import NeuralNetworks
import RandomNumbers
import Steps
import Tensors

/// The naive layers on the assignment's shapes, one thread, for comparison with the fast ones.
let naiveBenchmarks: [Benchmark] = [
  Benchmark(name: "naive/conv-forward/assignment", operations: naiveOperations) {
    let data = NaiveConvolutionData()
    return { _ = data.layer.forward(data.images, data.filters, data.bias) }
  },
  Benchmark(name: "naive/conv-backward/assignment", operations: 2 * naiveOperations) {
    let data = NaiveConvolutionData()
    let (output, cache) = data.layer.forward(data.images, data.filters, data.bias)
    return { _ = data.layer.backward(output, cache) }
  },
  Benchmark(name: "naive/max-pool-forward/assignment") {
    let images = randomTensor([100, 3, 32, 32], seed: 0)
    return { _ = NaiveMaxPooling().forward(images) }
  },
  Benchmark(name: "naive/max-pool-backward/assignment") {
    let (output, cache) = NaiveMaxPooling().forward(randomTensor([100, 3, 32, 32], seed: 0))
    return { _ = NaiveMaxPooling().backward(output, cache) }
  },
]

private let naiveOperations = 2.0 * 100 * 25 * 256 * 27

/// The assignment's convolution: 100×3×31×31, 25 filters of 3×3, stride 2, padding 1.
private struct NaiveConvolutionData: Sendable {
  let layer = NaiveConvolution(stride: 2, padding: 1)
  let images = randomTensor([100, 3, 31, 31], seed: 0)
  let filters = randomTensor([25, 3, 3, 3], seed: 1)
  let bias = randomTensor([25], seed: 2)
}

private func randomTensor(_ shape: Shape, seed: UInt32) -> Tensor<Float> {
  var random = NumPyRandom(seed: seed)
  return Tensor(drawing: .normal(mean: 0, standardDeviation: 1), shape: shape, from: &random)
}
