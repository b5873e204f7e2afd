import NeuralNetworks
import RandomNumbers
import Steps
import Tensors

/// Layers on the shapes that the comparison with PyTorch uses, then the naive ones on the assignment's, one thread.
let layerBenchmarks: [Benchmark] =
  benchmarkedConvolutions.flatMap { benchmarks(of: $0.layer, "conv", $0.name, over: $0.images) }
  + benchmarks(of: pooling, "max-pool", "assignment", over: poolingImages)

/// The naive layers on the assignment's shapes, for comparison with the fast ones.
let naiveBenchmarks: [Benchmark] =
  benchmarks(of: convolution, "conv", "assignment", over: convolutionImages, naively: true)
  + benchmarks(of: pooling, "max-pool", "assignment", over: poolingImages, naively: true)

/// The convolutions that are timed, and the images that they take.
let benchmarkedConvolutions: [(name: String, layer: Convolution, images: Shape)] = [
  ("assignment", convolution, convolutionImages),
  ("a", Convolution(filters: 32, size: 7), [50, 3, 32, 32]),
  ("b", Convolution(filters: 64, size: 3), [500, 3, 32, 32]),
  ("deep-32", Convolution(filters: 32, size: 3), [64, 32, 32, 32]),
  ("deep-16", Convolution(filters: 64, size: 3), [64, 64, 16, 16]),
  ("deep-8", Convolution(filters: 128, size: 3), [64, 128, 8, 8]),
]

private let convolution = Convolution(filters: 25, size: 3, stride: 2)
private let convolutionImages: Shape = [100, 3, 31, 31]
private let pooling = MaxPooling()
private let poolingImages: Shape = [100, 3, 32, 32]

/// A layer forward, backward to everything, and, where it has parameters, backward to these alone.
private func benchmarks(
  of layer: some Layer, _ kind: String, _ name: String, over images: Shape, naively: Bool = false
) -> [Benchmark] {
  guard let plan = try? layer.plan(for: images) else { fatalError("no \(layer) over images of shape \(images)") }
  let implementation: any LayerImplementation = naively ? layer.naive ?? layer : layer
  let prefix = naively ? "naive/\(kind)" : kind
  let (inputs, outputs) = (images.elementCount, plan.output.elementCount)
  let parameters = plan.parameters.reduce(0) { $0 + $1.shape.elementCount }
  func benchmark(
    _ pass: String, _ times: Double, numbers: Int, _ prepare: @escaping @Sendable () -> () -> Void
  ) -> Benchmark {
    Benchmark(
      name: "\(prefix)-\(pass)/\(name)", operations: parameters > 0 ? times * plan.operations : 0,
      bytes: 4 * Double(numbers), prepare: prepare)
  }
  @Sendable func arrays() -> (x: Tensor<Float>, parameters: [Tensor<Float>]) {
    var random = NumPyRandom(seed: 0)
    func draw(_ shape: Shape) -> Tensor<Float> {
      Tensor(drawing: .normal(mean: 0, standardDeviation: 1), shape: shape, from: &random)
    }
    return (draw(images), plan.parameters.map { draw($0.shape) })
  }
  @Sendable func backward(needsInputGradient: Bool) -> () -> Void {
    let (x, parameters) = arrays()
    let (y, cache) = implementation.forward(x, parameters)
    return { _ = implementation.backward(y, cache, needsInputGradient: needsInputGradient) }
  }
  let forward = benchmark("forward", 1, numbers: inputs + outputs + parameters) {
    let (x, parameters) = arrays()
    return { _ = implementation.forward(x, parameters) }
  }
  let toParameters = inputs + outputs + parameters
  let both = benchmark("backward", 2, numbers: toParameters + (parameters > 0 ? inputs + parameters : 0)) {
    backward(needsInputGradient: true)
  }
  guard parameters > 0, !naively else { return [forward, both] }
  return [
    forward, both, benchmark("backward-filters", 1, numbers: toParameters) { backward(needsInputGradient: false) },
  ]
}
