import NbrunTensors

/// Max pooling by the kernels: what `NaiveMaxPooling` computes, fast. The forward pass remembers where each window's largest is.
package struct MaxPooling: PoolingLayer {
  package let windows: PoolingWindows

  package init(_ windows: PoolingWindows = PoolingWindows()) { self.windows = windows }

  /// The largest element of each window of the images `x`, N×C×H×W: N×C×H′×W′ (see `PoolingGeometry`).
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    // Where a byte is too small for an offset.
    guard windows.offsetsFitBytes else { return plain.forward(x, parameters, &pass) }
    let x = x
    let g = windows.geometry(x.shape)
    var output = Tensor<Scalar>(unsafeUninitialized: g.outputShape, on: x.device)
    let largest = output.elementsToWrite()
    let argmax = PooledBytes(count: output.count, on: x.device) { argmax in
      withPointers(x) { maxPoolForward(g, input: $0, output: largest, argmax: argmax, on: x.device) }
    }
    return (output, LayerCache(x.shape, argmax: argmax))
  }

  /// The gradient with respect to the images, from the one with respect to the output, N×C×H′×W′.
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    guard let argmax = cache.argmax else { return plain.backward(dy, cache, needsInputGradient: needsInputGradient) }
    let dout = dy
    let g = windows.geometry(cache.inputShape, dout)
    var dx = Tensor<Scalar>(unsafeUninitialized: g.inputShape, on: dout.device)
    let result = dx.elementsToWrite()
    argmax.withUnsafePointer { argmax in
      withPointers(dout) { maxPoolBackward(g, gradient: $0, argmax: argmax, result: result, on: dout.device) }
    }
    return (dx, [])
  }

  // MARK: In a network

  /// `pool(size, stride)`.
  package static let kind = LayerKind.pooling(
    "max-pooling", "The largest element of each window.", word: "pool", "max pooling")
  /// By the loops of the definition.
  package var naive: (any LayerImplementation)? { plain }

  private var plain: NaiveMaxPooling { NaiveMaxPooling(windows) }
}
