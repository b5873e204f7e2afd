import NbrunTensors

/// The windows of a pooling layer: their size, and how they lie.
package struct PoolingWindows: Sendable {
  /// Height and width of a window.
  package let height: Int, width: Int
  /// Distance between neighbouring windows, in both directions.
  package let stride: Int

  /// Windows of this size at this stride; 2×2 side by side unless said.
  package init(height: Int = 2, width: Int = 2, stride: Int = 2) {
    (self.height, self.width, self.stride) = (height, width, stride)
  }

  /// The checked geometry of pooling over images of `shape`.
  package func geometry(_ shape: Shape) -> PoolingGeometry {
    checked { () throws(ShapeError) in try unchecked(shape) }
  }

  /// The same, where `dout` is a gradient of its output.
  func geometry<Scalar: TensorScalar>(_ shape: Shape, _ dout: Tensor<Scalar>) -> PoolingGeometry {
    let g = geometry(shape)
    guard dout.shape == g.outputShape else {
      fatalError("a gradient of shape \(dout.shape) for an output of \(g.outputShape)")
    }
    return g
  }

  fileprivate func unchecked(_ shape: Shape) throws(ShapeError) -> PoolingGeometry {
    try PoolingGeometry(input: shape, windowHeight: height, windowWidth: width, stride: stride)
  }

  /// Whether a byte holds the offset of each element of a window, and one number more.
  var offsetsFitBytes: Bool { height * width < 255 }
}

/// A pooling layer in lines, `pool(size, stride)`, and in checks.
package protocol PoolingLayer: NamedLayer {
  /// What it pools over.
  var windows: PoolingWindows { get }
  /// Pooling over these windows.
  init(_ windows: PoolingWindows)
}

extension PoolingLayer {
  package init(_ options: LayerOptions) {
    self.init(PoolingWindows(height: options.poolHeight, width: options.poolWidth, stride: options.poolStride))
  }

  /// With the windows' size and their stride.
  package init(_ arguments: inout LayerArguments) throws(NetworkDescriptionError) {
    let size = try arguments.whole("the windows' size", default: 2)
    let stride = try arguments.whole("the stride", default: size)
    self.init(PoolingWindows(height: size, width: size, stride: stride))
  }

  /// `pool`, `pool(3)`, `pool(3, 2)`.
  package var description: String { text((windows.height, 2), (windows.stride, windows.height)) }

  /// N×C×H′×W′; an operation for each element of each window.
  package func plan(for input: Shape) throws(ShapeError) -> LayerPlan {
    let output = try windows.unchecked(input).outputShape
    return LayerPlan(
      output: output, operations: Double(output.elementCount) * Double(windows.height * windows.width))
  }
}

extension LayerKind {
  /// A layer that pools by `what`.
  static func pooling(_ name: String, _ summary: String, word: String, _ what: String) -> LayerKind {
    LayerKind(
      name, summary, settings: [.poolSize, .poolStride],
      syntax: LayerSyntax(
        word, "size", "stride", meaning: "\(what) over size×size windows; size 2, stride the size unless given"))
  }
}
