import NeuralNetworks
import RandomNumbers
import Steps
import Tensors

/// The network that a cell describes: the assignment's three layers, or any layers as a line.
enum NetworkChoice: Codable, Sendable {
  case threeLayers(ThreeLayerConvNetConfiguration)
  case line(String, imageShape: Shape, classes: Int, weightScale: Double?, regularisation: Double)

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
    switch self {
    case .threeLayers(let configuration):
      let normalisation = configuration.usesBatchNormalisation ? " - batchnorm" : ""
      let line =
        "conv(\(configuration.filters), \(configuration.filterSize))\(normalisation) - relu - pool"
        + " - affine(\(configuration.hiddenUnits))\(normalisation) - relu - softmax"
      return try ConvNetPlan(
        NetworkDescription(line), inputShape: configuration.inputShape, classes: configuration.classes)
    case .line(let line, let imageShape, let classes, _, _):
      return try ConvNetPlan(NetworkDescription(line), inputShape: imageShape, classes: classes)
    }
  }

  /// About how many floating-point operations one image takes, forward.
  var operations: Int { (try? plan())?.rows.reduce(0) { $0 + $1.operations } ?? 0 }
}

/// A step about a network that its cell describes.
protocol NetworkStep: Step {
  var network: String? { get }
  var filters: Int? { get }
  var filterSize: Int? { get }
  var hiddenUnits: Int? { get }
  var batchNormalization: Bool { get }
  var weightScale: Double? { get }
  var reg: Double { get }
  /// C×H×W of an image.
  var imageSizes: [Int] { get }
  var classCount: Int { get }
}

extension NetworkStep {
  /// CIFAR-10's images.
  var imageSizes: [Int] { [3, 32, 32] }
  /// CIFAR-10's classes.
  var classCount: Int { 10 }

  /// The network that the cell describes.
  ///
  /// - Throws: `ParameterError` where the parameters do not go together.
  func choice() throws -> NetworkChoice {
    let images = try shape(imageSizes, of: "image-shape")
    if let weightScale, !(0...1e6 ~= weightScale) {
      throw ParameterError("weight-scale", "a standard deviation is a number from 0 to a million")
    }
    guard let network else { return try threeLayers(images) }
    for (key, value) in [("filters", filters), ("filter-size", filterSize), ("hidden-units", hiddenUnits)] {
      if value != nil { throw ParameterError(key, "the line of layers says that already: \(network)") }
    }
    if batchNormalization {
      throw ParameterError("batch-normalization", "the line of layers says where: batchnorm")
    }
    let choice = NetworkChoice.line(
      network, imageShape: images, classes: classCount, weightScale: weightScale, regularisation: reg)
    do {
      try checkSize(of: choice.plan(), key: "network")
    } catch let error as NetworkDescriptionError {
      throw ParameterError("network", error.message, at: error.columns)
    }
    return choice
  }

  private func threeLayers(_ images: Shape) throws -> NetworkChoice {
    var configuration = ThreeLayerConvNetConfiguration()
    configuration.inputShape = images
    configuration.classes = classCount
    configuration.filters = filters ?? configuration.filters
    configuration.filterSize = filterSize ?? configuration.filterSize
    configuration.hiddenUnits = hiddenUnits ?? configuration.hiddenUnits
    configuration.usesBatchNormalisation = batchNormalization
    configuration.weightScale = weightScale ?? configuration.weightScale
    configuration.regularisation = reg
    // What the cell gives, from the first layer on, is what is likely to be wrong.
    let key = filterSize != nil ? "filter-size" : filters != nil ? "filters" : "hidden-units"
    try checking(key) { try configuration.validate() }
    let choice = NetworkChoice.threeLayers(configuration)
    do {
      try checkSize(of: choice.plan(), key: key)
    } catch let error as NetworkDescriptionError {
      throw ParameterError(key, error.message)
    }
    return choice
  }

  /// Refuses networks that would only fill the memory.
  private func checkSize(of plan: ConvNetPlan, key: String) throws {
    let limit = 1 << 28
    var count = 0
    for row in plan.rows {
      let (sum, overflow) = count.addingReportingOverflow(row.parameters)
      guard !overflow, sum <= limit, row.outputShape.elementCount <= limit else {
        throw ParameterError(key, "a network of more than \(limit) parameters is too large for a cell")
      }
      count = sum
    }
  }
}
