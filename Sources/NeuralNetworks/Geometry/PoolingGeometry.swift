import Tensors

/// The sizes of a pooling layer, checked.
///
/// Windows may overlap. Where the stride does not divide, the last rows and columns that no whole window covers are left
/// over: H′ = ⌊(H − HH) / stride⌋ + 1, and W′ likewise.
public struct PoolingGeometry: Sendable, Hashable {
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
  /// Height of the output, H′.
  public let outputHeight: Int
  /// Width of the output, W′.
  public let outputWidth: Int

  /// Pooling over `input`, N×C×H×W.
  ///
  /// - Throws: `ShapeError` with a sentence that names the shapes which do not meet.
  public init(input: Shape, windowHeight: Int, windowWidth: Int, stride: Int) throws(ShapeError) {
    guard input.rank == 4 else { throw ShapeError("pooling takes images of shape (N, C, H, W), not \(input)") }
    let windows = try Windows(
      over: "images of shape \(input)", height: input[2], width: input[3],
      windowHeight: windowHeight, windowWidth: windowWidth, stride: stride,
      what: "windows of \(windowHeight)×\(windowWidth)")
    (images, channels, height, width) = (input[0], input[1], input[2], input[3])
    (self.windowHeight, self.windowWidth, self.stride) = (windowHeight, windowWidth, stride)
    (outputHeight, outputWidth) = (windows.rows, windows.columns)
  }

  /// N×C×H×W.
  public var inputShape: Shape { [images, channels, height, width] }
  /// N×C×H′×W′.
  public var outputShape: Shape { [images, channels, outputHeight, outputWidth] }
  /// Whether each element of the input lies in exactly one window.
  public var tiles: Bool {
    windowHeight == stride && windowWidth == stride && height % stride == 0 && width % stride == 0
  }
}

/// Traps with the sentence of a `ShapeError`: shapes that do not meet inside a program are a programmer's mistake.
func checked<Geometry>(_ make: () throws(ShapeError) -> Geometry) -> Geometry {
  do {
    return try make()
  } catch {
    fatalError(error.message)
  }
}
