import Tensors

/// One way to pool over windows.
package protocol PoolingImplementation: LayerImplementation {
  /// Height of a window.
  var windowHeight: Int { get }
  /// Width of a window.
  var windowWidth: Int { get }
  /// Distance between neighbouring windows, in both directions.
  var stride: Int { get }
  /// Pooling over windows of this size at this stride.
  init(windowHeight: Int, windowWidth: Int, stride: Int)
}

extension PoolingImplementation {
  /// Pooling over 2×2 windows side by side.
  package init() { self.init(windowHeight: 2, windowWidth: 2, stride: 2) }

  /// The checked geometry of pooling over images of `shape`.
  package func geometry(_ shape: Shape) -> PoolingGeometry {
    checked { () throws(ShapeError) in
      try PoolingGeometry(input: shape, windowHeight: windowHeight, windowWidth: windowWidth, stride: stride)
    }
  }

  /// The same, where `dout` is a gradient of its output.
  func geometry<Scalar: TensorScalar>(_ shape: Shape, _ dout: Tensor<Scalar>) -> PoolingGeometry {
    let g = geometry(shape)
    guard dout.shape == g.outputShape else {
      fatalError("a gradient of shape \(dout.shape) for an output of \(g.outputShape)")
    }
    return g
  }

  /// Whether a byte holds the offset of each element of a window, and one number more.
  var offsetsFitBytes: Bool { windowHeight * windowWidth < 255 }
}

/// A pooling layer in lines, `pool(size, stride)`, and in checks.
package protocol PoolingLayer: NamedLayer, PoolingImplementation {}

extension PoolingLayer {
  package init(_ options: LayerOptions) {
    self.init(windowHeight: options.poolHeight, windowWidth: options.poolWidth, stride: options.poolStride)
  }

  /// With the windows' size and their stride.
  package init(_ arguments: inout LayerArguments) throws(NetworkDescriptionError) {
    let size = try arguments.whole("the windows' size", default: 2)
    self.init(windowHeight: size, windowWidth: size, stride: try arguments.whole("the stride", default: size))
  }

  /// `pool`, `pool(3)`, `pool(3, 2)`.
  package var description: String { text((windowHeight, 2), (stride, windowHeight)) }

  /// N×C×H′×W′; an operation for each element of each window.
  package func plan(for input: Shape) throws(ShapeError) -> LayerPlan {
    let g = try PoolingGeometry(input: input, windowHeight: windowHeight, windowWidth: windowWidth, stride: stride)
    return LayerPlan(
      output: g.outputShape, operations: Double(g.outputShape.elementCount) * Double(windowHeight * windowWidth))
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
