import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunSteps
import NbrunTensors

/// Layers on the shapes that the comparison with PyTorch uses, and what the networks of trainings fuse with convolutions.
let layerBenchmarks: [Benchmark] =
  benchmarkedConvolutions.flatMap { LayerBenchmark($0.layer, "conv", $0.name, over: $0.images).passes() }
  + ["a", "b", "deep-16"].flatMap { name in
    benchmarkedConvolutions.filter { $0.name == name }.flatMap {
      LayerBenchmark(Sequential([$0.layer, ReLU(), pooling]), "conv-relu-pool", name, over: $0.images).passes()
    }
  } + LayerBenchmark(pooling, "max-pool", "assignment", over: poolingImages).passes()

/// The naive layers on the assignment's shapes, for comparison with the fast ones; they take one thread.
let naiveBenchmarks: [Benchmark] =
  LayerBenchmark(convolution, "conv", "assignment", over: convolutionImages).naivePasses()
  + LayerBenchmark(pooling, "max-pool", "assignment", over: poolingImages).naivePasses()

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

/// A layer that is timed forward, backward to everything, and, where it has parameters, backward to these alone.
private struct LayerBenchmark {
  let layer: any Layer
  let kind: String
  let name: String
  let images: Shape
  let plan: LayerPlan

  init(_ layer: any Layer, _ kind: String, _ name: String, over images: Shape) {
    guard let plan = try? layer.plan(for: images) else { fatalError("no \(layer) over images of shape \(images)") }
    (self.layer, self.kind, self.name, self.images, self.plan) = (layer, kind, name, images, plan)
  }

  func passes() -> [Benchmark] { passes(of: layer, prefix: kind, methods: ConvolutionMethod.allCases) }

  func naivePasses() -> [Benchmark] {
    Array(passes(of: layer.naive ?? layer, prefix: "naive/\(kind)", methods: []).prefix(2))
  }

  private func passes(
    of implementation: any LayerImplementation, prefix: String, methods: [ConvolutionMethod]
  ) -> [Benchmark] {
    let parameters = plan.parameters.reduce(0) { $0 + $1.shape.elementCount }
    let least = images.elementCount + plan.output.elementCount + parameters
    func benchmark(_ pass: Pass, _ times: Double, numbers: Int) -> Benchmark {
      var item = Benchmark(
        name: "\(prefix)-\(pass.rawValue)/\(name)", operations: parameters > 0 ? times * plan.operations : 0,
        bytes: 4 * Double(numbers),
        prepare: { work(of: implementation, pass, on: Device(threads: $0)) })
      item.methods = methods.compactMap { method in
        forced(method, in: pass).map { layer in
          Benchmark.Method(
            name: method.rawValue, prepare: { work(of: layer, pass, on: Device(threads: $0)) },
            error: { error(of: layer, pass) })
        }
      }
      return item
    }
    return [
      benchmark(.forward, 1, numbers: least),
      benchmark(.backward, 2, numbers: least + (parameters > 0 ? images.elementCount + parameters : 0)),
    ] + (parameters > 0 ? [benchmark(.backwardFilters, 1, numbers: least)] : [])
  }

  /// What is timed.
  private enum Pass: String {
    case forward, backward
    case backwardFilters = "backward-filters"
  }

  /// The layer with its convolution by this method; nil where that computes nothing of the pass, or has no choice.
  private func forced(_ method: ConvolutionMethod, in pass: Pass) -> (any Layer)? {
    let layers = (layer as? Sequential)?.layers ?? [layer]
    guard var convolution = layers[0] as? Convolution,
      let sizes = try? ConvolutionGeometry(
        input: images, filters: plan.parameters[0].shape, stride: convolution.stride, padding: convolution.padding)
    else { return nil }
    var gradient = ConvolutionMethod.Pass.filterGradient
    if let pooling = layers.last as? MaxPooling {
      // Forward, the fused layer takes the direct method whatever the sizes.
      guard pass != .forward else { return nil }
      gradient = .pooledFilterGradient(pooling.windows.geometry(sizes.outputShape))
    }
    let computed: [ConvolutionMethod.Pass] =
      switch pass {
      case .forward: [.forward]
      case .backward: [.inputGradient, gradient]
      case .backwardFilters: [gradient]
      }
    guard computed.contains(where: { method.computes($0, of: sizes, Float.self) }) else { return nil }
    convolution.method = method
    return layers.count == 1 ? convolution : Sequential([convolution] + layers.dropFirst())
  }

  /// Images and parameters, so many images of them.
  private func arrays(images count: Int, on device: Device = .serial) -> (x: Tensor<Float>, parameters: [Tensor<Float>])
  {
    var random = NumPyRandom(seed: 0)
    func draw(_ shape: Shape) -> Tensor<Float> {
      Tensor(drawing: .normal(mean: 0, standardDeviation: 1), shape: shape, from: &random, on: device)
    }
    return (draw(Shape([count] + images.dimensions.dropFirst())), plan.parameters.map { draw($0.shape) })
  }

  private func work(of implementation: any LayerImplementation, _ pass: Pass, on device: Device) -> () -> Void {
    let (x, parameters) = arrays(images: images[0], on: device)
    if pass == .forward { return { _ = implementation.forward(x, parameters) } }
    let (y, cache) = implementation.forward(x, parameters)
    return { _ = implementation.backward(y, cache, needsInputGradient: pass == .backward) }
  }

  /// The largest error of what a pass computes of the first images, relative to the root mean square of what the naive layer computes in
  /// double precision.
  private func error(of implementation: any LayerImplementation, _ pass: Pass) -> Double {
    let (x, parameters) = arrays(images: min(8, images[0]))
    guard let naive = layer.naive else { return 0 }
    let (y, cache) = implementation.forward(x, parameters)
    let right = naive.forward(x.cast(to: Double.self), parameters.map { $0.cast(to: Double.self) })
    if pass == .forward { return difference(y, right.y) }
    let (dx, gradients) = implementation.backward(y, cache, needsInputGradient: pass == .backward)
    let (rightX, rightGradients) = naive.backward(y.cast(to: Double.self), right.cache)
    let errors = zip(gradients, rightGradients).map { difference($0.array, $1.array) }
    return max(errors.max() ?? 0, dx.map { difference($0, rightX!) } ?? 0)
  }

  private func difference(_ computed: Tensor<Float>, _ right: Tensor<Double>) -> Double {
    let largest = zip(computed.elements, right.elements).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
    return largest / (right.elements.reduce(0) { $0 + $1 * $1 } / Double(right.elements.count)).squareRoot()
  }
}
