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

  // Beside each constant stands what set it: the time of `direct` over the time of the method, least of several alternating runs of
  // `nbrun bench` on two threads with AVX2, for 3×3 filters and 32 images of 32×32 or 64 of 16×16 where nothing else is said.

  /// Transforming images and outputs takes some forty operations a number, which each channel and filter shares; with fewer of
  /// them than this it takes longer than the products that it saves. From 24 channels to 6 filters 0.96, 8 to 8 1.02, 12 to 8 1.11,
  /// 16 to 16 1.58, 64 to 32 2.17.
  static let fewestSharers = 8
  /// The same for the gradient of the filters, whose sums over all tiles are what is transformed back: 8 to 8 0.55, 12 to 24 0.97,
  /// 16 to 16 1.12, 32 to 32 1.65.
  static let fewestGradientSharers = 16
  /// How many times as much as the outputs their tiles of 4×4 may cover: 3×3 outputs, which a tile covers 1.8 times, 1.46 to 2.04;
  /// 2×2, 4 times, 1.03 to 1.30; a single one, 16 times, 0.58.
  static let mostCovered = 4
  /// An image of few channels is transformed once for all filters, which must be as many as this: 3 channels to 8 filters 1.05,
  /// to 16 1.04, to 64 1.27. Fewer channels have too few products to save: 2 to 32 0.86 to 0.97, 4 to 32 1.28.
  static let fewestFilters = 16, fewestChannels = 3
  /// There the tiles of a row fill vectors, 32 outputs at a time: at least this much of them, in fifths, must count. 64 columns 1.26,
  /// 32 1.17, 24 (three quarters) 0.71.
  static let leastFilledFifths = 4
  /// What finding the largest of a window takes, and putting a number of an image beside those of the other channels, in products of
  /// vectors. Where the sums say that both are as quick, they are: 1 channel to 16 filters 1.00 (3×3) and 1.03 (5×5); 3 to 32 1.27
  /// (3×3), 1.83 (5×5) and 1.66 (7×7).
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
    func suitsWinograd(_ rows: Int, _ columns: Int, sharers: Int = fewestSharers) -> Bool {
      let covered = roundedUp(rows, to: 4) * roundedUp(columns, to: 4)
      return isMinimal && min(sizes.channels, sizes.filters) >= sharers && covered <= mostCovered * rows * columns
    }
    let isWinogradGradient = suitsWinograd(sizes.outputHeight, sizes.outputWidth, sharers: fewestGradientSharers)
    switch pass {
    case .forward:
      if suitsWinograd(sizes.outputHeight, sizes.outputWidth) { return .winograd }
      let covered = roundedUp(sizes.outputHeight, to: 4) * roundedUp(sizes.outputWidth, to: 32)
      return isMinimal && (fewestChannels..<fewestSharers).contains(sizes.channels) && sizes.filters >= fewestFilters
        && leastFilledFifths * covered <= 5 * sizes.outputPlaneCount ? .winogradByImage : .direct
    case .inputGradient:
      if suitsWinograd(sizes.height, sizes.width) { return .winograd }
      return sizes.stride == 1 ? .direct : .columns
    case .filterGradient: return isWinogradGradient ? .winograd : .direct
    case .pooledFilterGradient(let pooling):
      if isWinogradGradient { return .winograd }
      // Directly a vector of the image serves several products; here each has its own.
      let largest = sizes.filters * pooling.outputHeight * pooling.outputWidth
      let rowVectors = roundedUp(sizes.channels * sizes.filterWidth, to: Scalar.vectorWidth) / Scalar.vectorWidth
      let products = largest * (sizes.filterHeight * rowVectors + argmaxCost) + argmaxCost * sizes.imageCount
      return products * Scalar.vectorWidth < sizes.outputCount * sizes.taps ? .argmax : .direct
    }
  }
}
