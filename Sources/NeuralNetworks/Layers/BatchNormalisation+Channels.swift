import Tensors

/// The computation that both kinds of batch normalisation share: features are the second axis, and whatever axes follow
/// are further observations of the same feature.
extension BatchNormalisation {
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func forwardOverChannels<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, gamma: Tensor<Scalar>, beta: Tensor<Scalar>,
    running: inout RunningStatistics<Scalar>, mode: Mode
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    let planes = Planes(x.shape)
    for parameter in [gamma, beta, running.mean, running.variance] {
      precondition(
        parameter.shape == [planes.channels],
        "\(planes.channels) features in a minibatch of shape \(x.shape), but parameters of shape \(parameter.shape)")
    }
    var (mean, variance) = (running.mean, running.variance)
    if mode == .training {
      (mean, variance) = planes.statistics(x)
      running.mean = Scalar(momentum) * running.mean + Scalar(1 - momentum) * mean
      running.variance = Scalar(momentum) * running.variance + Scalar(1 - momentum) * variance
    }
    let epsilon = Scalar(self.epsilon)
    let inverseDeviation = variance.map { 1 / ($0 + epsilon).squareRoot() }
    let (means, inverses, gammas, betas) = (mean.elements, inverseDeviation.elements, gamma.elements, beta.elements)
    let output = Tensor<Scalar>(shape: x.shape) { output in
      x.withUnsafeBufferPointer { x in
        planes.forEach { c, elements in
          let (mean, inverse, gamma, beta) = (means[c], inverses[c], gammas[c], betas[c])
          for i in elements { output[i] = gamma * ((x[i] - mean) * inverse) + beta }
        }
      }
    }
    return (output, Cache(x: x, mean: mean, inverseDeviation: inverseDeviation, gamma: gamma, mode: mode))
  }

  /// In training, with M observations of each feature, the chain rule through μ and σ² gives
  ///
  /// dx = gamma / √(σ² + ε) · (dout − (dbeta + x̂ · dgamma) / M),
  ///
  /// where dbeta = Σ dout and dgamma = Σ dout · x̂. In testing μ and σ² are constants: only dout is left in the bracket.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func backwardOverChannels<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dx: Tensor<Scalar>, dgamma: Tensor<Scalar>, dbeta: Tensor<Scalar>) {
    precondition(
      dout.shape == cache.x.shape, "a gradient of shape \(dout.shape) for an output of \(cache.x.shape)")
    let planes = Planes(dout.shape)
    let (means, inverses) = (cache.mean.elements, cache.inverseDeviation.elements)
    let gammas = cache.gamma.elements
    var dgamma = [Scalar](repeating: 0, count: planes.channels)
    var dbeta = dgamma
    let dx = Tensor<Scalar>(shape: dout.shape) { dx in
      dout.withUnsafeBufferPointer { dout in
        cache.x.withUnsafeBufferPointer { x in
          planes.forEach { c, elements in
            let (mean, inverse) = (means[c], inverses[c])
            var (products, sum): (Scalar, Scalar) = (0, 0)
            for i in elements {
              products += dout[i] * ((x[i] - mean) * inverse)
              sum += dout[i]
            }
            dgamma[c] += products
            dbeta[c] += sum
          }
          let share: Scalar = cache.mode == .training ? 1 / Scalar(planes.observations) : 0
          planes.forEach { c, elements in
            let (mean, inverse) = (means[c], inverses[c])
            let (offset, slope) = (share * dbeta[c], share * dgamma[c])
            let scale = gammas[c] * inverse
            for i in elements { dx[i] = scale * (dout[i] - (offset + (x[i] - mean) * inverse * slope)) }
          }
        }
      }
    }
    return (dx, Tensor(dgamma), Tensor(dbeta))
  }
}

/// A tensor N×C×… as its N·C planes: a plane holds all elements of one feature in one example, one after another.
private struct Planes {
  let examples: Int
  let channels: Int
  let planeSize: Int

  init(_ shape: Shape) {
    examples = shape[0]
    channels = shape[1]
    planeSize = shape.dimensions.dropFirst(2).reduce(1, *)
  }

  /// M: how many observations of each feature there are.
  var observations: Int { examples * planeSize }

  /// Calls `body` with each plane's channel and elements.
  @inline(__always)
  func forEach(_ body: (_ channel: Int, _ elements: Range<Int>) -> Void) {
    for plane in 0..<examples * channels {
      body(plane % channels, plane * planeSize..<(plane + 1) * planeSize)
    }
  }

  /// The mean and the uncorrected variance of each channel of `x`.
  @inline(__always)
  func statistics<Scalar: TensorScalar>(_ x: Tensor<Scalar>) -> (mean: Tensor<Scalar>, variance: Tensor<Scalar>) {
    var sums = [Scalar](repeating: 0, count: channels)
    var squares = sums
    x.withUnsafeBufferPointer { x in
      forEach { c, elements in
        var sum: Scalar = 0
        for i in elements { sum += x[i] }
        sums[c] += sum
      }
      let means = sums.map { $0 / Scalar(observations) }
      forEach { c, elements in
        let mean = means[c]
        var sum: Scalar = 0
        for i in elements { sum += (x[i] - mean) * (x[i] - mean) }
        squares[c] += sum
      }
    }
    let count = Scalar(observations)
    return (Tensor(sums) / count, Tensor(squares) / count)
  }
}
