import Tensors

/// A convolution, spatial batch normalisation of its channels, and rectified linear units in the same pass as that.
public struct ConvBatchNormReLU: Sendable {
  /// The convolution.
  public var convolution: Convolution
  /// The normalisation.
  public var normalisation: SpatialBatchNormalisation

  /// The layers with these settings.
  public init(
    convolution: Convolution, normalisation: SpatialBatchNormalisation = SpatialBatchNormalisation()
  ) {
    self.convolution = convolution
    self.normalisation = normalisation
  }

  /// What the backward pass needs.
  public struct Cache<Scalar: TensorScalar>: Sendable {
    let convolution: Convolution.Cache<Scalar>
    let normalisation: BatchNormalisation.Cache<Scalar>
  }

  /// The gradients with respect to filters or weights, biases, gamma and beta.
  public typealias ParameterGradients<Scalar: TensorScalar> = (
    dw: Gradient<Scalar>, db: Tensor<Scalar>, dgamma: Tensor<Scalar>, dbeta: Tensor<Scalar>
  )

  /// max(0, bn(x ∗ w + b)) of images N×C×H×W, filters F×C×HH×WW, biases, gamma and beta F.
  public func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>, _ b: Tensor<Scalar>, gamma: Tensor<Scalar>, beta: Tensor<Scalar>,
    running: inout BatchNormalisation.RunningStatistics<Scalar>, mode: Mode
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    let (a, convolutionCache) = convolution.forward(x, w, b)
    let (output, normalisationCache) = normalisation.normalisation.forwardOverChannels(
      a, gamma: gamma, beta: beta, running: &running, mode: mode, isRectified: true)
    return (output, Cache(convolution: convolutionCache, normalisation: normalisationCache))
  }

  /// The gradients with respect to images and parameters.
  public func backward<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dx: Tensor<Scalar>, parameters: ParameterGradients<Scalar>) {
    let (da, dgamma, dbeta) = normalisation.backward(dout, cache.normalisation)
    let (dx, dw, db) = convolution.backward(da, cache.convolution)
    return (dx, (.array(dw), db, dgamma, dbeta))
  }

  /// The gradients with respect to the parameters alone.
  public func parameterGradients<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> ParameterGradients<Scalar> {
    let (da, dgamma, dbeta) = normalisation.backward(dout, cache.normalisation)
    let (dw, db) = convolution.parameterGradients(da, cache.convolution)
    return (.array(dw), db, dgamma, dbeta)
  }
}
