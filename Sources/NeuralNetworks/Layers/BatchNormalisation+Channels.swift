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
    if pass.mode == .training {
      (mean, variance) = statistics(x, sizes)
      for (index, batch) in [mean, variance].enumerated() {
        pass.statistics[index] = Scalar(momentum) * pass.statistics[index] + Scalar(1 - momentum) * batch
      }
    }
    let epsilon = Scalar(self.epsilon)
    let inverseDeviation = variance.map { 1 / ($0 + epsilon).squareRoot() }
    var cache = LayerCache(x.shape, [x, mean, inverseDeviation, gamma])
    cache.isTraining = pass.mode == .training
    var output = Tensor<Scalar>(unsafeUninitialized: x.shape)
    output.withMutablePointer { output in
      cache.withParameters { x, parameters in
        beta.withPointer { beta in
          channelNormalisation(sizes, input: x, parameters, beta: beta, output: output, isRectified: isRectified)
        }
      }
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
    var dgamma = Tensor<Scalar>.zeros([sizes.channels])
    var dbeta = dgamma
    dx.withMutablePointer { dx in
      dgamma.withMutablePointer { dgamma in
        dbeta.withMutablePointer { dbeta in
          cache.withParameters { x, parameters in
            func run(rectified: UnsafePointer<Scalar>?) {
              channelNormalisationGradient(
                sizes, input: x, parameters, gradient: dx, output: rectified, isTraining: cache.isTraining,
                result: dx, gammaResult: dgamma, betaResult: dbeta)
            }
            if let rectified = cache.arrays.dropFirst(4).first {
              rectified.withPointer { run(rectified: $0) }
            } else {
              run(rectified: nil)
            }
          }
        }
      }
    }
    return (dx, [.array(dgamma), .array(dbeta)])
  }

  /// The mean and the uncorrected variance of each feature.
  private func statistics<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ sizes: ChannelSizes
  ) -> (mean: Tensor<Scalar>, variance: Tensor<Scalar>) {
    var mean = Tensor<Scalar>(unsafeUninitialized: [sizes.channels])
    var variance = mean
    mean.withMutablePointer { mean in
      variance.withMutablePointer { variance in
        x.withPointer { channelStatistics(sizes, input: $0, mean: mean, variance: variance) }
      }
    }
    return (mean, variance)
  }
}

extension LayerCache {
  /// Calls `body` with the input and the parameters of a normalisation as the kernels take them.
  fileprivate func withParameters(_ body: (UnsafePointer<Scalar>, ChannelParameters<Scalar>) -> Void) {
    withPointers(arrays[1], arrays[2], arrays[3]) { mean, inverseDeviation, gamma in
      arrays[0].withPointer { x in
        body(x, ChannelParameters(mean: mean, inverseDeviation: inverseDeviation, gamma: gamma))
      }
    }
  }
}
