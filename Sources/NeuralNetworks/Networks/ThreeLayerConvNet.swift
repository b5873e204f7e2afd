import NbrunRandomNumbers
import NbrunTensors

/// The assignment's network: conv – relu – 2×2 max pool – affine – relu – affine – softmax.
///
/// It stands here written out, as the course has it written; the line `conv(32, 7) - relu - pool - affine(100) - relu - softmax`
/// describes the same network and computes the same numbers (`ConvNet`). The convolution keeps the images' size: stride 1, padding
/// (filter size − 1) / 2.
package struct ThreeLayerConvNet<Scalar: TensorScalar>: Network {
  /// The network's sizes and settings.
  package let configuration: ThreeLayerConvNetConfiguration
  /// W1, b1 of the convolution; W2, b2 of the hidden layer; W3, b3 of the scores.
  package var parameters: ParameterSet<Scalar>
  private let convReLUPool: ConvReLUPool
  private let affineReLU: AffineReLU
  private let affine: Affine

  /// A network with weights drawn in the order W1, W2, W3 from a normal distribution, and biases of zero.
  ///
  /// - Throws: `ShapeError` for sizes that do not meet.
  package init(
    _ configuration: ThreeLayerConvNetConfiguration = .init(), random: inout NumPyRandom, on device: Device = .serial
  ) throws(ShapeError) {
    let shapes = try configuration.shapes()
    self.configuration = configuration
    let weights = Distribution.normal(mean: 0, standardDeviation: configuration.weightScale)
    let W1 = Tensor<Scalar>(drawing: weights, shape: shapes.W1, from: &random, on: device)
    let W2 = Tensor<Scalar>(drawing: weights, shape: shapes.W2, from: &random, on: device)
    let W3 = Tensor<Scalar>(drawing: weights, shape: shapes.W3, from: &random, on: device)
    let (filters, units, classes) = (configuration.filters, configuration.hiddenUnits, configuration.classes)
    parameters = ParameterSet(
      names: ["W1", "b1", "W2", "b2", "W3", "b3"],
      values: [
        W1, .zeros([filters], on: device), W2, .zeros([units], on: device), W3, .zeros([classes], on: device),
      ])
    convReLUPool = ConvReLUPool(Convolution(filters: filters, size: configuration.filterSize))
    affineReLU = AffineReLU(Affine(units: units))
    affine = Affine(units: classes)
  }

  /// λ of the L2 penalty.
  package var regularisation: Double { configuration.regularisation }

  /// The scores, N×classes, of images N×C×H×W, as in testing.
  package func scores(_ images: Tensor<Scalar>) -> Tensor<Scalar> {
    let pooled = convReLUPool.forward(images, [parameters["W1"], parameters["b1"]]).y
    let hidden = affineReLU.forward(pooled, [parameters["W2"], parameters["b2"]]).y
    return affine.forward(hidden, [parameters["W3"], parameters["b3"]]).y
  }

  /// The softmax loss of a minibatch and its gradients, without the L2 penalty.
  package mutating func dataGradients(
    _ images: Tensor<Scalar>, labels: [Int], random: inout NumPyRandom
  ) -> (loss: Double, gradients: [Gradient<Scalar>]) {
    let (pooled, pooledCache) = convReLUPool.forward(images, [parameters["W1"], parameters["b1"]])
    let (hidden, hiddenCache) = affineReLU.forward(pooled, [parameters["W2"], parameters["b2"]])
    let (scores, scoresCache) = affine.forward(hidden, [parameters["W3"], parameters["b3"]])

    let (loss, dscores) = softmaxLoss(scores, labels: labels)

    let third = affine.backward(dscores, scoresCache)
    let second = affineReLU.backward(third.dx!, hiddenCache)
    let first = convReLUPool.backward(second.dx!, pooledCache, needsInputGradient: false)
    return (loss, first.parameters + second.parameters + third.parameters)
  }
}
