import RandomNumbers
import Tensors

/// Inverted dropout: in training each element is dropped with probability `p` and the others are divided by 1 − p, so that
/// expected values stay and testing does nothing.
///
/// Source: Srivastava and others, "Dropout: a simple way to prevent neural networks from overfitting", 2014.
public struct Dropout: Sendable {
  /// The probability of dropping an element, from 0 up to, not including, 1.
  public let p: Double

  /// Dropout with probability `p` of dropping.
  public init(p: Double) {
    guard p >= 0 && p < 1 else { fatalError("the probability of dropping is at least 0 and below 1, not \(p)") }
    self.p = p
  }

  /// What the backward pass needs.
  public struct Cache<Scalar: TensorScalar>: Sendable {
    /// 0 for what was dropped, 1/(1 − p) for what was kept; nil where nothing was dropped.
    let mask: Tensor<Scalar>?
  }

  /// Drops elements of `x`, of any shape, in training; returns `x` in testing.
  ///
  /// Draws one number for each element, as `np.random.rand(*x.shape) < 1 - p`.
  public func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, mode: Mode, random: inout NumPyRandom
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    guard mode == .training else { return (x, Cache(mask: nil)) }
    let keep = 1 - p
    let scale = Scalar(1 / keep)
    let mask = Tensor<Scalar>(shape: x.shape) { mask in
      for i in mask.indices { mask[i] = random.randomSample() < keep ? scale : 0 }
    }
    return (x * mask, Cache(mask: mask))
  }

  /// The gradient with respect to the input: dx = dout · mask.
  public func backward<Scalar: TensorScalar>(_ dout: Tensor<Scalar>, _ cache: Cache<Scalar>) -> Tensor<Scalar> {
    cache.mask.map { dout * $0 } ?? dout
  }
}
