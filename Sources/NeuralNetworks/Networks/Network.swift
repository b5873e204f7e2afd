import NbrunRandomNumbers
import NbrunTensors

/// A network that classifies images and can be trained.
package protocol Network<Scalar>: Sendable {
  /// The type that it computes with.
  associatedtype Scalar: TensorScalar

  /// What training changes.
  var parameters: ParameterSet<Scalar> { get set }
  /// The running statistics of its batch normalisations: they follow the minibatches and have no gradient; none unless said.
  var runningStatistics: ParameterSet<Scalar> { get set }
  /// λ: the strength of the L2 penalty ½·λ·Σw² on the weights.
  var regularisation: Double { get }
  /// Whether `dataGradients` draws random numbers, as dropout does; no unless said.
  var drawsInTraining: Bool { get }

  /// The scores, N×classes, of images N×C×H×W, as in testing.
  func scores(_ images: Tensor<Scalar>) -> Tensor<Scalar>

  /// The loss of a minibatch and its gradients in the order of `parameters`, both without the L2 penalty.
  ///
  /// - Parameters:
  ///   - images: N×C×H×W.
  ///   - labels: N classes.
  ///   - random: where dropout draws from.
  mutating func dataGradients(
    _ images: Tensor<Scalar>, labels: [Int], random: inout NumPyRandom
  ) -> (loss: Double, gradients: [Gradient<Scalar>])
}

extension Network {
  /// What computes it: the device of its parameters.
  package var device: Device { parameters.values.first?.device ?? .serial }

  /// No running statistics.
  package var runningStatistics: ParameterSet<Scalar> {
    get { ParameterSet(names: [], values: []) }
    set { if !newValue.names.isEmpty { fatalError("the network has no running statistics") } }
  }

  /// Draws nothing.
  package var drawsInTraining: Bool { false }

  /// The L2 penalty ½·λ·Σw².
  package var penalty: Double {
    guard regularisation != 0 else { return 0 }
    let squares = parameters.values.indices.filter(parameters.isPenalised).map { parameters.values[$0].sumOfSquares() }
    return 0.5 * regularisation * squares.reduce(0, +)
  }

  /// The loss of a minibatch with the L2 penalty, and its gradients with respect to all parameters.
  package func lossAndGradients(
    _ images: Tensor<Scalar>, labels: [Int], random: NumPyRandom = NumPyRandom(seed: 0)
  ) -> (loss: Double, gradients: ParameterSet<Scalar>) {
    var (copy, random) = (self, random)
    var (loss, factored) = copy.dataGradients(images, labels: labels, random: &random)
    var gradients = factored.map(\.array)
    for index in gradients.indices where parameters.isPenalised(at: index) && regularisation != 0 {
      gradients[index] += Scalar(regularisation) * parameters.values[index]
    }
    loss += penalty
    return (loss, ParameterSet(names: parameters.names, values: gradients))
  }
}

extension Network where Scalar == Double {
  /// Compares the gradient of each parameter with centred differences of the loss, in the order of the parameters' names.
  /// - Parameter widens: see `NumericalGradient`; for networks small enough that wider differences meet few kinks.
  package func checkGradients(
    _ images: Tensor<Double>, labels: [Int], random: NumPyRandom = NumPyRandom(seed: 0), step: Double = 1e-5,
    widens: Bool = false
  ) -> [GradientCheck] {
    let gradients = lossAndGradients(images, labels: labels, random: random).gradients
    return parameters.names.sorted().map { name in
      var varied = self
      let numerical = NumericalGradient(
        of: { value in
          varied.parameters[name] = value
          return varied.lossAndGradients(images, labels: labels, random: random).loss
        }, at: parameters[name], step: step, widens: widens)
      return GradientCheck(name: name, analytic: gradients[name], numerical: numerical)
    }
  }
}
