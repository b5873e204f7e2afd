import Tensors

/// A fully connected layer followed by rectified linear units.
public struct AffineReLU: Sendable {
  /// The layers; they have no settings.
  public init() {}

  /// What the backward pass needs.
  public struct Cache<Scalar: TensorScalar>: Sendable {
    let affine: Affine.Cache<Scalar>
    let relu: ReLU.Cache<Scalar>
  }

  /// max(0, x · w + b) of a minibatch N×d₁×…×dₖ, weights D×M and biases M.
  public func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>, _ b: Tensor<Scalar>
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    let (a, affineCache) = Affine().forward(x, w, b)
    let (output, reluCache) = ReLU().forward(inPlace: consume a)
    return (output, Cache(affine: affineCache, relu: reluCache))
  }

  /// The gradients with respect to x, w and b.
  public func backward<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dx: Tensor<Scalar>, dw: Gradient<Scalar>, db: Tensor<Scalar>) {
    Affine().backward(ReLU().backward(dout, cache.relu), cache.affine)
  }

  /// The gradients with respect to w and b alone.
  public func parameterGradients<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dw: Gradient<Scalar>, db: Tensor<Scalar>) {
    Affine().parameterGradients(ReLU().backward(dout, cache.relu), cache.affine)
  }
}
