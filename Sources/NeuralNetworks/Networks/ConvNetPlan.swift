import Tensors

/// A described network with all its shapes inferred, before anything is allocated.
public struct ConvNetPlan: Sendable {
  /// One row of the layer table.
  public struct Row: Sendable, Equatable {
    /// The layer as a line says it: `conv(64)`.
    public var layer: String
    /// The shape of its output for one image.
    public var outputShape: Shape
    /// How many numbers training changes in it.
    public var parameters: Int
    /// How many multiplications, additions and comparisons a forward pass of one image takes.
    public var operations: Int
  }

  /// How a parameter starts.
  enum Initialisation: Sendable {
    case weights(fanIn: Int)
    case constant(Double)
  }

  struct Parameter: Sendable {
    let name: String
    let shape: Shape
    let initialisation: Initialisation
  }

  /// Some layers that are computed together, with their parameters' places and that of their running statistics.
  struct Stage: Sendable {
    enum Kind: Sendable {
      case convolution(Convolution)
      case convReLU(ConvReLU)
      case convReLUPool(ConvReLUPool)
      case convBatchNormReLU(ConvBatchNormReLU)
      case affine
      case affineReLU
      case affineBatchNormReLU
      case relu
      case pool(MaxPooling)
      case batchNormalisation(isSpatial: Bool)
      case dropout(Dropout)
    }

    let kind: Kind
    let parameters: Range<Int>
    let statistics: Int?
  }

  /// The layer table, the affine layer that belongs to the loss included.
  public private(set) var rows: [Row] = []
  /// How many numbers the largest array has that computing one image makes: an output, an image with its padding, or what the
  /// windows of a convolution cover.
  public private(set) var largestArrayCount = 0
  /// The loss.
  public let loss: LossFunction
  private(set) var parameters: [Parameter] = []
  private(set) var features: [Int] = []
  private(set) var stages: [Stage] = []

  /// Infers all shapes of a described network.
  ///
  /// - Parameters:
  ///   - description: the line.
  ///   - inputShape: C×H×W of an image.
  ///   - classes: how many scores.
  /// - Throws: `NetworkDescriptionError`, which points at the layer whose shapes do not meet.
  public init(
    _ description: NetworkDescription, inputShape: Shape, classes: Int
  ) throws(NetworkDescriptionError) {
    loss = description.loss
    guard inputShape.rank == 3, classes >= 1 else {
      throw NetworkDescriptionError(
        "the network takes images of shape (C, H, W) and has at least one class, not \(inputShape) and \(classes)",
        at: 0..<1)
    }
    var shape = inputShape
    var layers = description.layers
    if layers.last?.layer != .affine(units: classes) {
      let end = layers.last?.columns ?? 0..<1
      layers.append(.init(layer: .affine(units: classes), columns: end))
    }
    for item in layers {
      do {
        shape = try add(item.layer, after: shape)
      } catch {
        throw NetworkDescriptionError(error.message, at: item.columns)
      }
    }
    arrangeStages(layers.map(\.layer))
  }

  /// The names of the parameters, in the order in which the network has them.
  public var parameterNames: [String] { parameters.map(\.name) }

  /// The number of parameters of the whole network.
  public var parameterCount: Int { rows.reduce(0) { $0 + $1.parameters } }

  /// Adds a layer's row and parameters; returns the shape of its output.
  private mutating func add(_ layer: NetworkDescription.Layer, after input: Shape) throws(ShapeError) -> Shape {
    let first = parameters.count
    let size = input.elementCount
    var output = input
    var operations = size
    switch layer {
    case .convolution(let filters, let filterSize, let stride):
      guard input.rank == 3 else { throw ShapeError("a convolution cannot follow an affine layer") }
      let geometry = try ConvolutionGeometry(
        input: Shape([1] + input.dimensions), filters: [filters, input[0], filterSize, filterSize], stride: stride,
        padding: (filterSize - 1) / 2)
      output = Shape(Array(geometry.outputShape.dimensions.dropFirst()))
      largestArrayCount = max(
        largestArrayCount, geometry.paddedShape.elementCount, geometry.columnsShape.elementCount)
      let filterLength = input[0] * filterSize * filterSize
      try addWeights(geometry.filterShape, fanIn: filterLength, biases: filters)
      operations = 2 * filterLength * output.elementCount
    case .pool(let windowSize, let stride):
      guard input.rank == 3 else { throw ShapeError("pooling cannot follow an affine layer") }
      let geometry = try PoolingGeometry(
        input: Shape([1] + input.dimensions), windowHeight: windowSize, windowWidth: windowSize, stride: stride)
      output = Shape(Array(geometry.outputShape.dimensions.dropFirst()))
      operations = output.elementCount * windowSize * windowSize
    case .affine(let units):
      guard let weights = Shape(validating: [size, units]) else {
        throw ShapeError("an affine layer from \(size) features to \(units) units is too large")
      }
      output = [units]
      try addWeights(weights, fanIn: size, biases: units)
      operations = 2 * weights.elementCount
    case .batchNormalisation:
      features.append(input[0])
      parameters.append(.init(name: "gamma\(features.count)", shape: [input[0]], initialisation: .constant(1)))
      parameters.append(.init(name: "beta\(features.count)", shape: [input[0]], initialisation: .constant(0)))
      operations = 4 * size
    case .relu, .dropout: break
    }
    largestArrayCount = max(largestArrayCount, output.elementCount)
    let count = parameters[first...].reduce(0) { $0 + $1.shape.elementCount }
    rows.append(Row(layer: layer.description, outputShape: output, parameters: count, operations: operations))
    return output
  }

