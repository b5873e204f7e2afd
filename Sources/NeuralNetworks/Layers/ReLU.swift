import Tensors

/// Rectified linear units: out = max(0, x), element by element. NaN stays NaN, as in NumPy.
///
/// Source: Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", 2010.
public struct ReLU: Sendable {
  /// The layer; it has no settings.
  public init() {}

  /// What the backward pass needs: the output is positive exactly where the input is.
  public struct Cache<Scalar: TensorScalar>: Sendable {
    let output: Tensor<Scalar>
  }

  /// Rectifies `x`, of any shape; in place where nobody else holds it.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    var output = x
    output.withUnsafeMutableBufferPointer { x in
      for i in x.indices { x[i] = x[i] < 0 ? 0 : x[i] }
    }
    return (output, Cache(output: output))
  }

  /// The gradient with respect to the input: dx = dout where x is positive, 0 elsewhere.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func backward<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> Tensor<Scalar> {
    var dx = dout
    precondition(
      dx.shape == cache.output.shape, "a gradient of shape \(dx.shape) for an output of \(cache.output.shape)")
    dx.withUnsafeMutableBufferPointer { dx in
      cache.output.withUnsafeBufferPointer { output in
        // The product, not a zero, so that NaN and infinite gradients stay visible, as `dout * (x > 0)` in NumPy.
        for i in dx.indices { dx[i] *= output[i] > 0 ? 1 : 0 }
      }
    }
    return dx
  }
}
