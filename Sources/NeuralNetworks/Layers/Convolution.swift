import Tensors

/// Convolution by matrix products: what `NaiveConvolution` computes, fast.
///
/// The windows of an image are laid out as the columns of a matrix, C·HH·WW × H′·W′; then the output is the filters,
/// F × C·HH·WW, times that matrix. Source: Chellapilla, Puri and Simard, "High performance convolutional neural networks for
/// document processing", 2006.
public struct Convolution: Sendable {
  /// Distance between neighbouring windows, in both directions.
  public var stride: Int
  /// Rows and columns of zeros put around each image.
  public var padding: Int

  /// A convolution with this stride and padding.
  public init(stride: Int = 1, padding: Int = 0) {
    self.stride = stride
    self.padding = padding
  }

  /// What the backward pass needs.
  public struct Cache<Scalar: TensorScalar>: Sendable {
    let x: Tensor<Scalar>  // N×C×H×W
    let w: Tensor<Scalar>  // F×C×HH×WW
    let geometry: ConvolutionGeometry
  }

  /// Convolves the images `x`, N×C×H×W, with the filters `w`, F×C×HH×WW, and adds the biases `b`, F.
  ///
  /// - Returns: N×F×H′×W′ (see `ConvolutionGeometry`) and what the backward pass needs.
  public func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>, _ b: Tensor<Scalar>
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    let g = checked { () throws(ShapeError) in
      try ConvolutionGeometry(input: x.shape, filters: w.shape, stride: stride, padding: padding)
    }
    precondition(b.shape == g.biasShape, "biases of shape \(b.shape) for filters of shape \(w.shape)")
    let output = WindowMatrices(g).convolve(x, w, b)
    return (output, Cache(x: x, w: w, geometry: g))
  }

  /// The gradients with respect to images, filters and biases, from the one with respect to the output, N×F×H′×W′.
  public func backward<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dx: Tensor<Scalar>, dw: Tensor<Scalar>, db: Tensor<Scalar>) {
    let (dw, db) = parameterGradients(dout, cache)
    return (WindowMatrices(cache.geometry).inputGradient(dout, cache.w), dw, db)
  }

  /// The gradients with respect to filters and biases alone: nobody asks for that of a network's images.
  public func parameterGradients<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dw: Tensor<Scalar>, db: Tensor<Scalar>) {
    let g = cache.geometry
    precondition(dout.shape == g.outputShape, "a gradient of shape \(dout.shape) for an output of \(g.outputShape)")
    return WindowMatrices(g).parameterGradients(dout, cache.x)
  }
}
