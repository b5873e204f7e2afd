import RandomNumbers
import Tensors

// The layers that treat features or single elements, and the losses, in the form that checks and races take.

extension LayerOptions {
  fileprivate func affineArrays() throws(ShapeError) -> [LayerArray] {
    guard inputShape.rank >= 2, units >= 1 else {
      throw ShapeError(
        "an affine layer takes a minibatch of shape (N, d1, …) and gives at least one unit, not \(units) for \(inputShape)"
      )
    }
    let features = inputShape.dimensions.dropFirst().reduce(1, *)
    guard let weights = Shape(validating: [features, units]) else {
      throw ShapeError("an affine layer from \(features) features to \(units) units is too large")
    }
    return [.init("x", inputShape), .init("w", weights), .init("b", [units])]
  }
}

/// A layer that takes and gives what an affine one does.
protocol AffineShaped: LayerImplementation {}

extension AffineShaped {
  func arrays(for options: LayerOptions) throws(ShapeError) -> [LayerArray] { try options.affineArrays() }
  func outputShape(for options: LayerOptions) throws(ShapeError) -> Shape { [options.inputShape[0], options.units] }
}

struct CheckableAffine: AffineShaped {
  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar> {
    let (output, cache) = Affine().forward(inputs.arrays[0], inputs.arrays[1], inputs.arrays[2])
    return (output, { list(Affine().backward($0, cache)) })
  }
}

struct CheckableAffineReLU: AffineShaped {
  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar> {
    let (output, cache) = AffineReLU().forward(inputs.arrays[0], inputs.arrays[1], inputs.arrays[2])
    return (output, { list(AffineReLU().backward($0, cache)) })
  }
}

struct CheckableReLU: LayerImplementation {
  func arrays(for options: LayerOptions) throws(ShapeError) -> [LayerArray] { [.init("x", options.inputShape)] }
  func outputShape(for options: LayerOptions) throws(ShapeError) -> Shape { options.inputShape }

  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar> {
    let (output, cache) = ReLU().forward(inputs.arrays[0])
    return (output, { [ReLU().backward($0, cache)] })
  }
}

struct CheckableDropout: LayerImplementation {
  func arrays(for options: LayerOptions) throws(ShapeError) -> [LayerArray] {
    guard options.dropProbability >= 0, options.dropProbability < 1 else {
      throw ShapeError("dropout's probability is at least 0 and below 1, not \(options.dropProbability)")
    }
    return [.init("x", options.inputShape)]
  }

  func outputShape(for options: LayerOptions) throws(ShapeError) -> Shape { options.inputShape }

  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar> {
    let layer = Dropout(p: options.dropProbability)
    var random = NumPyRandom(seed: options.maskSeed)
    let (output, cache) = layer.forward(inputs.arrays[0], mode: .training, random: &random)
    return (output, { [layer.backward($0, cache)] })
  }
}

struct CheckableBatchNormalisation: LayerImplementation {
  let isSpatial: Bool

  func arrays(for options: LayerOptions) throws(ShapeError) -> [LayerArray] {
    let rank = isSpatial ? 4 : 2
    guard options.inputShape.rank == rank, options.inputShape.elementCount > 0 else {
      throw ShapeError(
        isSpatial
          ? "spatial batch normalisation takes images of shape (N, C, H, W), not \(options.inputShape)"
          : "batch normalisation takes a minibatch of shape (N, D), not \(options.inputShape)")
    }
    let features: Shape = [options.inputShape[1]]
    return [.init("x", options.inputShape), .init("gamma", features), .init("beta", features)]
  }

  func outputShape(for options: LayerOptions) throws(ShapeError) -> Shape { options.inputShape }

  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar> {
    let (x, gamma, beta) = (inputs.arrays[0], inputs.arrays[1], inputs.arrays[2])
    let layer = BatchNormalisation()
    var running = BatchNormalisation.RunningStatistics<Scalar>(features: x.shape[1])
    let (output, cache) =
      isSpatial
      ? SpatialBatchNormalisation().forward(x, gamma: gamma, beta: beta, running: &running, mode: .training)
      : layer.forward(x, gamma: gamma, beta: beta, running: &running, mode: .training)
    return (output, { list(layer.backward($0, cache)) })
  }
}

struct CheckableLoss: LayerImplementation {
  let function: LossFunction

  func arrays(for options: LayerOptions) throws(ShapeError) -> [LayerArray] {
    guard options.inputShape.rank == 2, options.inputShape.elementCount > 0 else {
      throw ShapeError("a loss takes scores of shape (N, C), not \(options.inputShape)")
    }
    return [.init("x", options.inputShape)]
  }

  func outputShape(for options: LayerOptions) throws(ShapeError) -> Shape { [] }

  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar> {
    let (loss, gradient) = function(inputs.arrays[0], labels: inputs.labels)
    return (Tensor([Scalar(loss)], shape: []), { [$0[] * gradient] })
  }
}
