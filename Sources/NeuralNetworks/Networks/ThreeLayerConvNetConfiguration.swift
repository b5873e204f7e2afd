import Tensors

/// The sizes and settings of a `ThreeLayerConvNet`, with the assignment's defaults.
public struct ThreeLayerConvNetConfiguration: Sendable, Equatable, Codable {
  /// C×H×W of an image.
  public var inputShape: Shape = [3, 32, 32]
  /// How many filters the convolution has.
  public var filters = 32
  /// Height and width of a filter: an odd number, so that the convolution can keep the images' size.
  public var filterSize = 7
  /// How many units the hidden layer has.
  public var hiddenUnits = 100
  /// How many classes there are.
  public var classes = 10
  /// The standard deviation of the initial weights.
  public var weightScale = 1e-3
  /// λ of the L2 penalty ½·λ·Σw².
  public var regularisation = 0.0

  /// The assignment's defaults.
  public init() {}

  /// Throws `ShapeError` for sizes that do not meet; allocates nothing.
  public func validate() throws(ShapeError) {
    _ = try shapes()
  }

  /// The shapes of the three weights.
  func shapes() throws(ShapeError) -> (W1: Shape, W2: Shape, W3: Shape) {
    guard inputShape.rank == 3 else {
      throw ShapeError("the network takes images of shape (C, H, W), not \(inputShape)")
    }
    guard filterSize >= 1, filterSize % 2 == 1 else {
      throw ShapeError(
        "the filter size is an odd number, so that padding keeps the images' size, not \(filterSize)")
    }
    guard filters >= 1, hiddenUnits >= 1, classes >= 1 else {
      throw ShapeError(
        "the network has at least one filter, hidden unit and class, not \(filters), \(hiddenUnits) and \(classes)")
    }
    guard weightScale >= 0, weightScale.isFinite, regularisation.isFinite else {
      throw ShapeError("the weight scale is a number from 0, and the regularisation is finite")
    }
    let W1 = Shape(validating: [filters, inputShape[0], filterSize, filterSize])
    let input = Shape(validating: [1] + inputShape.dimensions)
    guard let W1, let input else { throw ShapeError("the network is too large") }
    let convolution = try ConvolutionGeometry(
      input: input, filters: W1, stride: 1, padding: (filterSize - 1) / 2)
    let pooling = try PoolingGeometry(input: convolution.outputShape, windowHeight: 2, windowWidth: 2, stride: 2)
    let features = pooling.outputShape.elementCount
    guard
      let W2 = Shape(validating: [features, hiddenUnits]), let W3 = Shape(validating: [hiddenUnits, classes])
    else {
      throw ShapeError("the network is too large")
    }
    return (W1, W2, W3)
  }
}
