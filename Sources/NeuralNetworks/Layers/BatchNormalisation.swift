import NbrunTensors

/// Batch normalisation: each feature is given mean 0 and variance 1 over the minibatch, then scale gamma and shift beta.
///
/// x̂ = (x − μ) / √(σ² + ε),   out = gamma · x̂ + beta
///
/// μ and σ² are the minibatch's mean and uncorrected variance in training, the running ones in testing. Source: Ioffe and
/// Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate shift", 2015.
///
/// Features are the second axis; whatever axes follow are further observations.
package struct BatchNormalisation: NamedLayer {
  /// ε, which keeps the division from failing.
  package var epsilon: Double
  /// How much of the running statistics each training step keeps.
  package var momentum: Double

  /// Batch normalisation with these constants.
  package init(epsilon: Double = 1e-5, momentum: Double = 0.9) { (self.epsilon, self.momentum) = (epsilon, momentum) }

  /// Normalises `x`, N×D or N×D×H×W, with gamma and beta, D.
  ///
  /// In training the running statistics, D, move towards the minibatch's: running = momentum · running + (1 − momentum) · batch.
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    forwardOverChannels(x, parameters, &pass)
  }

  /// The gradients with respect to x, gamma and beta.
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    backwardOverChannels(dy, cache)
  }

  // MARK: In a network

  /// `batchnorm`.
  package static let kind = LayerKind(
    "batch-normalization", "Batch normalisation of features.",
    syntax: LayerSyntax("batchnorm", meaning: "batch normalisation, of channels or of features"))

  package init(_ options: LayerOptions) { self.init() }
  /// Scale and shift of each feature.
  package var parameterNames: [String] { ["gamma", "beta"] }
  /// Mean and variance of each feature; they start at zero.
  package var statisticNames: [String] { ["mean", "variance"] }

  /// The input's shape.
  package func plan(for input: Shape) throws(ShapeError) -> LayerPlan {
    guard input.rank == 2 || input.rank == 4, input.elementCount > 0 else {
      throw ShapeError("batch normalisation takes a minibatch of shape (N, D) or (N, C, H, W), not \(input)")
    }
    let features: Shape = [input[1]]
    return LayerPlan(
      output: input, operations: 4 * Double(input.elementCount),
      parameters: [PlannedArray(features, .constant(1)), PlannedArray(features)],
      statistics: [PlannedArray(features), PlannedArray(features)])
  }
}

/// Spatial batch normalisation: each channel of the images is one feature, normalised over all images and positions.
///
/// The same as batch normalisation of the N·H·W×C matrix that holds the channels of one position in a row.
package struct SpatialBatchNormalisation: NamedLayer {
  package var normalisation = BatchNormalisation()

  /// Normalises the images `x`, N×C×H×W, with gamma and beta, C. In training the running statistics, C, follow the minibatch.
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    normalisation.forward(x, parameters, &pass)
  }

  /// The gradients with respect to x, gamma and beta, from the one with respect to the output, N×C×H×W.
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    normalisation.backward(dy, cache, needsInputGradient: needsInputGradient)
  }

  // MARK: In a check

  /// A line says `batchnorm`.
  package static let kind = LayerKind("spatial-batch-normalization", "Batch normalisation of the channels of images.")
  package init(_ options: LayerOptions) {}
  package var parameterNames: [String] { normalisation.parameterNames }
  package var statisticNames: [String] { normalisation.statisticNames }

  /// The input's shape.
  package func plan(for input: Shape) throws(ShapeError) -> LayerPlan {
    guard input.rank == 4 else {
      throw ShapeError("spatial batch normalisation takes images of shape (N, C, H, W), not \(input)")
    }
    return try normalisation.plan(for: input)
  }
}
