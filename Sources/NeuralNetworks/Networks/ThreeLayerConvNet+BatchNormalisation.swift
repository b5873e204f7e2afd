import Tensors

/// The variant with batch normalisation:
/// conv – batchnorm – relu – 2×2 max pool – affine – batchnorm – relu – affine – softmax.
extension ThreeLayerConvNet {
  func normalisedScores(_ images: Tensor<Scalar>) -> Tensor<Scalar> {
    var copy = self
    return copy.normalisedForward(images, mode: .testing).scores
  }

  mutating func normalisedGradients(
    _ images: Tensor<Scalar>, labels: [Int]
  ) -> (loss: Double, gradients: [Gradient<Scalar>]) {
    let (scores, cache) = normalisedForward(images, mode: .training)

    let (loss, dscores) = softmaxLoss(scores, labels: labels)

    let (dhidden, dW3, db3) = Affine().backward(dscores, cache.scores)
    let (dpooled, second) = AffineBatchNormReLU().backward(dhidden, cache.hidden)
    let first = convBatchNormReLU.parameterGradients(MaxPooling().backward(dpooled, cache.pooled), cache.rectified)
    return (
      loss,
      [
        first.dw, .array(first.db), second.dw, .array(second.db), dW3, .array(db3), .array(first.dgamma),
        .array(first.dbeta), .array(second.dgamma), .array(second.dbeta),
      ]
    )
  }

  private typealias Caches = (
    rectified: ConvBatchNormReLU.Cache<Scalar>, pooled: MaxPooling.Cache<Scalar>,
    hidden: AffineBatchNormReLU.Cache<Scalar>, scores: Affine.Cache<Scalar>
  )

  private mutating func normalisedForward(
    _ images: Tensor<Scalar>, mode: Mode
  ) -> (scores: Tensor<Scalar>, caches: Caches) {
    let p = parameters
    let (rectified, rectifiedCache) = convBatchNormReLU.forward(
      images, p["W1"], p["b1"], gamma: p["gamma1"], beta: p["beta1"], running: &runningStatistics[0], mode: mode)
    let (pooled, pooledCache) = MaxPooling().forward(rectified)
    let (hidden, hiddenCache) = AffineBatchNormReLU().forward(
      pooled, p["W2"], p["b2"], gamma: p["gamma2"], beta: p["beta2"], running: &runningStatistics[1], mode: mode)
    let (scores, scoresCache) = Affine().forward(hidden, p["W3"], p["b3"])
    return (scores, (rectifiedCache, pooledCache, hiddenCache, scoresCache))
  }

  private var convBatchNormReLU: ConvBatchNormReLU { ConvBatchNormReLU(convolution: convolution) }
}
