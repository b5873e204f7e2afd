import NbrunNeuralNetworks
import NbrunNumberTexts
import NbrunRandomNumbers
import NbrunSteps
import NbrunTensors

/// What batch normalisation does to the mean and the standard deviation of each channel, in training and in testing.
struct BatchNormalizationStatistics: Step {
  static let name: StepName = "batch-normalization-statistics"
  static let summary = "Shows means and deviations of each channel before and after batch normalisation."

  @Parameter("Shape of the random input: [N, C, H, W], or [N, D] for features.", each: 1...)
  var inputShape = [2, 3, 4, 5]
  @Parameter("Its standard deviation.", in: 0...1e6) var inputScale = 4.0
  @Parameter("Its mean.", in: -1e6...1e6) var inputOffset = 10.0
  @Parameter("A scale for each channel.", each: -1e6...1e6) var gamma = [3.0, 4, 5]
  @Parameter("A shift for each channel.", each: -1e6...1e6) var beta = [6.0, 7, 8]
  @Parameter("Minibatches that the running statistics see before the test.", in: 1...100_000) var warmUp = 50

  /// The states that are shown: a word for keys, and the greatest distances from what they should be, where that is known.
  private static let states = ["before", "after", "scaled", "test"]

  var metrics: [Metric] {
    [
      .noise("mean-error", "The greatest distance of a channel's mean from 0 after normalisation."),
      .tolerance(
        "std-error", relative: 1e-6, "The greatest distance of a channel's deviation from 1 after normalisation."),
      .noise("scaled-mean-error", "The greatest distance of a channel's mean from beta, scaled and shifted."),
      .tolerance(
        "scaled-std-error", relative: 1e-6,
        "The greatest distance of a channel's deviation from gamma, scaled and shifted."),
      .tolerance("test-mean-error", relative: 1e-6, "The greatest distance of a channel's mean from 0 in testing."),
      .tolerance("test-std-error", relative: 1e-6, "The greatest distance of a channel's deviation from 1 in testing."),
    ]
  }

  var series: [MetricSeries] {
    Self.states.flatMap { state in
      // Means that should be zero are what rounding leaves of them.
      let means: MetricSeries.Kind = state == "after" ? .volatile : .tolerance(relative: 1e-9)
      return [
        MetricSeries(MetricKey(unchecked: "means-\(state)"), means),
        MetricSeries(MetricKey(unchecked: "stds-\(state)"), .tolerance(relative: 1e-9)),
      ]
    }
  }

  func validate() throws {
    guard inputShape.count == 4 || inputShape.count == 2 else {
      throw ParameterError("input-shape", "batch normalisation takes [N, C, H, W] or [N, D], not \(inputShape)")
    }
    _ = try shape(inputShape, of: "input-shape")
    for (key, values) in [("gamma", gamma), ("beta", beta)] where values.count != inputShape[1] {
      throw ParameterError(key, "the input has \(inputShape[1]) channels, not \(values.count)")
    }
  }

  func run(in cell: Cell) throws {
    var random = cell.random
    let device = Device(threads: cell.threads)
    let channels: Shape = [inputShape[1]]
    let (ones, zeros) = (Tensor<Double>(repeating: 1, shape: channels), Tensor<Double>.zeros(channels))
    let x = draw(from: &random, on: device)

    var running = [zeros, zeros]
    _ = show(x, "before", "Before batch normalisation:", in: cell)

    var fresh = running
    let plain = normalise(x, ones, zeros, &fresh)
    let after = show(plain, "after", "After batch normalisation:", in: cell)
    cell.report("mean-error", distance(after.means, zeros))
    cell.report("std-error", distance(after.stds, ones))

    let scaled = normalise(x, Tensor(gamma), Tensor(beta), &fresh)
    let moved = show(scaled, "scaled", "After batch normalisation (gamma = \(gamma), beta = \(beta)):", in: cell)
    cell.report("scaled-mean-error", distance(moved.means, Tensor(beta)))
    cell.report("scaled-std-error", distance(moved.stds, Tensor(gamma)))

    for _ in 0..<warmUp { _ = normalise(draw(from: &random, on: device), ones, zeros, &running) }
    let tested = normalise(draw(from: &random, on: device), ones, zeros, &running, isTraining: false)
    let test = show(tested, "test", "In testing, after \(warmUp) minibatches of training:", in: cell)
    cell.report("test-mean-error", distance(test.means, zeros))
    cell.report("test-std-error", distance(test.stds, ones))
  }

  private func draw(from random: inout NumPyRandom, on device: Device) -> Tensor<Double> {
    inputScale * Tensor<Double>.randomNormal(Shape(inputShape), from: &random, on: device) + inputOffset
  }

  private func normalise(
    _ x: Tensor<Double>, _ gamma: Tensor<Double>, _ beta: Tensor<Double>,
    _ running: inout [Tensor<Double>], isTraining: Bool = true
  ) -> Tensor<Double> {
    var pass = Pass(isTraining: isTraining, statistics: running)
    defer { running = pass.statistics }
    return BatchNormalisation().forward(x, [gamma, beta], &pass).y
  }

  /// Prints the statistics of each channel of `x` as the assignment does, and reports them.
  private func show(
    _ x: Tensor<Double>, _ state: String, _ heading: String, in cell: Cell
  ) -> (means: Tensor<Double>, stds: Tensor<Double>) {
    let axes = inputShape.count == 4 ? [0, 2, 3] : [0]
    let (means, stds) = (x.mean(axes: axes), x.standardDeviation(axes: axes))
    print(heading)
    print("  Shape: \(x.shape)")
    for (key, label, values) in [("means", "Means", means), ("stds", "Stds", stds)] {
      let text = numPyText(of: values.elements, shape: [values.count])
      cell.series(MetricKey(unchecked: "\(key)-\(state)"), values.elements, line: "  \(label): \(text)")
    }
    return (means, stds)
  }

  private func distance(_ values: Tensor<Double>, _ expected: Tensor<Double>) -> Double {
    (values - expected).map(\.magnitude).max()
  }
}
