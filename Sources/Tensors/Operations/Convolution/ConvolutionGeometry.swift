import NbrunKernels

/// The sizes of a convolution: what a window covers and how many windows fit.
///
/// Where the stride does not divide, the last rows and columns that no whole window covers are left over. Whether sizes meet
/// is checked where a layer is entered, by making them of shapes.
package struct ConvolutionGeometry: Hashable, Sendable {
  /// Number of images, N.
  package var images: Int
  /// Channels of an image, C.
  package var channels: Int
  /// Height of an image, H.
  package var height: Int
  /// Width of an image, W.
  package var width: Int
  /// Number of filters, F.
  package var filters: Int
  /// Height of a filter, HH.
  package var filterHeight: Int
  /// Width of a filter, WW.
  package var filterWidth: Int
  /// Distance between neighbouring windows.
  package var stride: Int
  /// Rows and columns of zeros around an image.
  package var padding: Int
  /// Columns of zeros left and right of an image where they are not as many.
  var columnPadding: Int?
}

extension ConvolutionGeometry {
  /// The convolution of `input`, N×C×H×W, with `filters`, F×C×HH×WW.
  ///
  /// - Throws: `ShapeError` with a sentence that names the shapes which do not meet.
  package init(input: Shape, filters: Shape, stride: Int, padding: Int) throws(ShapeError) {
    guard input.rank == 4 else { throw ShapeError("a convolution takes images of shape (N, C, H, W), not \(input)") }
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
    self.init(
      images: input[0], channels: input[1], height: input[2], width: input[3], filters: filters[0],
      filterHeight: filters[2], filterWidth: filters[3], stride: stride, padding: padding)
    try checkWindows(
      over: "images of shape \(input)\(padding == 0 ? "" : " with padding \(padding)")",
      height: height + 2 * padding, width: width + 2 * padding, windowHeight: filterHeight, windowWidth: filterWidth,
      stride: stride, what: "filters of shape \(filters)")
    guard Shape(validating: [images, self.filters, outputHeight, outputWidth]) != nil else {
      throw ShapeError("images of shape \(input) and filters of shape \(filters) give too large an output")
    }
    guard Shape(validating: paddedDimensions) != nil, Shape(validating: columnsDimensions) != nil else {
      throw ShapeError("images of shape \(input) with padding \(padding) and filters of shape \(filters) are too large")
    }
  }

  private var paddedDimensions: [Int] { [images, channels, height + 2 * padding, width + 2 * padding] }
  private var columnsDimensions: [Int] { [channels, filterHeight, filterWidth, outputHeight, outputWidth] }

  /// N×C×H×W.
  package var inputShape: Shape { [images, channels, height, width] }
  /// F×C×HH×WW.
  package var filterShape: Shape { [filters, channels, filterHeight, filterWidth] }
  /// F.
  package var biasShape: Shape { [filters] }
  /// N×F×H′×W′.
  package var outputShape: Shape { [images, filters, outputHeight, outputWidth] }
  /// N×C×(H + 2·padding)×(W + 2·padding): the images with their zeros, as the naive implementation lays them out.
  package var paddedShape: Shape { Shape(paddedDimensions) }
  /// C×HH×WW×H′×W′: what the windows over one image cover, written out, as the input's gradient needs it at larger strides.
  package var columnsShape: Shape { Shape(columnsDimensions) }

  /// Height of the output, H′ = ⌊(H + 2·padding − HH) / stride⌋ + 1.
  package var outputHeight: Int { (height + 2 * padding - filterHeight) / stride + 1 }
  /// Width of the output, W′ = ⌊(W + 2·padding − WW) / stride⌋ + 1.
  package var outputWidth: Int { (width + 2 * leftPadding - filterWidth) / stride + 1 }
  /// Factors of one filter, C·HH·WW.
  package var taps: Int { channels * filterHeight * filterWidth }
  /// Numbers of one image, C·H·W.
  package var imageCount: Int { channels * height * width }
  /// Outputs of one filter for one image, H′·W′.
  package var outputPlaneCount: Int { outputHeight * outputWidth }
  /// Outputs for one image, F·H′·W′.
  package var outputCount: Int { filters * outputPlaneCount }

  private var leftPadding: Int { columnPadding ?? padding }

  /// The convolution of the output's gradient that gives the input's, when the stride is 1: with the filters turned by 180°, filters
  /// and channels exchanged.
  var turned: ConvolutionGeometry {
    ConvolutionGeometry(
      images: images, channels: filters, height: outputHeight, width: outputWidth, filters: channels,
      filterHeight: filterHeight, filterWidth: filterWidth, stride: 1, padding: filterHeight - 1 - padding,
      columnPadding: filterWidth - 1 - padding)
  }

  /// How the kernels lay out an image.
  func planes(vectorWidth: Int) -> PolyphasePlanes {
    PolyphasePlanes(
      channels: channels, height: height, width: width, stride: stride, topPadding: padding, leftPadding: leftPadding,
      windowHeight: filterHeight, windowWidth: filterWidth, outputHeight: outputHeight, outputWidth: outputWidth,
      vectorWidth: vectorWidth)
  }
}

/// Checks that windows of a size fit over an image at a stride.
func checkWindows(
  over images: String, height: Int, width: Int, windowHeight: Int, windowWidth: Int, stride: Int, what windows: String
) throws(ShapeError) {
  guard stride >= 1 else { throw ShapeError("a stride is a number from 1, not \(stride)") }
  guard windowHeight >= 1, windowWidth >= 1 else { throw ShapeError("\(windows) have no extent") }
  guard windowHeight <= height, windowWidth <= width else { throw ShapeError("\(windows) do not fit into \(images)") }
}
