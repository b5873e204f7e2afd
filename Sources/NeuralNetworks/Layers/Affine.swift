import Tensors

/// A fully connected layer: out = x · w + b, where each example of x is taken as one row of D numbers.
public struct Affine: Sendable {
  /// The layer; it has no settings.
  public init() {}

  /// What the backward pass needs.
  public struct Cache<Scalar: TensorScalar>: Sendable {
    let x: Tensor<Scalar>  // N×d₁×…×dₖ
    let w: Tensor<Scalar>  // D×M
  }

  /// Multiplies `x`, N×d₁×…×dₖ with D = d₁·…·dₖ, by the weights `w`, D×M, and adds the biases `b`, M.
  ///
  /// - Returns: N×M and what the backward pass needs.
  public func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>, _ b: Tensor<Scalar>
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    let features = x.shape.dimensions.dropFirst().reduce(1, *)
    guard x.shape.rank >= 1 && w.shape.rank == 2 && w.shape[0] == features && b.shape == [w.shape[1]] else {
      fatalError("an affine layer of weights \(w.shape) and biases \(b.shape) for a minibatch of shape \(x.shape)")
    }
    let output = matrixProduct(x.reshaped([x.shape[0], features]), w, bias: b)
    return (output, Cache(x: x, w: w))
  }

  /// The gradients with respect to x, w and b, from the one with respect to the output, N×M.
  ///
  /// dx = dout · wᵀ, dw = xᵀ · dout, db = the sum of dout's rows.
  public func backward<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dx: Tensor<Scalar>, dw: Gradient<Scalar>, db: Tensor<Scalar>) {
    let dx = matrixProduct(dout, transposed: false, cache.w, transposed: true).reshaped(cache.x.shape)
    let (dw, db) = parameterGradients(dout, cache)
    return (dx, dw, db)
  }

  /// The gradients with respect to w and b alone, where nobody asks for the one of the input.
  public func parameterGradients<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dw: Gradient<Scalar>, db: Tensor<Scalar>) {
    let (examples, features) = (cache.x.shape[0], cache.w.shape[0])
    guard dout.shape == [examples, cache.w.shape[1]] else {
      fatalError("a gradient of shape \(dout.shape) for an output of (\(examples), \(cache.w.shape[1]))")
    }
    return (.product(left: cache.x.reshaped([examples, features]), right: dout), dout.sumOfRows())
  }
}
