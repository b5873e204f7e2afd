import Tensors

/// Max pooling: what `NaiveMaxPooling` computes, fast. The forward pass remembers each window's winner.
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
  public struct Cache: Sendable {
    /// For each window, its winner's place in the plane that it lies in: N·C·H′·W′ numbers.
    let winners: [Int32]
    let geometry: PoolingGeometry
  }

  /// The largest element of each window of the images `x`, N×C×H×W.
  ///
  /// - Returns: N×C×H′×W′ (see `PoolingGeometry`) and what the backward pass needs.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func forward<Scalar: TensorScalar>(_ x: Tensor<Scalar>) -> (output: Tensor<Scalar>, cache: Cache) {
    let g = checked { () throws(ShapeError) in
      try PoolingGeometry(input: x.shape, windowHeight: windowHeight, windowWidth: windowWidth, stride: stride)
    }
    precondition(g.height * g.width <= Int32.max, "images of shape \(x.shape) are too large to pool")
    var output = Tensor<Scalar>(unsafeUninitialized: g.outputShape)
    let windows = g.outputHeight * g.outputWidth
    let winners = [Int32](unsafeUninitializedCapacity: output.count) { winners, initialisedCount in
      initialisedCount = output.count
      output.withUnsafeMutableBufferPointer { output in
        x.withUnsafeBufferPointer { x in
          guard let x = x.baseAddress, let output = output.baseAddress, let winners = winners.baseAddress else {
            return
          }
          ThreadPool.shared.run(count: g.images) { n in
            for plane in n * g.channels..<(n + 1) * g.channels {
              Self.pool(
                x + plane * g.height * g.width, into: output + plane * windows, winners: winners + plane * windows, g)
            }
          }
        }
      }
    }
    return (output, Cache(winners: winners, geometry: g))
  }

  /// The gradient with respect to the images, from the one with respect to the output, N×C×H′×W′.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func backward<Scalar: TensorScalar>(_ dout: Tensor<Scalar>, _ cache: Cache) -> Tensor<Scalar> {
    let g = cache.geometry
    precondition(dout.shape == g.outputShape, "a gradient of shape \(dout.shape) for an output of \(g.outputShape)")
    let (planeSize, windows) = (g.height * g.width, g.outputHeight * g.outputWidth)
    return Tensor(shape: g.inputShape) { dx in
      dout.withUnsafeBufferPointer { dout in
        cache.winners.withUnsafeBufferPointer { winners in
          ThreadPool.shared.run(count: g.images) { n in
            for plane in n * g.channels..<(n + 1) * g.channels {
              let image = UnsafeMutableBufferPointer(rebasing: dx[plane * planeSize..<(plane + 1) * planeSize])
              image.update(repeating: 0)
              for window in plane * windows..<(plane + 1) * windows {
                image[Int(winners[window])] += dout[window]
              }
            }
          }
        }
      }
    }
  }

  /// Pools one plane.
  @inline(__always)
  private static func pool<Scalar: TensorScalar>(
    _ x: UnsafePointer<Scalar>, into output: UnsafeMutablePointer<Scalar>, winners: UnsafeMutablePointer<Int32>,
    _ g: PoolingGeometry
  ) {
    var window = 0
    for row in 0..<g.outputHeight {
      for column in 0..<g.outputWidth {
        let corner = (row * g.width + column) * g.stride
        var place = corner
        var best = x[corner]
        for i in 0..<g.windowHeight {
          for candidate in corner + i * g.width..<corner + i * g.width + g.windowWidth {
            // Not "greater or equal": the first of equal ones wins. A NaN is beaten by nothing and beats all others.
            if x[candidate] > best || (x[candidate].isNaN && !best.isNaN) {
              best = x[candidate]
              place = candidate
            }
          }
        }
        output[window] = best
        winners[window] = Int32(truncatingIfNeeded: place)
        window += 1
      }
    }
  }
}
