import NbrunNeuralNetworks
import NbrunSteps
import NbrunTensors

/// The layers of a network as a cell describes them.
struct NetworkParameters: ParameterGroup {
  @Parameter("The layers as a line; without one, the assignment's three layers with the sizes below.")
  var network: String?
  @Parameter("Filters of the three-layer network's convolution; 32 unless given.") var filters: Int?
  @Parameter("Height and width of a filter, an odd number; 7 unless given.") var filterSize: Int?
  @Parameter("Units of its hidden layer; 100 unless given.") var hiddenUnits: Int?
  @Parameter("Whether batch normalisation follows its convolution and its hidden layer.") var batchNormalization = false

  /// The network, for images C×H×W (CIFAR-10's unless given) of so many classes.
  ///
  /// - Throws: `ParameterError` where the parameters do not go together.
  func choice(
    images: [Int] = [3, 32, 32], classes: Int = 10, weights: WeightParameters = WeightParameters()
  ) throws -> NetworkChoice {
    let images = try shape(images, of: "image-shape")
    guard let network else { return try threeLayers(images, classes, weights) }
    for (key, value) in [("filters", filters), ("filter-size", filterSize), ("hidden-units", hiddenUnits)] {
      if value != nil { throw ParameterError(key, "the line of layers says that already: \(network)") }
    }
    if batchNormalization { throw ParameterError("batch-normalization", "the line of layers says where: batchnorm") }
    let choice = NetworkChoice(
      line: network, imageShape: images, classes: classes, weightScale: weights.weightScale, regularisation: weights.reg
    )
    do { try checkSize(of: choice.plan(), key: "network") } catch let error as NetworkDescriptionError {
      throw ParameterError("network", error.message, at: error.columns)
    }
    return choice
  }

  /// What those come to that the cell leaves open, and which have no effect: the line of layers says it all, or there is none.
  func effects(_ weights: WeightParameters? = nil) -> [String: ParameterEffect] {
    let standard = ThreeLayerConvNetConfiguration()
    var effects: [String: ParameterEffect]
    if network == nil {
      effects = [
        "network": .unused, "filters": .value(filters ?? standard.filters),
        "filter-size": .value(filterSize ?? standard.filterSize),
        "hidden-units": .value(hiddenUnits ?? standard.hiddenUnits),
      ]
    } else {
      effects = ["filters", "filter-size", "hidden-units", "batch-normalization"].reduce(into: [:]) { $0[$1] = .unused }
    }
    if let weights, weights.weightScale == nil {
      effects["weight-scale"] = network == nil ? .value(standard.weightScale) : .words("√(2 / inputs of a unit)")
    }
    return effects
  }

  private func threeLayers(_ images: Shape, _ classes: Int, _ weights: WeightParameters) throws -> NetworkChoice {
    var configuration = ThreeLayerConvNetConfiguration()
    configuration.inputShape = images
    configuration.classes = classes
    configuration.filters = filters ?? configuration.filters
    configuration.filterSize = filterSize ?? configuration.filterSize
    configuration.hiddenUnits = hiddenUnits ?? configuration.hiddenUnits
    configuration.weightScale = weights.weightScale ?? configuration.weightScale
    configuration.regularisation = weights.reg
    // What the cell gives, from the first layer on, is what is likely to be wrong.
    let key = filterSize != nil ? "filter-size" : filters != nil ? "filters" : "hidden-units"
    _ = try checking(key) { try configuration.shapes() }
    let line = configuration.line
    let choice = NetworkChoice(
      line: batchNormalization ? line.replacing(" - relu", with: " - batchnorm - relu") : line, imageShape: images,
      classes: classes, weightScale: configuration.weightScale, regularisation: weights.reg,
      threeLayers: batchNormalization ? nil : configuration)
    do { try checkSize(of: choice.plan(), key: key) } catch let error as NetworkDescriptionError {
      throw ParameterError(key, error.message)
    }
    return choice
  }

  /// Refuses minibatches that would only fill the memory.
  ///
  /// - Throws: `ParameterError` at `key`, which says how many images are in one.
  func checkBatch(of count: Int, for choice: NetworkChoice, key: String) throws {
    let plan = try choice.plan()
    for (what, factor, limit) in [
      ("with an array", plan.largestArrayCount, 1 << 31), ("whose layers give arrays", plan.outputCount, 1 << 33),
    ] {
      let (numbers, overflow) = count.multipliedReportingOverflow(by: factor)
      guard overflow || numbers > limit else { continue }
      throw ParameterError(key, "a minibatch \(what) of more than \(limit) numbers is too large for a cell")
    }
  }

  /// Refuses networks that would only fill the memory.
  private func checkSize(of plan: ConvNetPlan, key: String) throws {
    let limit = 1 << 28
    var count = 0
    for row in plan.rows {
      let (sum, overflow) = count.addingReportingOverflow(row.parameters)
      guard !overflow, sum <= limit else {
        throw ParameterError(key, "a network of more than \(limit) parameters is too large for a cell")
      }
      count = sum
    }
    guard plan.largestArrayCount <= limit else {
      throw ParameterError(
        key, "a network that makes an array of more than \(limit) numbers for one image is too large for a cell")
    }
  }
}

/// How a network's weights begin, and what large ones cost.
struct WeightParameters: ParameterGroup {
  @Parameter(
    "Standard deviation of the initial weights; 1e-3, or for a line √(2 / inputs of a unit), unless given.", in: 0...1e6
  ) var weightScale: Double?
  @Parameter("Strength of the L2 penalty on the weights.", in: 0...1e6) var reg = 0.0
}
