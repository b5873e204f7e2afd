import Tensors

/// Max pooling by the kernels: what `NaiveMaxPooling` computes, fast. The forward pass remembers each window's winner.
public struct MaxPooling: Sendable {
  /// Height of a window.
  public var windowHeight: Int
  /// Width of a window.
  public var windowWidth: Int
  /// Distance between neighbouring windows, in both directions.
  public var stride: Int

  /// Pooling over windows of this size at this stride.
  public init(windowHeight: Int = 2, windowWidth: Int = 2, stride: Int = 2) {
    self.windowHeight = windowHeight
    self.windowWidth = windowWidth
    self.stride = stride
  }

  /// What the backward pass needs.
  public enum Cache<Scalar: TensorScalar>: Sendable {
    /// For each window, its winner's place in it, counted row by row.
    case winners(PooledBytes, PoolingGeometry)
    /// For windows so large that a winner's place does not fit a byte.
    case naive(NaiveMaxPooling.Cache<Scalar>)
  }

  /// The largest element of each window of the images `x`, N×C×H×W.
  ///
  /// - Returns: N×C×H′×W′ (see `PoolingGeometry`) and what the backward pass needs.
  public func forward<Scalar: TensorScalar>(_ x: Tensor<Scalar>) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    let g = geometry(x.shape)
    guard g.winnersFitBytes else {
      let (output, cache) = naive.forward(x)
      return (output, .naive(cache))
    }
    var output = Tensor<Scalar>(unsafeUninitialized: g.outputShape)
    let winners = PooledBytes(count: output.count) { winners in
      output.withMutablePointer { output in
        x.withPointer { x in maxPoolForward(g, input: x, output: output, winners: winners) }
      }
    }
    return (output, .winners(winners, g))
  }

  /// The gradient with respect to the images, from the one with respect to the output, N×C×H′×W′.
  public func backward<Scalar: TensorScalar>(_ dout: Tensor<Scalar>, _ cache: Cache<Scalar>) -> Tensor<Scalar> {
    switch cache {
    case .naive(let cache): return naive.backward(dout, cache)
    case .winners(let winners, let g):
      guard dout.shape == g.outputShape else {
        fatalError("a gradient of shape \(dout.shape) for an output of \(g.outputShape)")
      }
      var dx = Tensor<Scalar>(unsafeUninitialized: g.inputShape)
      dx.withMutablePointer { dx in
        winners.withUnsafePointer { winners in
          dout.withPointer { dout in maxPoolBackward(g, gradient: dout, winners: winners, result: dx) }
        }
      }
      return dx
    }
  }

  /// The checked geometry of pooling over images of `shape`.
  func geometry(_ shape: Shape) -> PoolingGeometry {
    checked { () throws(ShapeError) in
      try PoolingGeometry(input: shape, windowHeight: windowHeight, windowWidth: windowWidth, stride: stride)
    }
  }

  private var naive: NaiveMaxPooling {
    NaiveMaxPooling(windowHeight: windowHeight, windowWidth: windowWidth, stride: stride)
  }
}

extension PoolingGeometry {
  /// The geometry as the kernels take it, which it is.
  var sizes: Self { self }
}
