import NbrunKernels

/// Convolves images with filters: output[n, f, y, x] = bias[f] + Σ input[n, c, y·stride + i − padding, x·stride + j −
/// padding] · filters[f, c, i, j].
///
/// Products with rows of padding may be left out, and minimal filtering forms others, of numbers that suit it: as long as all
/// numbers are finite, the output is this but for rounding.
///
/// - Parameters:
///   - images: N×C×H×W.
///   - filters: F×C×HH×WW.
///   - bias: F numbers, or nothing.
///   - output: N×F×H′×W′, all of it written.
///   - isRectified: Whether ReLU is applied to the output (NaN stays NaN).
///   - method: What computes this if it can; else, the best one does.
@specialized(where Scalar == Float) @specialized(where Scalar == Double)
package func convolutionForward<Scalar: KernelScalar>(
  _ sizes: ConvolutionGeometry, images: UnsafePointer<Scalar>, filters: UnsafePointer<Scalar>,
  bias: UnsafePointer<Scalar>?, output: UnsafeMutablePointer<Scalar>, isRectified: Bool = false,
  method: ConvolutionMethod? = nil, on device: Device
) {
  guard sizes.images > 0, sizes.filters > 0, sizes.outputPlaneCount > 0 else { return }
  func run(_ method: some ImageConvolution<Scalar>) {
    method.run(
      images: images, filters: filters, bias: bias, output: output, isRectified: isRectified, on: device)
  }
  switch ConvolutionMethod.choose(sizes, .forward, Scalar.self, forced: method) {
  case .winograd:
    let winograd = WinogradConvolution<Scalar>(sizes)
    winograd.run(
      images: images, filters: filters, isTurned: false, bias: bias, output: output, isRectified: isRectified,
      on: device)
    if winograd.range.isNarrow { return }
  case .winogradByImage:
    let winograd = WinogradImageConvolution<Scalar>(sizes)
    run(winograd)
    if winograd.range.isNarrow { return }
  default: break
  }
  run(DirectConvolution<Scalar>(sizes))
}
