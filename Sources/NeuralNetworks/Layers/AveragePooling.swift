import NbrunTensors

/// Average pooling: what `NaiveAveragePooling` computes, fast: first the rows of a window are added, side by side, then what
/// they come to.
package struct AveragePooling: PoolingLayer {
  package let windows: PoolingWindows

  package init(_ windows: PoolingWindows) { self.windows = windows }

  /// The mean of each window of the images `x`, N×C×H×W: N×C×H′×W′ (see `PoolingGeometry`).
  @specialized(where Scalar == Float) @specialized(where Scalar == Double)
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let (x, device) = (x, x.device)
    let g = windows.geometry(x.shape)
    let size = windows.height * windows.width
    let share = 1 / Scalar(size)
    var y = Tensor<Scalar>(unsafeUninitialized: g.outputShape, on: x.device)
    let means = y.elementsToWrite()
    withPointers(x) { x in
      forEachRow(g, on: device) { (top: Int, output: Int, sums: UnsafeMutablePointer<Scalar>) in
        for i in 0..<g.windowHeight {
          for column in 0..<g.width { sums[column] += x[top + i * g.width + column] }
        }
        for window in 0..<g.outputWidth {
          var sum: Scalar = 0
          for j in 0..<g.windowWidth { sum += sums[window * g.stride + j] }
          means[output + window] = size == 1 ? sum : sum * share
        }
      }
    }
    return (y, LayerCache(x.shape))
  }

  /// Each element of a window receives its share of the window's gradient; where windows overlap, the sum.
  @specialized(where Scalar == Float) @specialized(where Scalar == Double)
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    let (dy, device) = (dy, dy.device)
    let g = windows.geometry(cache.inputShape, dy)
    let share = 1 / Scalar(windows.height * windows.width)
    var dx = Tensor<Scalar>.zeros(g.inputShape, on: dy.device)
    let result = dx.elementsToWrite()
    withPointers(dy) { dy in
      forEachRow(g, on: device) { (top: Int, output: Int, sums: UnsafeMutablePointer<Scalar>) in
        for window in 0..<g.outputWidth {
          let part = dy[output + window] * share
          for j in 0..<g.windowWidth { sums[window * g.stride + j] += part }
        }
        for i in 0..<g.windowHeight {
          for column in 0..<g.width { result[top + i * g.width + column] += sums[column] }
        }
      }
    }
    return (dx, [])
  }

  /// Calls `body` for each row of windows with the offsets of its first input and its first output, and with a zero for each
  /// column; planes are shared out.
  @inline(__always)
  private func forEachRow<Scalar: TensorScalar>(
    _ g: PoolingGeometry, on device: Device,
    _ body: (_ top: Int, _ output: Int, _ sums: UnsafeMutablePointer<Scalar>) -> Void
  ) {
    device.threads.run(count: g.planes) { plane in
      withUnsafeTemporaryAllocation(of: Scalar.self, capacity: g.width) { sums in
        guard let start = sums.baseAddress else { return }
        for row in 0..<g.outputHeight {
          sums.initialize(repeating: 0)
          body((plane * g.height + row * g.stride) * g.width, (plane * g.outputHeight + row) * g.outputWidth, start)
        }
      }
    }
  }

  // MARK: In a network

  /// `avgpool(size, stride)`.
  package static let kind = LayerKind.pooling(
    "average-pooling", "The mean of each window.", word: "avgpool", "average pooling")
  /// By the loops of the definition.
  package var naive: (any LayerImplementation)? { NaiveAveragePooling(windows: windows) }
}

/// Average pooling as its definition reads, the oracle of the fast one:
/// out[n, c, r, s] = the mean of x[n, c, r·stride + i, s·stride + j] over the window's i and j.
///
/// Source: LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998.
struct NaiveAveragePooling: LayerImplementation {
  let windows: PoolingWindows

  @specialized(where Scalar == Float) @specialized(where Scalar == Double)
  func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let x = x
    let g = windows.geometry(x.shape)
    var y = Tensor<Scalar>.zeros(g.outputShape, on: x.device)
    let (images, sums) = (Elements4(x), Elements4(writing: &y))
    forEachElement(of: g) { n, c, row, column, top, left in sums[n, c, row, column] += images[n, c, top, left] }
    return (y.map { $0 / Scalar(windows.height * windows.width) }, LayerCache(x.shape))
  }

  @specialized(where Scalar == Float) @specialized(where Scalar == Double)
  func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    let dy = dy
    let g = windows.geometry(cache.inputShape, dy)
    var dx = Tensor<Scalar>.zeros(g.inputShape, on: dy.device)
    let (gradient, result) = (Elements4(dy), Elements4(writing: &dx))
    forEachElement(of: g) { n, c, row, column, top, left in
      result[n, c, top, left] += gradient[n, c, row, column] / Scalar(windows.height * windows.width)
    }
    return (dx, [])
  }

  /// Calls `body` for each window with each of its elements.
  @inline(__always) private func forEachElement(of g: PoolingGeometry, _ body: (Int, Int, Int, Int, Int, Int) -> Void) {
    for n in 0..<g.images {
      for c in 0..<g.channels {
        for row in 0..<g.outputHeight {
          for column in 0..<g.outputWidth {
            for i in 0..<g.windowHeight {
              for j in 0..<g.windowWidth { body(n, c, row, column, row * g.stride + i, column * g.stride + j) }
            }
          }
        }
      }
    }
  }
}
