import Kernels

/// The sizes of a pooling layer.
///
/// Windows may overlap. Where the stride does not divide, the last rows and columns that no whole window covers are left over.
/// Whether sizes meet is checked where a layer is entered, by making them of a shape.
public struct PoolingGeometry: Hashable, Sendable {
  /// Number of images, N.
  public let images: Int
  /// Channels of an image, C.
  public let channels: Int
  /// Height of an image, H.
  public let height: Int
  /// Width of an image, W.
  public let width: Int
  /// Height of a window, HH.
  public let windowHeight: Int
  /// Width of a window, WW.
  public let windowWidth: Int
  /// Distance between neighbouring windows, in both directions.
  public let stride: Int

  /// Pooling over `planes` planes, unchecked.
  public init(planes: Int, height: Int, width: Int, windowHeight: Int, windowWidth: Int, stride: Int) {
    (images, channels, self.height, self.width) = (1, planes, height, width)
    (self.windowHeight, self.windowWidth, self.stride) = (windowHeight, windowWidth, stride)
  }

  /// Pooling over `input`, N×C×H×W.
  ///
  /// - Throws: `ShapeError` with a sentence that names the shapes which do not meet.
  public init(input: Shape, windowHeight: Int, windowWidth: Int, stride: Int) throws(ShapeError) {
    guard input.rank == 4 else { throw ShapeError("pooling takes images of shape (N, C, H, W), not \(input)") }
    try checkWindows(
      over: "images of shape \(input)", height: input[2], width: input[3], windowHeight: windowHeight,
      windowWidth: windowWidth, stride: stride, what: "windows of \(windowHeight)×\(windowWidth)")
    (images, channels, height, width) = (input[0], input[1], input[2], input[3])
    (self.windowHeight, self.windowWidth, self.stride) = (windowHeight, windowWidth, stride)
  }

  /// How many planes there are, N·C.
  public var planes: Int { images * channels }
  /// N×C×H×W.
  public var inputShape: Shape { [images, channels, height, width] }
  /// N×C×H′×W′.
  public var outputShape: Shape { [images, channels, outputHeight, outputWidth] }
  /// Height of the output, H′ = ⌊(H − HH) / stride⌋ + 1.
  public var outputHeight: Int { (height - windowHeight) / stride + 1 }
  /// Width of the output, W′ = ⌊(W − WW) / stride⌋ + 1.
  public var outputWidth: Int { (width - windowWidth) / stride + 1 }
  /// Whether a winner's place in its window fits a byte, which the operations need: windows have fewer than 255 places.
  public var offsetsFitBytes: Bool { windowHeight * windowWidth < Int(PoolingWindows.noWinner) }

  /// The same windows over `planes` planes, for the kernels.
  func windows(planes: Int) -> PoolingWindows {
    PoolingWindows(
      planes: planes, height: height, width: width, windowHeight: windowHeight, windowWidth: windowWidth,
      stride: stride)
  }
}

/// The largest number of each window and its place in the window, counted row by row.
///
/// The first of equal numbers wins; the first NaN wins over everything, as in NumPy.
///
/// - Parameters:
///   - input: planes × H × W.
///   - output: planes × H′ × W′.
///   - argmax: As many places as outputs.
public func maxPoolForward<Scalar: KernelScalar>(
  _ sizes: PoolingGeometry, input: UnsafePointer<Scalar>, output: UnsafeMutablePointer<Scalar>,
  argmax: UnsafeMutablePointer<UInt8>, pool: ThreadPool = .shared
) {
  guard sizes.offsetsFitBytes else {
    fatalError("windows of \(sizes.windowHeight)×\(sizes.windowWidth) have too many places")
  }
  let outputs = sizes.outputHeight * sizes.outputWidth
  runInPieces(sizes, pool: pool) { planes in
    Scalar.run(
      MaxPooling(
        windows: sizes.windows(planes: planes.count), input: input + planes.lowerBound * sizes.height * sizes.width,
        output: output + planes.lowerBound * outputs, argmax: argmax + planes.lowerBound * outputs,
        isRectified: false))
  }
}

/// The gradient of max pooling with respect to its input: each winner receives its window's gradient; where windows
/// overlap, the sum.
///
/// - Parameters:
///   - gradient: The gradient of the output, planes × H′ × W′.
///   - argmax: What `maxPoolForward` wrote.
///   - result: planes × H × W, all of it written.
public func maxPoolBackward<Scalar: KernelScalar>(
  _ sizes: PoolingGeometry, gradient: UnsafePointer<Scalar>, argmax: UnsafePointer<UInt8>,
  result: UnsafeMutablePointer<Scalar>, pool: ThreadPool = .shared
) {
  let outputs = sizes.outputHeight * sizes.outputWidth
  runInPieces(sizes, pool: pool) { planes in
    Scalar.run(
      MaxPoolingGradient(
        windows: sizes.windows(planes: planes.count), gradient: gradient + planes.lowerBound * outputs,
        argmax: argmax + planes.lowerBound * outputs,
        result: result + planes.lowerBound * sizes.height * sizes.width))
  }
}

/// Shares the planes out in pieces of some ten thousand numbers.
private func runInPieces(_ sizes: PoolingGeometry, pool: ThreadPool, _ body: (Range<Int>) -> Void) {
  let planesAtOnce = max(1, 16384 / max(1, sizes.height * sizes.width))
  pool.run(count: (sizes.planes + planesAtOnce - 1) / planesAtOnce) { index in
    body(index * planesAtOnce..<min((index + 1) * planesAtOnce, sizes.planes))
  }
}
