import NbrunTensors

/// Convolution as its definition reads: the oracle of the fast one.
///
/// out[n, f, r, s] = b[f] + Σ over c, i, j of w[f, c, i, j] · x̂[n, c, r·stride + i, s·stride + j]
///
/// where x̂ is x with `padding` rows and columns of zeros around each image. (As everywhere in this field the filters are
/// not flipped: strictly, a cross-correlation.) Source: CS231n, "Convolutional Neural Networks".
package struct NaiveConvolution: LayerImplementation {
  /// Distance between neighbouring windows, in both directions.
  package var stride: Int
  /// Rows and columns of zeros put around each image.
  package var padding: Int

  /// A convolution with this stride and padding.
  package init(stride: Int = 1, padding: Int = 0) { (self.stride, self.padding) = (stride, padding) }

  /// Convolves the images `x`, N×C×H×W, with the filters w, F×C×HH×WW, and adds the biases b, F: N×F×H′×W′ (see
  /// `ConvolutionGeometry`).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let (x, w, b) = (x, parameters[0], parameters[1])
    let g = ConvolutionGeometry(checking: x.shape, w.shape, b.shape, stride: stride, padding: padding)
    let padded = x.padded(by: padding)
    var output = Tensor<Scalar>(unsafeUninitialized: g.outputShape, on: x.device)
    let (biases, stride) = (b.elements, stride)
    let (images, filters, result) = (Elements4(padded), Elements4(w), Elements4(writing: &output))
    for n in 0..<g.images {
      for f in 0..<g.filters {
        for row in 0..<g.outputHeight {
          for column in 0..<g.outputWidth {
            var sum: Scalar = 0
            for c in 0..<g.channels {
              // Each channel is summed by itself: shorter sums round less.
              var channelSum: Scalar = 0
              for i in 0..<g.filterHeight {
                for j in 0..<g.filterWidth {
                  channelSum += filters[f, c, i, j] * images[n, c, row * stride + i, column * stride + j]
                }
              }
              sum += channelSum
            }
            result[n, f, row, column] = sum + biases[f]
          }
        }
      }
    }
    return (output, LayerCache(x.shape, [padded, w]))
  }

  /// The gradients with respect to images, filters and biases, from the one with respect to the output, N×F×H′×W′.
  ///
  /// Each product w·x̂ of the definition sends dout·w to its place in x̂ and dout·x̂ to its place in w.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    let (dout, padded, w) = (dy, cache.arrays[0], cache.arrays[1])
    let g = ConvolutionGeometry(checking: cache.inputShape, w.shape, [w.shape[0]], stride: stride, padding: padding)
    guard dout.shape == g.outputShape else {
      fatalError("a gradient of shape \(dout.shape) for an output of \(g.outputShape)")
    }
    var dpadded = Tensor<Scalar>.zeros(padded.shape, on: dout.device)
    var dw = Tensor<Scalar>.zeros(g.filterShape, on: dout.device)
    let (images, filters, gradient) = (Elements4(padded), Elements4(w), Elements4(dout))
    let (imageResult, filterResult) = (Elements4(writing: &dpadded), Elements4(writing: &dw))
    for n in 0..<g.images {
      for f in 0..<g.filters {
        for row in 0..<g.outputHeight {
          for column in 0..<g.outputWidth {
            let d = gradient[n, f, row, column]
            for c in 0..<g.channels {
              for i in 0..<g.filterHeight {
                for j in 0..<g.filterWidth {
                  imageResult[n, c, row * g.stride + i, column * g.stride + j] += d * filters[f, c, i, j]
                  filterResult[f, c, i, j] += d * images[n, c, row * g.stride + i, column * g.stride + j]
                }
              }
            }
          }
        }
      }
    }
    let db = dout.sum(axes: [0, 2, 3])
    return (dpadded.padded(by: -padding), [.array(dw), .array(db)])
  }
}
