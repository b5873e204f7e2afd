import Tensors

/// The sizes of a convolution, checked: what a window covers and how many windows fit.
///
/// Where the stride does not divide, the last rows and columns that no whole window covers are left over:
/// H′ = ⌊(H + 2·padding − HH) / stride⌋ + 1, and W′ likewise.
public struct ConvolutionGeometry: Sendable, Hashable {
  /// Number of images, N.
  public let images: Int
  /// Channels of an image, C.
  public let channels: Int
  /// Height of an image, H.
  public let height: Int
  /// Width of an image, W.
  public let width: Int
  /// Number of filters, F: the channels of the output.
  public let filters: Int
  /// Height of a filter, HH.
  public let filterHeight: Int
  /// Width of a filter, WW.
  public let filterWidth: Int
  /// Distance between neighbouring windows, in both directions.
  public let stride: Int
  /// Rows and columns of zeros put around each image.
  public let padding: Int
  /// Height of the output, H′.
  public let outputHeight: Int
  /// Width of the output, W′.
  public let outputWidth: Int
  /// N×C×(H + 2·padding)×(W + 2·padding): the images with their zeros, as the naive implementation lays them out.
  public let paddedShape: Shape
  /// C×HH×WW×H′×W′: what the windows over one image cover, written out, as the input's gradient needs it at larger strides.
  public let columnsShape: Shape

  /// The convolution of `input`, N×C×H×W, with `filters`, F×C×HH×WW.
  ///
  /// - Throws: `ShapeError` with a sentence that names the shapes which do not meet.
  public init(input: Shape, filters: Shape, stride: Int, padding: Int) throws(ShapeError) {
    guard input.rank == 4 else {
      throw ShapeError("a convolution takes images of shape (N, C, H, W), not \(input)")
    }
    guard filters.rank == 4 else {
      throw ShapeError("a convolution takes filters of shape (F, C, HH, WW), not \(filters)")
    }
    guard filters[1] == input[1] else {
      throw ShapeError(
        "filters of shape \(filters) take \(filters[1]) channels, but images of shape \(input) have \(input[1])")
    }
    guard padding >= 0, padding < 1 << 20 else {
      throw ShapeError("a convolution's padding is a number from 0, not \(padding)")
    }
    let windows = try Windows(
      over: "images of shape \(input)\(padding == 0 ? "" : " with padding \(padding)")",
      height: input[2] + 2 * padding, width: input[3] + 2 * padding,
      windowHeight: filters[2], windowWidth: filters[3], stride: stride, what: "filters of shape \(filters)")
    guard Shape(validating: [input[0], filters[0], windows.rows, windows.columns]) != nil else {
      throw ShapeError("images of shape \(input) and filters of shape \(filters) give too large an output")
    }
    let padded = Shape(validating: [input[0], input[1], input[2] + 2 * padding, input[3] + 2 * padding])
    let columns = Shape(validating: [input[1], filters[2], filters[3], windows.rows, windows.columns])
    guard let padded, let columns else {
      throw ShapeError("images of shape \(input) with padding \(padding) and filters of shape \(filters) are too large")
    }
    (paddedShape, columnsShape) = (padded, columns)
    (images, channels, height, width) = (input[0], input[1], input[2], input[3])
    (self.filters, filterHeight, filterWidth) = (filters[0], filters[2], filters[3])
    (self.stride, self.padding) = (stride, padding)
    (outputHeight, outputWidth) = (windows.rows, windows.columns)
  }

  /// N×C×H×W.
  public var inputShape: Shape { [images, channels, height, width] }
  /// F×C×HH×WW.
  public var filterShape: Shape { [filters, channels, filterHeight, filterWidth] }
  /// F.
  public var biasShape: Shape { [filters] }
  /// N×F×H′×W′.
  public var outputShape: Shape { [images, filters, outputHeight, outputWidth] }
}

/// How many windows of a size fit over an image at a stride.
struct Windows {
  let rows: Int
  let columns: Int

  init(
    over images: String, height: Int, width: Int, windowHeight: Int, windowWidth: Int, stride: Int, what windows: String
  ) throws(ShapeError) {
    guard stride >= 1 else { throw ShapeError("a stride is a number from 1, not \(stride)") }
    guard windowHeight >= 1, windowWidth >= 1 else { throw ShapeError("\(windows) have no extent") }
    guard windowHeight <= height, windowWidth <= width else {
      throw ShapeError("\(windows) do not fit into \(images)")
    }
    rows = (height - windowHeight) / stride + 1
    columns = (width - windowWidth) / stride + 1
  }
}
