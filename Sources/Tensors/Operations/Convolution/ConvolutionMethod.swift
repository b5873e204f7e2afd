import NbrunKernels

/// The ways to compute a pass of a convolution, and the one decision between them.
///
/// It depends on the sizes and the type of the numbers alone, so that the same training gives the same numbers anywhere.
/// Minimal filtering is for `Float`: checks, which compute in `Double`, are to have the definition's own sums.
package enum ConvolutionMethod: String, CaseIterable, Sendable {
  /// Straight from the padded image, for any sizes (`DirectConvolution`, `DirectFilterGradient`).
  case direct
  /// F(4×4, 3×3) for many channels, groups of images at a time (`WinogradConvolution`, `WinogradFilterGradient`).
  case winograd
  /// F(4×4, 3×3) for few channels, an image at a time (`WinogradImageConvolution`).
  case winogradByImage = "winograd-by-image"
  /// A matrix product for each image, whose columns are added where they came from.
  case columns
  /// The products of the largest outputs of pooling windows alone (`PooledFilterGradient`).
  case argmax

  /// What is computed.
  package enum Pass {
    /// The output.
    case forward
    /// The gradient of the images.
    case inputGradient
    /// The gradients of filters and bias.
    case filterGradient
    /// The same when the output goes through ReLU and this pooling.
    case pooledFilterGradient(PoolingGeometry)
  }

  /// Transforming images and outputs takes some forty operations a number, which each channel and filter shares; with fewer
  /// of them than this it takes longer than the products that it saves.
  static let fewestSharers = 12
  /// Tiles of 4×4 outputs save three products in four. Where they cover this much more than the outputs, in tenths, only half
  /// is saved, which the transforms use up.
  static let mostCoveredTenths = 16
  /// An image of few channels is transformed once for all filters: for fewer of them directly is as quick. A single channel
  /// has too few products to save.
  static let fewestFilters = 16, fewestChannels = 2
  /// There the tiles of a row fill vectors, 32 outputs at a time: at least this much of them, in fifths, must count.
  static let leastFilledFifths = 4
  /// What finding the largest of a window takes, and putting a number of an image beside those of the other channels, in products of vectors.
  static let argmaxCost = 4

  /// Whether it can compute a pass over numbers of type `Scalar`.
  package func computes<Scalar: KernelScalar>(_ pass: Pass, of sizes: ConvolutionGeometry, _: Scalar.Type) -> Bool {
    switch (self, pass) {
    case (.direct, .inputGradient): sizes.stride == 1
    case (.direct, _), (.columns, .inputGradient), (.argmax, .pooledFilterGradient): true
    case (.winograd, _), (.winogradByImage, .forward):
      Scalar.self == Float.self && sizes.filterHeight == 3 && sizes.filterWidth == 3 && sizes.stride == 1
    default: false
    }
  }

  /// The method for a pass over numbers of type `Scalar`: `forced` where it can compute that, as `nbrun bench --method` asks.
  static func choose<Scalar: KernelScalar>(
    _ sizes: ConvolutionGeometry, _ pass: Pass, _: Scalar.Type, forced: Self? = nil
  ) -> Self {
    if let forced, forced.computes(pass, of: sizes, Scalar.self) { return forced }
    let isMinimal = winograd.computes(pass, of: sizes, Scalar.self)
    func roundedUp(_ count: Int, to multiple: Int) -> Int { (count + multiple - 1) / multiple * multiple }
    func suitsWinograd(_ rows: Int, _ columns: Int) -> Bool {
      let covered = roundedUp(rows, to: 4) * roundedUp(columns, to: 4)
      return isMinimal && min(sizes.channels, sizes.filters) >= fewestSharers
        && 10 * covered <= mostCoveredTenths * rows * columns
    }
    switch pass {
    case .forward:
      if suitsWinograd(sizes.outputHeight, sizes.outputWidth) { return .winograd }
      let covered = roundedUp(sizes.outputHeight, to: 4) * roundedUp(sizes.outputWidth, to: 32)
      return isMinimal && (fewestChannels..<fewestSharers).contains(sizes.channels) && sizes.filters >= fewestFilters
        && leastFilledFifths * covered <= 5 * sizes.outputPlaneCount ? .winogradByImage : .direct
    case .inputGradient:
      if suitsWinograd(sizes.height, sizes.width) { return .winograd }
      return sizes.stride == 1 ? .direct : .columns
    case .filterGradient: return suitsWinograd(sizes.outputHeight, sizes.outputWidth) ? .winograd : .direct
    case .pooledFilterGradient(let pooling):
      if suitsWinograd(sizes.outputHeight, sizes.outputWidth) { return .winograd }
      // Directly a vector of the image serves several products; here each has its own.
      let largest = sizes.filters * pooling.outputHeight * pooling.outputWidth
      let rowVectors = roundedUp(sizes.channels * sizes.filterWidth, to: Scalar.vectorWidth) / Scalar.vectorWidth
      let products = largest * (sizes.filterHeight * rowVectors + argmaxCost) + argmaxCost * sizes.imageCount
      return products * Scalar.vectorWidth < sizes.outputCount * sizes.taps ? .argmax : .direct
    }
  }
}
