import NeuralNetworks
import Tensors

/// The fused layers with batch normalisation that networks use, in the form that checks take.
let normalisedLayers: [CheckableLayer] = [
  CheckableLayer(
    "conv-batchnorm-relu", summary: "Convolution, spatial batch normalisation and ReLU.",
    variants: [.init("fast", CheckableConvBatchNormReLU())]),
  CheckableLayer(
    "affine-batchnorm-relu", summary: "A fully connected layer, batch normalisation and ReLU.",
    variants: [.init("fast", CheckableAffineBatchNormReLU())]),
]

private struct CheckableConvBatchNormReLU: LayerImplementation {
  func arrays(for options: LayerOptions) throws(ShapeError) -> [LayerArray] {
    let geometry = try geometry(options)
    let filters: Shape = geometry.biasShape
    return [
      .init("x", geometry.inputShape), .init("w", geometry.filterShape), .init("b", filters), .init("gamma", filters),
      .init("beta", filters),
    ]
  }

  func outputShape(for options: LayerOptions) throws(ShapeError) -> Shape { try geometry(options).outputShape }

  private func geometry(_ options: LayerOptions) throws(ShapeError) -> ConvolutionGeometry {
    try ConvolutionGeometry(
      input: options.inputShape, filters: options.filterShape, stride: options.stride, padding: options.padding)
  }

  func forward<Scalar: TensorScalar>(_ inputs: LayerInputs<Scalar>, options: LayerOptions) -> LayerEvaluation<Scalar> {
    let layer = ConvBatchNormReLU(convolution: Convolution(stride: options.stride, padding: options.padding))
    let arrays = inputs.arrays
    var running = BatchNormalisation.RunningStatistics<Scalar>(features: arrays[3].count)
    let (output, cache) = layer.forward(
      arrays[0], arrays[1], arrays[2], gamma: arrays[3], beta: arrays[4], running: &running, mode: .training)
    return (output, { list(layer.backward($0, cache)) })
  }
}

private struct CheckableAffineBatchNormReLU: LayerImplementation {
  func arrays(for options: LayerOptions) throws(ShapeError) -> [LayerArray] {
    let features = options.inputShape.dimensions.dropFirst().reduce(1, *)
    let units: Shape = [options.units]
    return [
      .init("x", options.inputShape), .init("w", [features, options.units]), .init("b", units), .init("gamma", units),
      .init("beta", units),
    ]
  }

  func outputShape(for options: LayerOptions) throws(ShapeError) -> Shape { [options.inputShape[0], options.units] }

  func forward<Scalar: TensorScalar>(_ inputs: LayerInputs<Scalar>, options: LayerOptions) -> LayerEvaluation<Scalar> {
    let (layer, arrays) = (AffineBatchNormReLU(), inputs.arrays)
    var running = BatchNormalisation.RunningStatistics<Scalar>(features: arrays[3].count)
    let (output, cache) = layer.forward(
      arrays[0], arrays[1], arrays[2], gamma: arrays[3], beta: arrays[4], running: &running, mode: .training)
    return (output, { list(layer.backward($0, cache)) })
  }
}

private func list<Scalar: TensorScalar>(
  _ gradients: (dx: Tensor<Scalar>, parameters: ConvBatchNormReLU.ParameterGradients<Scalar>)
) -> [Tensor<Scalar>] {
  let (dw, db, dgamma, dbeta) = gradients.parameters
  return [gradients.dx, dw.array, db, dgamma, dbeta]
}
