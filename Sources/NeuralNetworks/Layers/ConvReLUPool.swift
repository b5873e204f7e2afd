import NbrunTensors

/// A convolution, rectified linear units, and max pooling, fused: only pooled values and the offsets of the largest are stored.
package struct ConvReLUPool: FusedLayer {
  package var convolution: Convolution
  package var pooling: MaxPooling

  /// The layers with these settings.
  package init(_ convolution: Convolution, _ pooling: MaxPooling = MaxPooling()) {
    (self.convolution, self.pooling) = (convolution, pooling)
  }

  /// pool(max(0, x ∗ w + b)) of images N×C×H×W, filters F×C×HH×WW and biases F. The cache's argmax says of each pooling window
  /// where its largest is, or that it has none because all of it was rectified.
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let (x, w, b, device) = (x, parameters[0], parameters[1], x.device)
    let (g, windows) = geometry(x, w)
    var output = Tensor<Scalar>(unsafeUninitialized: windows.outputShape, on: device)
    let largest = output.elementsToWrite()
    let argmax = PooledBytes(count: output.count, on: device) { argmax in
      withPointers(x, w, b) { x, w, b in
        convolutionReLUPoolForward(
          g, pooling: windows, images: x, filters: w, bias: b, output: largest, argmax: argmax, on: device)
      }
    }
    return (output, LayerCache(x.shape, [x, w], argmax: argmax))
  }

  /// The gradients with respect to images, filters and biases.
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    let (dout, x, w, device) = (dy, cache.arrays[0], cache.arrays[1], dy.device)
    let (g, windows) = geometry(x, w)
    guard dout.shape == windows.outputShape, let argmax = cache.argmax else {
      fatalError("a gradient of shape \(dout.shape) for an output of \(windows.outputShape)")
    }
    var dx = needsInputGradient ? Tensor<Scalar>(unsafeUninitialized: g.inputShape, on: device) : nil
    var dw = Tensor<Scalar>(unsafeUninitialized: g.filterShape, on: device)
    var db = Tensor<Scalar>(unsafeUninitialized: g.biasShape, on: device)
    let results = (dx?.elementsToWrite(), dw.elementsToWrite(), db.elementsToWrite())
    argmax.withUnsafePointer { argmax in
      withPointers(x, w, dout) { x, w, dout in
        convolutionReLUPoolBackward(
          g, pooling: windows, images: x, filters: w, gradient: dout, argmax: argmax, filterResult: results.1,
          biasResult: results.2, imageResult: results.0, method: convolution.method, on: device)
      }
    }
    return (dx, [.array(dw), .array(db)])
  }

  private func geometry<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>
  ) -> (ConvolutionGeometry, PoolingGeometry) {
    let g = ConvolutionGeometry(
      checking: x.shape, w.shape, [w.shape[0]], stride: convolution.stride, padding: convolution.padding)
    return (g, pooling.windows.geometry(g.outputShape))
  }

  // MARK: In a network

  package static let summary = "Convolution, ReLU and max pooling."
  /// `conv(F) - relu - pool`.
  package static let parts: [any NamedLayer.Type] = [Convolution.self, ReLU.self, MaxPooling.self]

  /// Where the offset of a window's largest element fits a byte.
  package init?(_ layers: [any Layer]) {
    self.init(layers[0] as! Convolution, layers[2] as! MaxPooling)
    guard pooling.windows.offsetsFitBytes else { return nil }
  }
}
