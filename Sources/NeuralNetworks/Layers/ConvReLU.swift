import Tensors

/// A convolution followed by rectified linear units, which the kernel applies before it stores an output.
public struct ConvReLU: Sendable {
  /// The convolution.
  public var convolution: Convolution

  /// The layers, the convolution with this stride and padding.
  public init(stride: Int = 1, padding: Int = 0) {
    convolution = Convolution(stride: stride, padding: padding)
  }

  /// What the backward pass needs.
  public struct Cache<Scalar: TensorScalar>: Sendable {
    let convolution: Convolution.Cache<Scalar>
    let relu: ReLU.Cache<Scalar>
  }

  /// max(0, x ∗ w + b) of images N×C×H×W, filters F×C×HH×WW and biases F.
  public func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>, _ b: Tensor<Scalar>
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    let (output, cache) = convolution.forward(x, w, b, isRectified: true)
    return (output, Cache(convolution: cache, relu: ReLU.Cache(output: output)))
  }

  /// The gradients with respect to images, filters and biases.
  public func backward<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dx: Tensor<Scalar>, dw: Tensor<Scalar>, db: Tensor<Scalar>) {
    convolution.backward(ReLU().backward(dout, cache.relu), cache.convolution)
  }

  /// The gradients with respect to filters and biases alone.
  public func parameterGradients<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dw: Tensor<Scalar>, db: Tensor<Scalar>) {
    convolution.parameterGradients(ReLU().backward(dout, cache.relu), cache.convolution)
  }
}
