import Kernels

/// The sizes of a convolution as its operations take them; whether they meet is checked where a layer is entered.
public struct ConvolutionSizes: Hashable, Sendable {
  /// Number of images, N.
  public var images: Int
  /// Channels of an image, C.
  public var channels: Int
  /// Height of an image, H.
  public var height: Int
  /// Width of an image, W.
  public var width: Int
  /// Number of filters, F.
  public var filters: Int
  /// Height of a filter, HH.
  public var filterHeight: Int
  /// Width of a filter, WW.
  public var filterWidth: Int
  /// Distance between neighbouring windows.
  public var stride: Int
  /// Rows and columns of zeros around an image.
  public var padding: Int

  /// A convolution of `images` images with `filters` filters.
  public init(
    images: Int, channels: Int, height: Int, width: Int, filters: Int, filterHeight: Int, filterWidth: Int,
    stride: Int, padding: Int
  ) {
    self.images = images
    self.channels = channels
    self.height = height
    self.width = width
    self.filters = filters
    self.filterHeight = filterHeight
    self.filterWidth = filterWidth
    self.stride = stride
    self.padding = padding
  }

  /// Height of the output, H′ = ⌊(H + 2·padding − HH) / stride⌋ + 1.
  public var outputHeight: Int { (height + 2 * padding - filterHeight) / stride + 1 }
  /// Width of the output, W′ = ⌊(W + 2·padding − WW) / stride⌋ + 1.
  public var outputWidth: Int { (width + 2 * padding - filterWidth) / stride + 1 }
  /// Factors of one filter, C·HH·WW.
  public var taps: Int { channels * filterHeight * filterWidth }
  /// Numbers of one image, C·H·W.
  public var imageCount: Int { channels * height * width }
  /// Outputs of one filter for one image, H′·W′.
  public var outputPlaneCount: Int { outputHeight * outputWidth }
  /// Outputs for one image, F·H′·W′.
  public var outputCount: Int { filters * outputPlaneCount }

  /// The convolution of the output's gradient whose output is the input's gradient, when the stride is 1: filters and
  /// channels change places. Its padding is that of `inputGradientPlanes`.
  var transposed: ConvolutionSizes {
    ConvolutionSizes(
      images: images, channels: filters, height: outputHeight, width: outputWidth, filters: channels,
      filterHeight: filterHeight, filterWidth: filterWidth, stride: 1, padding: 0)
  }

  /// How the kernels lay out an image.
  func planes(vectorWidth: Int) -> PhasePlanes {
    PhasePlanes(
      channels: channels, height: height, width: width, stride: stride, topPadding: padding, leftPadding: padding,
      windowHeight: filterHeight, windowWidth: filterWidth, outputHeight: outputHeight, outputWidth: outputWidth,
      vectorWidth: vectorWidth)
  }

  /// How the kernels lay out the output's gradient for the input's, when the stride is 1.
  func inputGradientPlanes(vectorWidth: Int) -> PhasePlanes {
    PhasePlanes(
      channels: filters, height: outputHeight, width: outputWidth, stride: 1, topPadding: filterHeight - 1 - padding,
      leftPadding: filterWidth - 1 - padding, windowHeight: filterHeight, windowWidth: filterWidth,
      outputHeight: height, outputWidth: width, vectorWidth: vectorWidth)
  }
}
