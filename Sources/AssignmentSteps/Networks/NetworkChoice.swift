import NeuralNetworks
import RandomNumbers
import Tensors

/// The network that a cell describes: the assignment's three layers, or any layers as a line.
enum NetworkChoice: Codable, Sendable {
  case threeLayers(ThreeLayerConvNetConfiguration)
  case line(String, imageShape: Shape, classes: Int, weightScale: Double?, regularisation: Double)

  /// C×H×W of the images that it takes.
  var imageShape: Shape {
    switch self {
    case .threeLayers(let configuration): configuration.inputShape
    case .line(_, let imageShape, _, _, _): imageShape
    }
  }

  /// How many classes it tells apart.
  var classes: Int {
    switch self {
    case .threeLayers(let configuration): configuration.classes
    case .line(_, _, let classes, _, _): classes
    }
  }

  /// The network with weights drawn from `random`.
  func make<Scalar: TensorScalar>(
    as scalar: Scalar.Type = Scalar.self, from random: inout NumPyRandom
  ) throws -> any Network<Scalar> {
    switch self {
    case .threeLayers(let configuration):
      return try ThreeLayerConvNet<Scalar>(configuration, random: &random)
    case .line(_, _, _, let weightScale, let regularisation):
      return ConvNet<Scalar>(try plan(), weightScale: weightScale, regularisation: regularisation, random: &random)
    }
  }

  /// Its layers with their shapes.
  func plan() throws -> ConvNetPlan {
    try ConvNetPlan(NetworkDescription(line), inputShape: imageShape, classes: classes)
  }

  /// Its layers as a line.
  private var line: String {
    switch self {
    case .threeLayers(let configuration):
      let normalisation = configuration.usesBatchNormalisation ? " - batchnorm" : ""
      return "conv(\(configuration.filters), \(configuration.filterSize))\(normalisation) - relu - pool"
        + " - affine(\(configuration.hiddenUnits))\(normalisation) - relu - softmax"
    case .line(let line, _, _, _, _): return line
    }
  }

  /// The loss, without the penalty, of scores that are all the same: that of guessing.
  var guessingLoss: Double {
    let scores = Tensor<Double>(repeating: 0, shape: Shape([1, classes]))
    return (try? plan().loss(scores, labels: [0]).loss) ?? .nan
  }

  /// About how many floating-point operations one image takes, forward.
  var operations: Int { (try? plan())?.rows.reduce(0) { $0 + $1.operations } ?? 0 }
}
