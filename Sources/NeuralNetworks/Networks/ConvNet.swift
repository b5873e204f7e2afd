import NbrunRandomNumbers
import NbrunTensors

/// A network of any layers, described by a line (see `NetworkDescription`).
package struct ConvNet<Scalar: TensorScalar>: Network {
  /// The layers and their shapes.
  package let plan: ConvNetPlan
  /// W1, b1, … in the order of the layers; gamma1, beta1, … where batch normalisations stand.
  package var parameters: ParameterSet<Scalar>
  /// mean1, variance1, … of the batch normalisations.
  package var runningStatistics: ParameterSet<Scalar>
  /// λ of the L2 penalty.
  package let regularisation: Double

  /// A network with weights drawn from normal distributions, in the order of the layers.
  ///
  /// - Parameters:
  ///   - plan: the layers and their shapes.
  ///   - weightScale: the weights' standard deviation; nil for √(2 / inputs of a unit) in each layer.
  ///   - regularisation: λ of the L2 penalty.
  ///   - random: where weights are drawn from.
  ///   - device: what computes.
  package init(
    _ plan: ConvNetPlan, weightScale: Double? = nil, regularisation: Double = 0, random: inout NumPyRandom,
    on device: Device = .serial
  ) {
    (self.plan, self.regularisation) = (plan, regularisation)
    func start(_ names: [String], _ arrays: [PlannedArray]) -> ParameterSet<Scalar> {
      let values = arrays.map { $0.makeTensor(weightScale: weightScale, from: &random, on: device) as Tensor<Scalar> }
      return ParameterSet(names: names, values: values)
    }
    parameters = start(plan.parameterNames, plan.parameters)
    runningStatistics = start(plan.statisticNames, plan.statistics)
  }

  package var drawsInTraining: Bool { plan.body.drawsInTraining }

  /// The scores, N×classes, of images N×C×H×W, as in testing.
  package func scores(_ images: Tensor<Scalar>) -> Tensor<Scalar> {
    var pass = Pass(isTraining: false, statistics: runningStatistics.values)
    return plan.body.forward(images, parameters.values, &pass).y
  }

  /// The loss of a minibatch and its gradients, without the L2 penalty.
  package mutating func dataGradients(
    _ images: Tensor<Scalar>, labels: [Int], random: inout NumPyRandom
  ) -> (loss: Double, gradients: [Gradient<Scalar>]) {
    var pass = Pass(random: random, statistics: runningStatistics.values)
    let (scores, cache) = plan.body.forward(images, parameters.values, &pass)
    random = pass.random
    runningStatistics.values = pass.statistics

    let (loss, dscores) = plan.loss(scores, labels: labels)
    // Nobody asks for the gradient of the images.
    return (loss, plan.body.backward(dscores, cache, needsInputGradient: false).parameters)
  }
}
