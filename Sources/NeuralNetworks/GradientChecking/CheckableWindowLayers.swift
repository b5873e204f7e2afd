import Tensors

// The layers that slide windows over images, in the form that checks and races take.

extension LayerOptions {
  func convolutionGeometry() throws(ShapeError) -> ConvolutionGeometry {
    try ConvolutionGeometry(input: inputShape, filters: filterShape, stride: stride, padding: padding)
  }

  func poolingGeometry(over input: Shape) throws(ShapeError) -> PoolingGeometry {
    try PoolingGeometry(input: input, windowHeight: poolHeight, windowWidth: poolWidth, stride: poolStride)
  }

  fileprivate func convolutionArrays() throws(ShapeError) -> [LayerArray] {
    let geometry = try convolutionGeometry()
    return [.init("x", geometry.inputShape), .init("w", geometry.filterShape), .init("b", geometry.biasShape)]
  }
}

/// A layer that takes what a convolution takes, and gives an output of its shape unless it says otherwise.
protocol ConvolutionShaped: LayerImplementation {}

extension ConvolutionShaped {
  func arrays(for options: LayerOptions) throws(ShapeError) -> [LayerArray] { try options.convolutionArrays() }
  func outputShape(for options: LayerOptions) throws(ShapeError) -> Shape {
    try options.convolutionGeometry().outputShape
  }
  func workingShapes(for options: LayerOptions) throws(ShapeError) -> [Shape] {
    let geometry = try options.convolutionGeometry()
    return [geometry.paddedShape, geometry.columnsShape, geometry.outputShape]
  }
}

/// A layer that takes and gives what pooling does.
protocol PoolingShaped: LayerImplementation {}

extension PoolingShaped {
  func arrays(for options: LayerOptions) throws(ShapeError) -> [LayerArray] { [.init("x", options.inputShape)] }
  func outputShape(for options: LayerOptions) throws(ShapeError) -> Shape {
    try options.poolingGeometry(over: options.inputShape).outputShape
  }
}

/// The gradients with respect to a layer's three arrays as a list.
func list<Scalar: TensorScalar>(_ gradients: (Tensor<Scalar>, Tensor<Scalar>, Tensor<Scalar>)) -> [Tensor<Scalar>] {
  [gradients.0, gradients.1, gradients.2]
}

/// The same for a layer with a matrix of weights.
func list<Scalar: TensorScalar>(
  _ gradients: (Tensor<Scalar>, Gradient<Scalar>, Tensor<Scalar>)
) -> [Tensor<Scalar>] {
  [gradients.0, gradients.1.array, gradients.2]
}

struct CheckableNaiveConvolution: ConvolutionShaped {
  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar> {
    let layer = NaiveConvolution(stride: options.stride, padding: options.padding)
    let (output, cache) = layer.forward(inputs.arrays[0], inputs.arrays[1], inputs.arrays[2])
    return (output, { list(layer.backward($0, cache)) })
  }
}

struct CheckableConvolution: ConvolutionShaped {
  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar> {
    let layer = Convolution(stride: options.stride, padding: options.padding)
    let (output, cache) = layer.forward(inputs.arrays[0], inputs.arrays[1], inputs.arrays[2])
    return (output, { list(layer.backward($0, cache)) })
  }
}

struct CheckableNaiveMaxPooling: PoolingShaped {
  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar> {
    let layer = NaiveMaxPooling(
      windowHeight: options.poolHeight, windowWidth: options.poolWidth, stride: options.poolStride)
    let (output, cache) = layer.forward(inputs.arrays[0])
    return (output, { [layer.backward($0, cache)] })
  }
}

struct CheckableMaxPooling: PoolingShaped {
  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar> {
    let layer = MaxPooling(
      windowHeight: options.poolHeight, windowWidth: options.poolWidth, stride: options.poolStride)
    let (output, cache) = layer.forward(inputs.arrays[0])
    return (output, { [layer.backward($0, cache)] })
  }
}

struct CheckableConvReLU: ConvolutionShaped {
  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar> {
    let layer = ConvReLU(stride: options.stride, padding: options.padding)
    let (output, cache) = layer.forward(inputs.arrays[0], inputs.arrays[1], inputs.arrays[2])
    return (output, { list(layer.backward($0, cache)) })
  }
}

struct CheckableConvReLUPool: ConvolutionShaped {
  func outputShape(for options: LayerOptions) throws(ShapeError) -> Shape {
    try options.poolingGeometry(over: options.convolutionGeometry().outputShape).outputShape
  }

  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar> {
    let layer = ConvReLUPool(
      convolution: Convolution(stride: options.stride, padding: options.padding),
      pooling: MaxPooling(
        windowHeight: options.poolHeight, windowWidth: options.poolWidth, stride: options.poolStride))
    let (output, cache) = layer.forward(inputs.arrays[0], inputs.arrays[1], inputs.arrays[2])
    return (output, { list(layer.backward($0, cache)) })
  }
}
