import RandomNumbers
import Tensors

/// The assignment's network: conv – relu – 2×2 max pool – affine – relu – affine – softmax.
///
/// The convolution keeps the images' size: stride 1, padding (filter size − 1) / 2. With batch normalisation, one stands after the
/// convolution and one after the hidden affine layer.
public struct ThreeLayerConvNet<Scalar: TensorScalar>: Network {
  /// The network's sizes and settings.
  public let configuration: ThreeLayerConvNetConfiguration
  /// W1, b1 of the convolution; W2, b2 of the hidden layer; W3, b3 of the scores; then gamma1, beta1, gamma2, beta2 with batch
  /// normalisation.
  public var parameters: ParameterSet<Scalar>
  /// Two with batch normalisation, otherwise none.
  public var runningStatistics: [BatchNormalisation.RunningStatistics<Scalar>]

  /// A network with weights drawn in the order W1, W2, W3 from a normal distribution, and biases of zero.
  ///
  /// - Throws: `ShapeError` for sizes that do not meet.
  public init(
    _ configuration: ThreeLayerConvNetConfiguration = .init(), random: inout NumPyRandom
  ) throws(ShapeError) {
    let shapes = try configuration.shapes()
    self.configuration = configuration
    let weights = Distribution.normal(mean: 0, standardDeviation: configuration.weightScale)
    let W1 = Tensor<Scalar>(drawing: weights, shape: shapes.W1, from: &random)
    let W2 = Tensor<Scalar>(drawing: weights, shape: shapes.W2, from: &random)
    let W3 = Tensor<Scalar>(drawing: weights, shape: shapes.W3, from: &random)
    let (filters, units, classes) = (configuration.filters, configuration.hiddenUnits, configuration.classes)
    var names = ["W1", "b1", "W2", "b2", "W3", "b3"]
    var values = [W1, .zeros([filters]), W2, .zeros([units]), W3, .zeros([classes])]
    runningStatistics = []
    if configuration.usesBatchNormalisation {
      names += ["gamma1", "beta1", "gamma2", "beta2"]
      values += [.ones([filters]), .zeros([filters]), .ones([units]), .zeros([units])]
      runningStatistics = [.init(features: filters), .init(features: units)]
    }
    parameters = ParameterSet(names: names, values: values)
  }

  /// λ of the L2 penalty.
  public var regularisation: Double { configuration.regularisation }
  /// No: it has no dropout.
  public var drawsInTraining: Bool { false }

  /// The scores, N×classes, of images N×C×H×W, as in testing.
  public func scores(_ images: Tensor<Scalar>) -> Tensor<Scalar> {
    guard !configuration.usesBatchNormalisation else { return normalisedScores(images) }
    let pooled = convReLUPool.forward(images, parameters["W1"], parameters["b1"]).output
    let hidden = AffineReLU().forward(pooled, parameters["W2"], parameters["b2"]).output
    return Affine().forward(hidden, parameters["W3"], parameters["b3"]).output
  }

  /// The softmax loss of a minibatch and its gradients, without the L2 penalty.
  public mutating func dataGradients(
    _ images: Tensor<Scalar>, labels: [Int], random: inout NumPyRandom
  ) -> (loss: Double, gradients: [Gradient<Scalar>]) {
    guard !configuration.usesBatchNormalisation else { return normalisedGradients(images, labels: labels) }
    let (pooled, pooledCache) = convReLUPool.forward(images, parameters["W1"], parameters["b1"])
    let (hidden, hiddenCache) = AffineReLU().forward(pooled, parameters["W2"], parameters["b2"])
    let (scores, scoresCache) = Affine().forward(hidden, parameters["W3"], parameters["b3"])

    let (loss, dscores) = softmaxLoss(scores, labels: labels)

    let (dhidden, dW3, db3) = Affine().backward(dscores, scoresCache)
    let (dpooled, dW2, db2) = AffineReLU().backward(dhidden, hiddenCache)
    let (dW1, db1) = convReLUPool.parameterGradients(dpooled, pooledCache)
    return (loss, [.array(dW1), .array(db1), dW2, .array(db2), dW3, .array(db3)])
  }

  private var convReLUPool: ConvReLUPool { ConvReLUPool(convolution: convolution) }

  var convolution: Convolution { Convolution(stride: 1, padding: (configuration.filterSize - 1) / 2) }
}
