import Tensors

/// A convolution, rectified linear units, and max pooling.
public struct ConvReLUPool: Sendable {
  /// The convolution.
  public var convolution: Convolution
  /// The pooling.
  public var pooling: MaxPooling

  /// The layers with these settings.
  public init(convolution: Convolution, pooling: MaxPooling = MaxPooling()) {
    self.convolution = convolution
    self.pooling = pooling
  }

  /// What the backward pass needs.
  public struct Cache<Scalar: TensorScalar>: Sendable {
    let convolution: Convolution.Cache<Scalar>
    let relu: ReLU.Cache<Scalar>
    let pooling: MaxPooling.Cache
  }

  /// pool(max(0, x ∗ w + b)) of images N×C×H×W, filters F×C×HH×WW and biases F.
  public func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>, _ b: Tensor<Scalar>
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    let (a, convolutionCache) = convolution.forward(x, w, b)
    let (s, reluCache) = ReLU().forward(consume a)
    let (output, poolingCache) = pooling.forward(s)
    return (output, Cache(convolution: convolutionCache, relu: reluCache, pooling: poolingCache))
  }

  /// The gradients with respect to images, filters and biases.
  public func backward<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dx: Tensor<Scalar>, dw: Tensor<Scalar>, db: Tensor<Scalar>) {
    convolution.backward(convolutionGradient(dout, cache), cache.convolution)
  }

  /// The gradients with respect to filters and biases alone.
  public func parameterGradients<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dw: Tensor<Scalar>, db: Tensor<Scalar>) {
    convolution.parameterGradients(convolutionGradient(dout, cache), cache.convolution)
  }

  /// The gradient with respect to the convolution's output.
  private func convolutionGradient<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> Tensor<Scalar> {
    ReLU().backward(pooling.backward(dout, cache.pooling), cache.relu)
  }
}
