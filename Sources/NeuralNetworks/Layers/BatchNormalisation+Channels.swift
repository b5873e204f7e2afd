import NbrunTensors

/// The computation that both kinds of batch normalisation share: features are the second axis, and whatever axes follow
/// are further observations of the same feature.
extension BatchNormalisation {
  /// Normalises, with ReLU behind it where that is asked for: the output is then kept, too, as the last array.
  func forwardOverChannels<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>, isRectified: Bool = false
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let sizes = ChannelSizes(x.shape)
    for parameter in parameters + pass.statistics {
      guard parameter.shape == [sizes.channels] else {
        fatalError(
          "\(sizes.channels) features in a minibatch of shape \(x.shape), but parameters of shape \(parameter.shape)")
      }
    }
    let (gamma, beta) = (parameters[0], parameters[1])
    var (mean, variance) = (pass.statistics[0], pass.statistics[1])
    if pass.isTraining {
      (mean, variance) = statistics(x, sizes)
      for (index, batch) in [mean, variance].enumerated() {
        pass.statistics[index] = Scalar(momentum) * pass.statistics[index] + Scalar(1 - momentum) * batch
      }
    }
    let epsilon = Scalar(self.epsilon)
    let inverseDeviation = variance.map { 1 / ($0 + epsilon).squareRoot() }
    var cache = LayerCache(x.shape, [x, mean, inverseDeviation, gamma])
    cache.isTraining = pass.isTraining
    let device = x.device
    var output = Tensor<Scalar>(unsafeUninitialized: x.shape, on: device)
    let result = output.elementsToWrite()
    withPointers(x, mean, inverseDeviation, gamma, beta) { x, mean, inverseDeviation, gamma, beta in
      let parameters = ChannelParameters(mean: mean, inverseDeviation: inverseDeviation, gamma: gamma)
      channelNormalisation(
        sizes, input: x, parameters, beta: beta, output: result, isRectified: isRectified, on: device)
    }
    if isRectified { cache.arrays.append(output) }
    return (output, cache)
  }

  /// The gradients; `dx` takes the place of `dout` where nobody else holds it.
  ///
  /// In training, with M observations of each feature, the chain rule through μ and σ² gives
  ///
  /// dx = gamma / √(σ² + ε) · (dout − (dbeta + x̂ · dgamma) / M),
  ///
  /// where dbeta = Σ dout and dgamma = Σ dout · x̂. In testing μ and σ² are constants: only dout is left in the bracket.
  func backwardOverChannels<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: LayerCache<Scalar>
  ) -> LayerGradients<Scalar> {
    var dx = dout
    guard dx.shape == cache.inputShape else {
      fatalError("a gradient of shape \(dx.shape) for an output of \(cache.inputShape)")
    }
    let sizes = ChannelSizes(dx.shape)
    let device = dx.device
    var dgamma = Tensor<Scalar>.zeros([sizes.channels], on: device)
    var dbeta = dgamma
    let (result, gammaResult, betaResult) = (
      dx.elementsToWrite(), dgamma.elementsToWrite(), dbeta.elementsToWrite()
    )
    let (arrays, isRectified) = (cache.arrays, cache.arrays.count > 4)
    withPointers(arrays[0], arrays[1], arrays[2], arrays[3], arrays[isRectified ? 4 : 0]) {
      x, mean, deviation, gamma, y in
      channelNormalisationGradient(
        sizes, input: x, ChannelParameters(mean: mean, inverseDeviation: deviation, gamma: gamma), gradient: result,
        output: isRectified ? y : nil, isTraining: cache.isTraining, result: result, gammaResult: gammaResult,
        betaResult: betaResult, on: device)
    }
    return (dx, [.array(dgamma), .array(dbeta)])
  }

  /// The mean and the uncorrected variance of each feature.
  private func statistics<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ sizes: ChannelSizes
  ) -> (mean: Tensor<Scalar>, variance: Tensor<Scalar>) {
    var mean = Tensor<Scalar>(unsafeUninitialized: [sizes.channels], on: x.device)
    var variance = Tensor<Scalar>(unsafeUninitialized: [sizes.channels], on: x.device)
    let results = (mean.elementsToWrite(), variance.elementsToWrite())
    withPointers(x) { channelStatistics(sizes, input: $0, mean: results.0, variance: results.1, on: x.device) }
    return (mean, variance)
  }
}