  private mutating func addWeights(_ shape: Shape, fanIn: Int, biases: Int) throws(ShapeError) {
    guard shape.elementCount <= 1 << 31 else {
      throw ShapeError("weights of shape \(shape) are more than the 2 147 483 648 numbers that a layer may have")
    }
    let number = parameters.count { $0.name.hasPrefix("W") } + 1
    parameters.append(.init(name: "W\(number)", shape: shape, initialisation: .weights(fanIn: fanIn)))
    parameters.append(.init(name: "b\(number)", shape: [biases], initialisation: .constant(0)))
  }

  /// Joins layers that have a combined implementation.
  private mutating func arrangeStages(_ layers: [NetworkDescription.Layer]) {
    var (parameter, statistic, index) = (0, 0, 0)
    var seesImages = true
    while index < layers.count {
      let rest = layers[index...]
      let (kind, length) = Self.stage(at: rest, seesImages: seesImages)
      let taken = rest.prefix(length)
      let count = taken.reduce(0) { $0 + $1.parameterCount }
      let normalises = taken.contains(.batchNormalisation)
      stages.append(
        Stage(kind: kind, parameters: parameter..<parameter + count, statistics: normalises ? statistic : nil))
      parameter += count
      statistic += normalises ? 1 : 0
      seesImages = seesImages && !taken.contains { if case .affine = $0 { true } else { false } }
      index += length
    }
  }

  /// The longest combination that `layers` start with, and how many layers it has.
  private static func stage(
    at layers: ArraySlice<NetworkDescription.Layer>, seesImages: Bool
  ) -> (Stage.Kind, length: Int) {
    let next = Array(layers.dropFirst().prefix(2))
    switch layers[layers.startIndex] {
    case .convolution(_, let size, let stride):
      let convolution = Convolution(stride: stride, padding: (size - 1) / 2)
      if next == [.batchNormalisation, .relu] {
        return (.convBatchNormReLU(ConvBatchNormReLU(convolution: convolution)), 3)
      }
      guard next.first == .relu else { return (.convolution(convolution), 1) }
      guard case .pool(let window, let poolStride)? = next.last else {
        return (.convReLU(ConvReLU(stride: stride, padding: (size - 1) / 2)), 2)
      }
      let pooling = MaxPooling(windowHeight: window, windowWidth: window, stride: poolStride)
      return (.convReLUPool(ConvReLUPool(convolution: convolution, pooling: pooling)), 3)
    case .affine:
      if next == [.batchNormalisation, .relu] { return (.affineBatchNormReLU, 3) }
      return next.first == .relu ? (.affineReLU, 2) : (.affine, 1)
    case .relu: return (.relu, 1)
    case .pool(let size, let stride):
      return (.pool(MaxPooling(windowHeight: size, windowWidth: size, stride: stride)), 1)
    case .batchNormalisation: return (.batchNormalisation(isSpatial: seesImages), 1)
    case .dropout(let p): return (.dropout(Dropout(p: p)), 1)
    }
  }
}

extension NetworkDescription.Layer: CustomStringConvertible {
  /// The layer as a line says it.
  public var description: String {
    switch self {
    case .convolution(let filters, 3, 1): "conv(\(filters))"
    case .convolution(let filters, let size, 1): "conv(\(filters), \(size))"
    case .convolution(let filters, let size, let stride): "conv(\(filters), \(size), \(stride))"
    case .relu: "relu"
    case .pool(2, 2): "pool"
    case .pool(let size, let stride) where size == stride: "pool(\(size))"
    case .pool(let size, let stride): "pool(\(size), \(stride))"
    case .batchNormalisation: "batchnorm"
    case .dropout(let p): "dropout(\(p))"
    case .affine(let units): "affine(\(units))"
    }
  }

  /// How many parameter tensors the layer has.
  fileprivate var parameterCount: Int {
    switch self {
    case .convolution, .affine, .batchNormalisation: 2
    case .relu, .pool, .dropout: 0
    }
  }
}
