import Tensors

/// A convolution, rectified linear units, and max pooling, fused: only pooled values and the winners' places are stored.
public struct ConvReLUPool: Sendable {
  /// The convolution.
  public var convolution: Convolution
  /// The pooling.
  public var pooling: MaxPooling

  /// The layers with these settings.
  public init(convolution: Convolution, pooling: MaxPooling = MaxPooling()) {
    self.convolution = convolution
    self.pooling = pooling
  }

  /// What the backward pass needs.
  public enum Cache<Scalar: TensorScalar>: Sendable {
    /// The winner of each pooling window, or that it has none because all of it was rectified.
    case fused(Convolution.Cache<Scalar>, winners: PooledBytes, PoolingGeometry)
    /// For windows so large that a winner's place does not fit a byte.
    case separate(ConvReLU.Cache<Scalar>, MaxPooling.Cache<Scalar>)
  }

  /// pool(max(0, x ∗ w + b)) of images N×C×H×W, filters F×C×HH×WW and biases F.
  public func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>, _ b: Tensor<Scalar>
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    let g = convolution.geometry(x, w, b)
    let windows = pooling.geometry(g.outputShape)
    guard windows.sizes.winnersFitBytes else {
      let (rectified, convolutionCache) = convReLU.forward(x, w, b)
      let (output, poolingCache) = pooling.forward(rectified)
      return (output, .separate(convolutionCache, poolingCache))
    }
    var output = Tensor<Scalar>(unsafeUninitialized: windows.outputShape)
    let winners = PooledBytes(count: output.count) { winners in
      output.withMutablePointer { output in
        withPointers(x, w, b) { x, w, b in
          convolutionReLUPoolForward(
            g.sizes, pooling: windows.sizes, images: x, filters: w, bias: b, output: output, winners: winners)
        }
      }
    }
    return (output, .fused(Convolution.Cache(x: x, w: w, geometry: g), winners: winners, windows))
  }

  /// The gradients with respect to images, filters and biases.
  public func backward<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dx: Tensor<Scalar>, dw: Tensor<Scalar>, db: Tensor<Scalar>) {
    switch cache {
    case .separate(let first, let second): return convReLU.backward(pooling.backward(dout, second), first)
    case .fused(let first, let winners, let windows):
      var dx = Tensor<Scalar>(unsafeUninitialized: first.geometry.inputShape)
      var gradients: (dw: Tensor<Scalar>, db: Tensor<Scalar>)?
      dx.withMutablePointer { gradients = fusedGradients(dout, first, winners, windows, dx: $0) }
      let (dw, db) = gradients ?? fusedGradients(dout, first, winners, windows, dx: nil)
      return (dx, dw, db)
    }
  }

  /// The gradients with respect to filters and biases alone.
  public func parameterGradients<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dw: Tensor<Scalar>, db: Tensor<Scalar>) {
    switch cache {
    case .separate(let first, let second): convReLU.parameterGradients(pooling.backward(dout, second), first)
    case .fused(let first, let winners, let windows): fusedGradients(dout, first, winners, windows, dx: nil)
    }
  }

  /// The gradients by the fused kernel; that with respect to the images goes to `dx`, where it is wanted.
  private func fusedGradients<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Convolution.Cache<Scalar>, _ winners: PooledBytes, _ windows: PoolingGeometry,
    dx: UnsafeMutablePointer<Scalar>?
  ) -> (dw: Tensor<Scalar>, db: Tensor<Scalar>) {
    let g = cache.geometry
    guard dout.shape == windows.outputShape else {
      fatalError("a gradient of shape \(dout.shape) for an output of \(windows.outputShape)")
    }
    var dw = Tensor<Scalar>(unsafeUninitialized: g.filterShape)
    var db = Tensor<Scalar>(unsafeUninitialized: g.biasShape)
    dw.withMutablePointer { dw in
      db.withMutablePointer { db in
        winners.withUnsafePointer { winners in
          withPointers(cache.x, cache.w, dout) { x, w, dout in
            convolutionReLUPoolBackward(
              g.sizes, pooling: windows.sizes, images: x, filters: w, gradient: dout, winners: winners,
              filterResult: dw, biasResult: db, imageResult: dx)
          }
        }
      }
    }
    return (dw, db)
  }

  private var convReLU: ConvReLU { ConvReLU(stride: convolution.stride, padding: convolution.padding) }
}
