import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunTensors

/// The network that a cell describes.
struct NetworkChoice: Codable, Sendable {
  /// Its layers.
  let line: String
  /// C×H×W of the images that it takes.
  let imageShape: Shape
  /// How many classes it tells apart.
  let classes: Int
  /// The standard deviation of the initial weights, or nil for √(2 / inputs of a unit).
  let weightScale: Double?
  /// λ of the L2 penalty.
  let regularisation: Double
  /// The assignment's three layers, where they are computed as its text has them written; nil for any other line.
  var threeLayers: ThreeLayerConvNetConfiguration?

  /// The network with weights drawn from `random`, which `device` computes.
  func make<Scalar: TensorScalar>(
    as scalar: Scalar.Type = Scalar.self, from random: inout NumPyRandom, on device: Device
  ) throws -> any Network<Scalar> {
    if let threeLayers { return try ThreeLayerConvNet<Scalar>(threeLayers, random: &random, on: device) }
    return ConvNet<Scalar>(
      try plan(), weightScale: weightScale, regularisation: regularisation, random: &random, on: device)
  }

  /// Its layers with their shapes.
  func plan() throws -> ConvNetPlan {
    try ConvNetPlan(NetworkDescription(line), inputShape: imageShape, classes: classes)
  }

  /// The loss, without the penalty, of scores that are all the same: that of guessing.
  var guessingLoss: Double {
    let scores = Tensor<Double>(repeating: 0, shape: Shape([1, classes]))
    return (try? plan().loss(scores, labels: [0]).loss) ?? .nan
  }

  /// About how many floating-point operations one image takes, forward.
  var operations: Double { (try? plan())?.rows.reduce(0) { $0 + $1.operations } ?? 0 }
}
