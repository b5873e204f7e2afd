import NbrunTensors

/// Convolution by the kernels: what `NaiveConvolution` computes, fast.
package struct Convolution: NamedLayer {
  /// F×C×HH×WW; a C of 0 stands for as many channels as the images have.
  package var filterShape: Shape
  /// Distance between neighbouring windows, in both directions.
  package var stride: Int
  /// Rows and columns of zeros put around each image.
  package var padding: Int
  /// What computes the passes that it can; unless set, each is computed by the method that suits its sizes.
  package var method: ConvolutionMethod?

  /// A convolution with filters of this shape.
  package init(filterShape: Shape, stride: Int = 1, padding: Int = 0) {
    (self.filterShape, self.stride, self.padding) = (filterShape, stride, padding)
  }

  /// A convolution with square filters of an odd size, padded so that it keeps the images' size at stride 1.
  package init(filters: Int, size: Int, stride: Int = 1) {
    self.init(filterShape: [filters, 0, size, size], stride: stride, padding: (size - 1) / 2)
  }

  /// Convolves the images `x`, N×C×H×W, with the filters w, F×C×HH×WW, and adds the biases b, F: N×F×H′×W′ (see
  /// `ConvolutionGeometry`).
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    forward(x, parameters, isRectified: false)
  }

  /// The same, with ReLU applied to the output where that is asked for.
  func forward<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ parameters: [Tensor<Scalar>], isRectified: Bool
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let (w, b) = (parameters[0], parameters[1])
    let g = ConvolutionGeometry(checking: x.shape, w.shape, b.shape, stride: stride, padding: padding)
    var output = Tensor<Scalar>(unsafeUninitialized: g.outputShape, on: x.device)
    let result = output.elementsToWrite()
    withPointers(x, w, b) { x, w, b in
      convolutionForward(
        g, images: x, filters: w, bias: b, output: result, isRectified: isRectified, method: method, on: output.device)
    }
    return (output, LayerCache(x.shape, [x, w]))
  }

  /// The gradients with respect to images, filters and biases, from the one with respect to the output, N×F×H′×W′.
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    let (dout, x, w, device) = (dy, cache.arrays[0], cache.arrays[1], dy.device)
    let g = ConvolutionGeometry(checking: x.shape, w.shape, [w.shape[0]], stride: stride, padding: padding)
    guard dout.shape == g.outputShape else {
      fatalError("a gradient of shape \(dout.shape) for an output of \(g.outputShape)")
    }
    var dw = Tensor<Scalar>(unsafeUninitialized: g.filterShape, on: device)
    var db = Tensor<Scalar>(unsafeUninitialized: g.biasShape, on: device)
    let results = (dw.elementsToWrite(), db.elementsToWrite())
    withPointers(dout, x) { dout, x in
      convolutionFilterGradient(
        g, images: x, gradient: dout, result: results.0, biasResult: results.1, method: method, on: device)
    }
    guard needsInputGradient else { return (nil, [.array(dw), .array(db)]) }
    var dx = Tensor<Scalar>(unsafeUninitialized: g.inputShape, on: device)
    let result = dx.elementsToWrite()
    withPointers(dout, w) {
      convolutionInputGradient(g, gradient: $0, filters: $1, result: result, method: method, on: device)
    }
    return (dx, [.array(dw), .array(db)])
  }

  // MARK: In a network

  /// `conv(F, size, stride)`.
  package static let kind = LayerKind(
    "convolution", "Convolution of images with filters, plus biases.", settings: [.filterShape, .stride, .padding],
    syntax: LayerSyntax(
      "conv", "F", "size", "stride",
      meaning: """
        convolution with F filters of size×size that keeps the images' size at
        stride 1; the size is odd, 3 unless given, the stride 1
        """))

  /// With a check's filters, stride and padding.
  package init(_ options: LayerOptions) {
    self.init(filterShape: options.filterShape, stride: options.stride, padding: options.padding)
  }

  /// With the number of filters, their size and the stride.
  package init(_ arguments: inout LayerArguments) throws(NetworkDescriptionError) {
    let filters = try arguments.whole("the number of filters")
    let size = try arguments.whole("the filters' size", default: 3)
    guard size % 2 == 1 else {
      throw arguments.error("the filters' size is an odd number, so that padding keeps the images' size, not \(size)")
    }
    self.init(filters: filters, size: size, stride: try arguments.whole("the stride", default: 1))
  }

  /// `conv(64)`.
  package var description: String { text((filterShape[0], nil), (filterShape[2], 3), (stride, 1)) }
  /// Filters F×C×HH×WW and biases F.
  package var parameterNames: [String] { ["w", "b"] }
  /// By the loops of the definition.
  package var naive: (any LayerImplementation)? { NaiveConvolution(stride: stride, padding: padding) }

  /// N×F×H′×W′.
  package func plan(for input: Shape) throws(ShapeError) -> LayerPlan {
    var filters = filterShape.dimensions
    if filters.count == 4, input.rank == 4, filters[1] == 0 { filters[1] = input[1] }
    guard let filterShape = Shape(validating: filters) else { throw ShapeError("filters \(filters) are too large") }
    let g = try ConvolutionGeometry(input: input, filters: filterShape, stride: stride, padding: padding)
    return LayerPlan(
      output: g.outputShape, operations: 2 * Double(g.taps) * Double(g.outputShape.elementCount),
      parameters: [PlannedArray(g.filterShape, .weights(fanIn: g.taps)), PlannedArray(g.biasShape)],
      working: stride == 1 ? [g.paddedShape] : [g.paddedShape, g.columnsShape])
  }
}

extension ConvolutionGeometry {
  /// The geometry of a convolution of arrays of these shapes, which a network's plan has checked: traps where they do not meet.
  init(checking x: Shape, _ w: Shape, _ b: Shape, stride: Int, padding: Int) {
    self = checked { () throws(ShapeError) in
      try ConvolutionGeometry(input: x, filters: w, stride: stride, padding: padding)
    }
    guard b == biasShape else { fatalError("biases of shape \(b) for filters of shape \(w)") }
  }
}
