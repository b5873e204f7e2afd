import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunTensors

/// A network as training left it: what `train` gives and what later cells take.
struct TrainedNetwork: Codable, Sendable {
  /// What training changed.
  struct State<Scalar: TensorScalar>: Codable, Sendable {
    let parameters: ParameterSet<Scalar>
    let runningStatistics: ParameterSet<Scalar>

    init(of network: some Network<Scalar>) {
      parameters = network.parameters
      runningStatistics = network.runningStatistics
    }
  }

  private enum Weights: Codable, Sendable {
    case float32(State<Float>)
    case float64(State<Double>)
  }

  let choice: NetworkChoice
  private let weights: Weights

  init<Scalar: TensorScalar>(_ choice: NetworkChoice, _ network: some Network<Scalar>) {
    self.choice = choice
    let state = State(of: network)
    switch state {
    case let state as State<Float>: weights = .float32(state)
    case let state as State<Double>: weights = .float64(state)
    default: fatalError("a network computes with float32 or float64, not \(Scalar.typeName)")
    }
  }

  /// The scores of images by the network, N×classes, computed by `device` with the numbers that it was trained with.
  func scores(of examples: some ExampleSource, batchSize: Int = 100, on device: Device) throws -> Tensor<Double> {
    switch weights {
    case .float32(let state): try scores(of: examples, batchSize, network(state, on: device))
    case .float64(let state): try scores(of: examples, batchSize, network(state, on: device))
    }
  }

  /// The weights of its first layer.
  var firstWeights: Tensor<Double> {
    switch weights {
    case .float32(let state): state.parameters.values[0].cast(to: Double.self)
    case .float64(let state): state.parameters.values[0]
    }
  }

  private func network<Scalar>(_ state: State<Scalar>, on device: Device) throws -> any Network<Scalar> {
    var random = NumPyRandom(seed: 0)
    var network = try choice.make(as: Scalar.self, from: &random, on: device)
    network.parameters = state.parameters.on(device)
    network.runningStatistics = state.runningStatistics.on(device)
    return network
  }

  private func scores<Scalar: TensorScalar>(
    of examples: some ExampleSource, _ batchSize: Int, _ network: some Network<Scalar>
  ) -> Tensor<Double> {
    var scores: [Double] = []
    var classes = 0
    for start in stride(from: 0, to: examples.count, by: batchSize) {
      let batch = Array(start..<min(start + batchSize, examples.count))
      let batchScores = network.scores(examples.minibatch(batch, as: Scalar.self, on: network.device).images)
      classes = batchScores.shape[1]
      scores += batchScores.elements.map { Double($0) }
    }
    return Tensor(scores, shape: [examples.count, classes])
  }
}
