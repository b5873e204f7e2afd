import NbrunNeuralNetworks
import NbrunSteps
import NbrunTensors

/// The naive implementation of a layer against the fast one.
struct Race: Step {
  static let name: StepName = "race"
  static let summary = "Times a layer's naive implementation against its fast one and compares what they compute."

  static var notes: String { LayerParameters.notes }
  static var variants: [StepVariant] { LayerParameters.variants }

  @Parameters var sizes: LayerParameters
  @Parameter("What charts call it; the layer's name unless given.") var label: String?
  @Parameter("The numbers that it computes with.") var precision = Precision.float64
  @Parameter("How often each is run, unless it takes long; the best time counts.", in: 1...1000) var repeats = 5

  var metrics: [Metric] {
    let times: [(key: MetricKey, help: String)] = [
      ("forward-naive-seconds", "Seconds that the naive forward pass took at best."),
      ("forward-fast-seconds", "Seconds that the fast forward pass took at best."),
      ("forward-speedup", "How many times as fast the fast forward pass is."),
      ("backward-naive-seconds", "Seconds that the naive backward pass took at best."),
      ("backward-fast-seconds", "Seconds that the fast backward pass took at best."),
      ("backward-speedup", "How many times as fast the fast backward pass is."),
    ]
    let differences = ["forward-difference"] + layer.arrayNames.map { differenceKey($0) }
    return times.map { .volatile($0.key, $0.help) }
      + differences.map { .noise($0, "The greatest relative difference between what the two computed.") }
  }

  var effects: [String: ParameterEffect] {
    var effects = sizes.effects
    if label == nil { effects["label"] = .value(layer.name) }
    return effects
  }

  var figures: [FigureName] { ["times"] }

  func validate() throws {
    try sizes.validate()
    for name in ["naive", "fast"] where !layer.variants.contains(name) {
      throw ParameterError("layer", "the layer \(layer.name) has no \(name) implementation to race")
    }
  }

  func run(in cell: Cell) throws -> Races {
    let inputs = try sizes.drawInputs(for: cell)
    return switch precision {
    case .float64: try race(with: inputs, in: cell)
    case .float32: try race(with: inputs.cast(to: Float.self), in: cell)
    }
  }

  private var layer: CheckableLayer { sizes.checkable }

  private func race<Scalar>(with inputs: LayerInputs<Scalar>, in cell: Cell) throws -> Races {
    let options = try sizes.options()
    let lap = Lap(inputs: inputs, repeats: repeats)
    let naive = lap.run(layer.implementation("naive", options))
    let fast = lap.run(layer.implementation("fast", options))

    report("forward", naive.forward, fast.forward, in: cell)
    cell.report("forward-difference", relativeError(naive.output, fast.output), as: "difference: ")
    print()
    report("backward", naive.backward, fast.backward, in: cell)
    for (array, gradients) in zip(layer.arrayNames, zip(naive.gradients, fast.gradients)) {
      let difference = relativeError(gradients.0, gradients.1)
      cell.report(differenceKey(array), difference, as: "d\(array) difference: ")
    }

    let races = Races(results: [
      .init(name: "\(label ?? layer.name), forward", naive: naive.forward, fast: fast.forward),
      .init(name: "\(label ?? layer.name), backward", naive: naive.backward, fast: fast.backward),
    ])
    cell.plot(races.chart, named: "times", volatile: true)
    return races
  }

  private func report(_ pass: String, _ naive: RunningTimes, _ fast: RunningTimes, in cell: Cell) {
    func key(_ what: String) -> MetricKey { MetricKey(unchecked: "\(pass)-\(what)") }
    print("Testing \(layer.name), \(pass)")
    cell.report(key("naive-seconds"), naive.best, as: "naive: ", format: .fixed(6), suffix: "s")
    cell.report(key("fast-seconds"), fast.best, as: "fast: ", format: .fixed(6), suffix: "s")
    cell.report(key("speedup"), naive.best / fast.best, as: "speedup: ", format: .fixed(6), suffix: "x")
  }

  private func differenceKey(_ array: String) -> MetricKey { MetricKey(unchecked: "d\(array.lowercased())-difference") }
}

/// Runs one implementation of a layer after another on the same inputs.
private struct Lap<Scalar: TensorScalar> {
  let inputs: LayerInputs<Scalar>
  let repeats: Int

  /// Forward and backward, at least once and at most `repeats` times: how long they took, and what they computed.
  func run(
    _ layer: some LayerImplementation
  ) -> (forward: RunningTimes, backward: RunningTimes, output: Tensor<Scalar>, gradients: [Tensor<Scalar>]) {
    let clock = ContinuousClock()
    var (forward, backward) = (RunningTimes(), RunningTimes())
    var result: (y: Tensor<Scalar>, cache: LayerCache<Scalar>)?
    var gradients: [Tensor<Scalar>] = []
    // A slow one may spend a tenth of a second on repeating itself.
    for _ in 0..<repeats where forward.total + backward.total < 0.1 {
      forward.add(clock.measure { result = inputs.forward(layer) })
      backward.add(clock.measure { gradients = result.map { inputs.gradients(of: layer, $0.cache) } ?? [] })
    }
    return (forward, backward, result!.y, gradients)
  }
}
