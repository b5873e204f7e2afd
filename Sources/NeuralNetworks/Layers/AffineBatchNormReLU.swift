import Tensors

/// A fully connected layer, batch normalisation of its units, and rectified linear units in the same pass as that.
public struct AffineBatchNormReLU: Sendable {
  /// The normalisation.
  public var normalisation: BatchNormalisation

  /// The layers with this normalisation.
  public init(normalisation: BatchNormalisation = BatchNormalisation()) {
    self.normalisation = normalisation
  }

  /// What the backward pass needs.
  public struct Cache<Scalar: TensorScalar>: Sendable {
    let affine: Affine.Cache<Scalar>
    let normalisation: BatchNormalisation.Cache<Scalar>
  }

  /// max(0, bn(x · w + b)) of a minibatch N×d₁×…×dₖ, weights D×M, biases, gamma and beta M.
  public func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>, _ b: Tensor<Scalar>, gamma: Tensor<Scalar>, beta: Tensor<Scalar>,
    running: inout BatchNormalisation.RunningStatistics<Scalar>, mode: Mode
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    let (a, affineCache) = Affine().forward(x, w, b)
    let (output, normalisationCache) = normalisation.forwardOverChannels(
      a, gamma: gamma, beta: beta, running: &running, mode: mode, isRectified: true)
    return (output, Cache(affine: affineCache, normalisation: normalisationCache))
  }

  /// The gradients with respect to x and the parameters.
  public func backward<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dx: Tensor<Scalar>, parameters: ConvBatchNormReLU.ParameterGradients<Scalar>) {
    let (da, dgamma, dbeta) = normalisation.backward(dout, cache.normalisation)
    let (dx, dw, db) = Affine().backward(da, cache.affine)
    return (dx, (dw, db, dgamma, dbeta))
  }

  /// The gradients with respect to the parameters alone.
  public func parameterGradients<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> ConvBatchNormReLU.ParameterGradients<Scalar> {
    let (da, dgamma, dbeta) = normalisation.backward(dout, cache.normalisation)
    let (dw, db) = Affine().parameterGradients(da, cache.affine)
    return (dw, db, dgamma, dbeta)
  }
}
