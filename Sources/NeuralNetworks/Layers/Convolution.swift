import Tensors

/// Convolution by the kernels: what `NaiveConvolution` computes, fast.
public struct Convolution: Sendable {
  /// Distance between neighbouring windows, in both directions.
  public var stride: Int
  /// Rows and columns of zeros put around each image.
  public var padding: Int

  /// A convolution with this stride and padding.
  public init(stride: Int = 1, padding: Int = 0) {
    self.stride = stride
    self.padding = padding
  }

  /// What the backward pass needs.
  public struct Cache<Scalar: TensorScalar>: Sendable {
    let x: Tensor<Scalar>  // N×C×H×W
    let w: Tensor<Scalar>  // F×C×HH×WW
    let geometry: ConvolutionGeometry
  }

  /// Convolves the images `x`, N×C×H×W, with the filters `w`, F×C×HH×WW, and adds the biases `b`, F.
  ///
  /// - Returns: N×F×H′×W′ (see `ConvolutionGeometry`) and what the backward pass needs.
  public func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>, _ b: Tensor<Scalar>
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    forward(x, w, b, isRectified: false)
  }

  /// The same, with ReLU applied to the output where that is asked for.
  func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>, _ b: Tensor<Scalar>, isRectified: Bool
  ) -> (output: Tensor<Scalar>, cache: Cache<Scalar>) {
    let cache = Cache(x: x, w: w, geometry: geometry(x, w, b))
    let output = Tensor<Scalar>(shape: cache.geometry.outputShape) { output in
      withPointers(x, w, b) { x, w, b in
        guard let output = output.baseAddress else { return }
        convolutionForward(
          cache.geometry, images: x, filters: w, bias: b, output: output, isRectified: isRectified)
      }
    }
    return (output, cache)
  }

  /// The gradients with respect to images, filters and biases, from the one with respect to the output, N×F×H′×W′.
  public func backward<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dx: Tensor<Scalar>, dw: Tensor<Scalar>, db: Tensor<Scalar>) {
    let (dw, db) = parameterGradients(dout, cache)
    let dx = Tensor<Scalar>(shape: cache.geometry.inputShape) { dx in
      withPointers(dout, cache.w) { dout, w in
        guard let dx = dx.baseAddress else { return }
        convolutionInputGradient(cache.geometry, gradient: dout, filters: w, result: dx)
      }
    }
    return (dx, dw, db)
  }

  /// The gradients with respect to filters and biases alone: nobody asks for that of a network's images.
  public func parameterGradients<Scalar: TensorScalar>(
    _ dout: Tensor<Scalar>, _ cache: Cache<Scalar>
  ) -> (dw: Tensor<Scalar>, db: Tensor<Scalar>) {
    let g = cache.geometry
    guard dout.shape == g.outputShape else {
      fatalError("a gradient of shape \(dout.shape) for an output of \(g.outputShape)")
    }
    var db = Tensor<Scalar>(unsafeUninitialized: g.biasShape)
    let dw = Tensor<Scalar>(shape: g.filterShape) { dw in
      db.withUnsafeMutableBufferPointer { db in
        withPointers(dout, cache.x) { dout, x in
          guard let dw = dw.baseAddress else { return }
          convolutionFilterGradient(g, images: x, gradient: dout, result: dw, biasResult: db.baseAddress)
        }
      }
    }
    return (dw, db)
  }

  /// The checked geometry of a convolution of `x` with `w` and `b`.
  func geometry<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ w: Tensor<Scalar>, _ b: Tensor<Scalar>
  ) -> ConvolutionGeometry {
    let g = checked { () throws(ShapeError) in
      try ConvolutionGeometry(input: x.shape, filters: w.shape, stride: stride, padding: padding)
    }
    guard b.shape == g.biasShape else { fatalError("biases of shape \(b.shape) for filters of shape \(w.shape)") }
    return g
  }
}

extension ConvolutionGeometry {
  /// The geometry as the kernels take it, which it is.
  var sizes: Self { self }
}
