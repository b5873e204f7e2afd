import RandomNumbers
import Tensors

/// A network of any layers in a row, described by a line (see `NetworkDescription`).
public struct ConvNet<Scalar: TensorScalar>: Network {
  /// The layers and their shapes.
  public let plan: ConvNetPlan
  /// W1, b1, … in the order of the layers; gamma1, beta1, … where batch normalisations stand.
  public var parameters: ParameterSet<Scalar>
  /// One for each batch normalisation.
  public var runningStatistics: [BatchNormalisation.RunningStatistics<Scalar>]
  /// λ of the L2 penalty.
  public let regularisation: Double

  /// A network with weights drawn from normal distributions, in the order of the layers.
  ///
  /// - Parameters:
  ///   - plan: the layers and their shapes.
  ///   - weightScale: the weights' standard deviation; nil for √(2 / inputs of a unit) in each layer, which keeps the size of
  ///     activations from layer to layer (He and others, "Delving deep into rectifiers", 2015).
  ///   - regularisation: λ of the L2 penalty.
  ///   - random: where weights are drawn from.
  public init(
    _ plan: ConvNetPlan, weightScale: Double? = nil, regularisation: Double = 0, random: inout NumPyRandom
  ) {
    self.plan = plan
    self.regularisation = regularisation
    var values: [Tensor<Scalar>] = []
    for parameter in plan.parameters {
      switch parameter.initialisation {
      case .constant(let value): values.append(Tensor(repeating: Scalar(value), shape: parameter.shape))
      case .weights(let fanIn):
        let deviation = weightScale ?? (2 / Double(Swift.max(fanIn, 1))).squareRoot()
        values.append(
          Tensor(drawing: .normal(mean: 0, standardDeviation: deviation), shape: parameter.shape, from: &random))
      }
    }
    parameters = ParameterSet(names: plan.parameters.map(\.name), values: values)
    runningStatistics = plan.features.map { .init(features: $0) }
  }

  /// Whether dropout is among the layers.
  public var drawsInTraining: Bool {
    plan.stages.contains { if case .dropout = $0.kind { true } else { false } }
  }

  /// The scores, N×classes, of images N×C×H×W, as in testing.
  public func scores(_ images: Tensor<Scalar>) -> Tensor<Scalar> {
    var pass = ConvNetPass(
      mode: .testing, random: NumPyRandom(seed: 0), runningStatistics: runningStatistics)
    var x = images
    for stage in plan.stages {
      x = pass.forward(stage, x, parameters.values[stage.parameters]).output
    }
    return x
  }

  /// The loss of a minibatch and its gradients, without the L2 penalty.
  public mutating func dataGradients(
    _ images: Tensor<Scalar>, labels: [Int], random: inout NumPyRandom
  ) -> (loss: Double, gradients: [Gradient<Scalar>]) {
    var pass = ConvNetPass(mode: .training, random: random, runningStatistics: runningStatistics)
    var backward: [ConvNetPass<Scalar>.Backward] = []
    var x = images
    for stage in plan.stages {
      let (output, stageBackward) = pass.forward(stage, x, parameters.values[stage.parameters])
      backward.append(stageBackward)
      x = output
    }
    random = pass.random
    runningStatistics = pass.runningStatistics

    let (loss, dscores) = plan.loss(x, labels: labels)

    var gradients: [[Gradient<Scalar>]] = []
    var dx = Optional(dscores)
    while let stageBackward = backward.popLast(), let dout = dx.take() {
      // The first stage sees the images: nobody asks for their gradient.
      let result = stageBackward(dout, !backward.isEmpty)
      gradients.append(result.parameters)
      dx = result.dx
    }
    return (loss, gradients.reversed().flatMap { $0 })
  }
}
