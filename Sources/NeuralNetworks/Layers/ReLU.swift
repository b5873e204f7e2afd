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

  /// Rectifies `x`, of any shape.
  public func forward<Scalar: TensorScalar>(_ x: Tensor<Scalar>) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    var output = Tensor<Scalar>(unsafeUninitialized: x.shape)
    output.withMutablePointer { output in
      x.withPointer { rectify($0, into: output, count: x.count) }
    }
    return (output, Cache(output: output))
  }

  /// Rectifies `x` in place, for a layer that has just made it.
  func forward<Scalar: TensorScalar>(
    inPlace x: consuming Tensor<Scalar>
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    var output = x
    let count = output.count
    output.withMutablePointer { rectify($0, into: $0, count: count) }
    return (output, Cache(output: output))
  }

  /// The gradient with respect to the input: dx = dout where x is positive, 0 elsewhere; in place where nobody else holds
  /// `dout`.
  public func backward<Scalar: TensorScalar>(
    _ dout: consuming Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> Tensor<Scalar> {
    var dx = dout
    let count = dx.count
    guard dx.shape == cache.output.shape else {
      fatalError("a gradient of shape \(dx.shape) for an output of \(cache.output.shape)")
    }
    dx.withMutablePointer { dx in
      cache.output.withPointer { rectifyGradient(dx, output: $0, into: dx, count: count) }
    }
    return dx
  }
}
