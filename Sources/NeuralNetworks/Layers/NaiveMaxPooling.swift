import NbrunTensors

/// Max pooling as its definition reads: the oracle of the fast one.
///
/// out[n, c, r, s] = the largest x[n, c, r·stride + i, s·stride + j] over the window's i and j. The first of equal ones in
/// row-major order counts and receives the gradient; a NaN counts as the largest. Where windows overlap, an element
/// receives the sum of the gradients of all windows whose largest it is.
package struct NaiveMaxPooling: LayerImplementation {
  private let windows: PoolingWindows

  package init(_ windows: PoolingWindows) { self.windows = windows }

  /// The largest element of each window of the images `x`, N×C×H×W: N×C×H′×W′ (see `PoolingGeometry`).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let x = x
    let g = windows.geometry(x.shape)
    var output = Tensor<Scalar>(unsafeUninitialized: g.outputShape, on: x.device)
    let (images, largest) = (Elements4(x), Elements4(writing: &output))
    for n in 0..<g.images {
      for c in 0..<g.channels {
        for row in 0..<g.outputHeight {
          for column in 0..<g.outputWidth {
            let (y, z) = Self.argmax(images, n, c, row, column, g)
            largest[n, c, row, column] = images[n, c, y, z]
          }
        }
      }
    }
    return (output, LayerCache(x.shape, [x]))
  }

  /// The gradient with respect to the images, from the one with respect to the output, N×C×H′×W′: the largest
  /// of each window receives that window's gradient.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    let (x, dout) = (cache.arrays[0], dy)
    let g = windows.geometry(x.shape, dout)
    var dx = Tensor<Scalar>.zeros(g.inputShape, on: dout.device)
    let (images, gradient, result) = (Elements4(x), Elements4(dout), Elements4(writing: &dx))
    for n in 0..<g.images {
      for c in 0..<g.channels {
        for row in 0..<g.outputHeight {
          for column in 0..<g.outputWidth {
            let (y, z) = Self.argmax(images, n, c, row, column, g)
            result[n, c, y, z] += gradient[n, c, row, column]
          }
        }
      }
    }
    return (dx, [])
  }

  /// The offset of the first largest element in the window at (`row`, `column`) of the output.
  @inline(__always)
  private static func argmax<Scalar: TensorScalar>(
    _ x: Elements4<Scalar>, _ n: Int, _ c: Int, _ row: Int, _ column: Int, _ g: PoolingGeometry
  ) -> (Int, Int) {
    let (top, left) = (row * g.stride, column * g.stride)
    var (bestY, bestZ) = (top, left)
    var best = x[n, c, top, left]
    for y in top..<top + g.windowHeight {
      for z in left..<left + g.windowWidth {
        let candidate = x[n, c, y, z]
        if candidate > best || (candidate.isNaN && !best.isNaN) { (best, bestY, bestZ) = (candidate, y, z) }
      }
    }
    return (bestY, bestZ)
  }
}
