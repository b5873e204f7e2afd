import Tensors

/// Batch normalisation: each feature is given mean 0 and variance 1 over the minibatch, then scale gamma and shift beta.
///
/// x̂ = (x − μ) / √(σ² + ε),   out = gamma · x̂ + beta
///
/// μ and σ² are the minibatch's mean and uncorrected variance in training, the running ones in testing. Source: Ioffe and
/// Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate shift", 2015.
public struct BatchNormalisation: Sendable {
  /// ε, which keeps the division from failing.
  public var epsilon: Double
  /// How much of the running statistics each training step keeps.
  public var momentum: Double

  /// Batch normalisation with these constants.
  public init(epsilon: Double = 1e-5, momentum: Double = 0.9) {
    self.epsilon = epsilon
    self.momentum = momentum
  }

  /// Means and variances of the features, followed in training and used in testing. They start at zero.
  public struct RunningStatistics<Scalar: TensorScalar>: Sendable, Equatable, Codable {
    /// The mean of each feature, D.
    public var mean: Tensor<Scalar>
    /// The variance of each feature, D.
    public var variance: Tensor<Scalar>

    /// Zeros for `features` features.
    public init(features: Int) {
      mean = .zeros([features])
      variance = .zeros([features])
    }

    var shapes: [Shape] { [mean.shape, variance.shape] }
  }

  /// What the backward pass needs.
  public struct Cache<Scalar: TensorScalar>: Sendable {
    let x: Tensor<Scalar>  // N×D, or N×C×H×W
    let mean: Tensor<Scalar>  // D
    let inverseDeviation: Tensor<Scalar>  // D: 1/√(σ² + ε)
    let gamma: Tensor<Scalar>  // D
    let mode: Mode
    /// The output when ReLU stands behind the normalisation and is computed with it.
    var rectified: Tensor<Scalar>?
  }

  /// Normalises `x`, N×D, with `gamma` and `beta`, D.
  ///
  /// In training `running` moves towards the minibatch's statistics: running = momentum · running + (1 − momentum) · batch.
  public func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, gamma: Tensor<Scalar>, beta: Tensor<Scalar>,
    running: inout RunningStatistics<Scalar>, mode: Mode
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    guard x.shape.rank == 2 else { fatalError("batch normalisation takes a minibatch of shape (N, D), not \(x.shape)") }
    return forwardOverChannels(x, gamma: gamma, beta: beta, running: &running, mode: mode)
  }

  /// The gradients with respect to x, gamma and beta, from the one with respect to the output, N×D.
  public func backward<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dx: Tensor<Scalar>, dgamma: Tensor<Scalar>, dbeta: Tensor<Scalar>) {
    backwardOverChannels(dout, cache)
  }
}

/// Spatial batch normalisation: each channel of the images is one feature, normalised over all images and places.
///
/// The same as batch normalisation of the N·H·W×C matrix that holds the channels of one place in a row.
public struct SpatialBatchNormalisation: Sendable {
  /// The constants of the normalisation.
  public var normalisation: BatchNormalisation

  /// Spatial batch normalisation with these constants.
  public init(epsilon: Double = 1e-5, momentum: Double = 0.9) {
    normalisation = BatchNormalisation(epsilon: epsilon, momentum: momentum)
  }

  /// Normalises the images `x`, N×C×H×W, with `gamma` and `beta`, C. In training `running` follows the minibatch.
  public func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, gamma: Tensor<Scalar>, beta: Tensor<Scalar>,
    running: inout BatchNormalisation.RunningStatistics<Scalar>, mode: Mode
  ) -> (output: Tensor<Scalar>, cache: BatchNormalisation.Cache<Scalar>) {
    guard x.shape.rank == 4 else {
      fatalError("spatial batch normalisation takes images of shape (N, C, H, W), not \(x.shape)")
    }
    return normalisation.forwardOverChannels(x, gamma: gamma, beta: beta, running: &running, mode: mode)
  }

  /// The gradients with respect to x, gamma and beta, from the one with respect to the output, N×C×H×W.
  public func backward<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: BatchNormalisation.Cache<Scalar>
  ) -> (dx: Tensor<Scalar>, dgamma: Tensor<Scalar>, dbeta: Tensor<Scalar>) {
    normalisation.backwardOverChannels(dout, cache)
  }
}
