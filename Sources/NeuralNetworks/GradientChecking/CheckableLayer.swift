import NbrunRandomNumbers
import NbrunTensors

/// A layer, or some that are fused, as gradient checks and races accept it by name.
package struct CheckableLayer: Sendable {
  /// The name, in kebab-case.
  package let name: String
  /// One sentence that says what the layer computes.
  package let summary: String
  /// The settings that it depends on.
  package let settings: Set<LayerSetting>
  /// Whether the layer is a loss: it takes labels, and its output is a number.
  package let isLoss: Bool
  /// The ways to compute it, `naive` or `fast`; the first is the one that is checked unless said.
  package let variants: [String]
  private let parts: [any NamedLayer.Type]

  /// A layer by itself; the plainest way to compute it comes first.
  init(_ layer: any NamedLayer.Type) {
    (name, summary, settings) = (layer.kind.name, layer.kind.summary, layer.kind.settings)
    isLoss = layer is any LossLayer.Type
    variants = layer.init(LayerOptions(inputShape: [])).naive == nil ? ["fast"] : ["naive", "fast"]
    parts = [layer]
  }

  /// Some layers that are fused; its naive way computes them one after the other.
  init(_ layer: any FusedLayer.Type) {
    parts = layer.parts
    name = parts.compactMap { $0.kind.syntax?.word }.joined(separator: "-")
    summary = layer.summary
    settings = parts.reduce(into: []) { $0.formUnion($1.kind.settings) }
    (isLoss, variants) = (false, ["fast", "naive"])
  }

  /// The layers that it consists of, with these settings; one unless they are fused.
  package func layers(_ options: LayerOptions) -> [any NamedLayer] { parts.map { $0.init(options) } }

  /// The way to compute it that is called `variant`.
  package func implementation(_ variant: String, _ options: LayerOptions) -> Sequential {
    variant == "naive" ? Sequential(naively: layers(options)) : Sequential(layers(options))
  }

  /// What it makes of the options' input.
  ///
  /// - Throws: `ShapeError` where the options do not meet.
  package func plan(_ options: LayerOptions) throws(ShapeError) -> LayerPlan {
    try Sequential(layers(options)).plan(for: options.inputShape)
  }

  /// The arrays that it takes, in the order in which they are drawn: `x` and the parameters.
  package var arrayNames: [String] { ["x"] + layers(LayerOptions(inputShape: [])).flatMap { $0.parameterNames } }

  /// Draws what the layer is given: its arrays in order, then labels (for a loss) or the gradient with respect to the output,
  /// all standard normal, as `np.random.randn` would in the same order.
  package func makeInputs(
    _ options: LayerOptions, from random: inout NumPyRandom, on device: Device = .serial
  ) throws(ShapeError) -> LayerInputs<Double> {
    let plan = try plan(options)
    var arrays: [Tensor<Double>] = []
    for shape in [options.inputShape] + plan.parameters.map(\.shape) {
      arrays.append(Tensor<Double>.randomNormal(shape, from: &random, on: device))
    }
    if options.inputScale != 1 || options.inputOffset != 0 {
      arrays[0] = options.inputScale * arrays[0] + options.inputOffset
    }
    var inputs = LayerInputs(
      arrays: arrays, statistics: plan.statistics.map { .zeros($0.shape, on: device) },
      outputGradient: Tensor([1.0], shape: [], on: device),
      maskRandom: NumPyRandom(seed: options.maskSeed))
    if isLoss {
      inputs.labels = random.randint(0..<options.inputShape[1], count: options.inputShape[0])
    } else {
      inputs.outputGradient = Tensor<Double>.randomNormal(plan.output, from: &random, on: device)
    }
    return inputs
  }

  /// Compares the gradients of one way to compute it with centred differences, one check for each array.
  package func checkGradients(
    of variant: String, inputs: LayerInputs<Double>, options: LayerOptions, step: Double = 1e-5
  ) -> [GradientCheck] {
    let implementation = implementation(variant, options)
    let gradients = inputs.gradients(of: implementation, inputs.forward(implementation).cache)
    return zip(arrayNames, gradients).enumerated().map { index, array in
      let numerical = NumericalGradient(
        of: { value in
          var varied = inputs
          varied.arrays[index] = value
          return varied.forward(implementation).y
        }, at: inputs.arrays[index], outputGradient: inputs.outputGradient, step: step)
      return GradientCheck(name: array.0, analytic: array.1, numerical: numerical)
    }
  }
}

/// What a layer is given in a check or a race.
package struct LayerInputs<Scalar: TensorScalar>: Sendable {
  /// The arrays that the gradient is taken with respect to, the input first.
  package var arrays: [Tensor<Scalar>]
  /// The running statistics before the pass.
  package var statistics: [Tensor<Scalar>] = []
  /// Labels, for losses; empty for others.
  package var labels: [Int] = []
  /// The gradient with respect to the output; 1 for losses.
  package var outputGradient: Tensor<Scalar>
  /// What each pass draws dropout's mask from, anew.
  package var maskRandom: NumPyRandom

  /// The output of a layer in training, and what its backward pass needs.
  package func forward(_ layer: some LayerImplementation) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    var pass = Pass(random: maskRandom, statistics: statistics, labels: labels)
    return layer.forward(arrays[0], Array(arrays.dropFirst()), &pass)
  }

  /// The gradients with respect to the arrays.
  package func gradients(of layer: some LayerImplementation, _ cache: LayerCache<Scalar>) -> [Tensor<Scalar>] {
    let (dx, parameters) = layer.backward(outputGradient, cache)
    return [dx!] + parameters.map(\.array)
  }

  /// The same numbers as another type.
  package func cast<Other: TensorScalar>(to type: Other.Type) -> LayerInputs<Other> {
    LayerInputs<Other>(
      arrays: arrays.map { $0.cast(to: type) }, statistics: statistics.map { $0.cast(to: type) }, labels: labels,
      outputGradient: outputGradient.cast(to: type), maskRandom: maskRandom)
  }
}
