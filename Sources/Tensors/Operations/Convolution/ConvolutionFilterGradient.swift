import NbrunKernels

/// The gradients of a convolution with respect to its filters and its bias, where all numbers are finite: see
/// `convolutionForward`.
///
/// Images are shared out in pieces whose number depends on the sizes alone; the sums of the pieces are added in their order.
///
/// - Parameters:
///   - images: N×C×H×W.
///   - gradient: The gradient of the output, N×F×H′×W′.
///   - result: F×C×HH×WW, all of it written.
///   - biasResult: F numbers, all of them written, or nothing. Without images both are zero.
///   - method: What computes this if it can; else, the best one does.
@specialized(where Scalar == Float) @specialized(where Scalar == Double)
package func convolutionFilterGradient<Scalar: KernelScalar>(
  _ sizes: ConvolutionGeometry, images: UnsafePointer<Scalar>, gradient: UnsafePointer<Scalar>,
  result: UnsafeMutablePointer<Scalar>, biasResult: UnsafeMutablePointer<Scalar>?, method: ConvolutionMethod? = nil,
  on device: Device
) {
  guard sizes.filters > 0, sizes.taps > 0 else { return }
  guard sizes.images > 0 else {
    result.update(repeating: 0, count: sizes.filters * sizes.taps)
    biasResult?.update(repeating: 0, count: sizes.filters)
    return
  }
  if ConvolutionMethod.choose(sizes, .filterGradient, Scalar.self, forced: method) == .winograd {
    let winograd = WinogradFilterGradient<Scalar>(sizes)
    winograd.run(images: images, gradient: gradient, result: result, biasResult: biasResult, on: device)
    if winograd.range.isNarrow { return }
  }
  DirectFilterGradient<Scalar>(sizes).run(images: images, result: result, biasResult: biasResult, on: device) {
    image, filters, _ in gradient + (image * sizes.outputCount + filters.lowerBound * sizes.outputPlaneCount)
  }
}

/// Gives the output's gradient for an image and some filters, plane after plane, in the room that it is lent (as large as
/// these planes) or elsewhere.
typealias FilterGradientSource<Scalar> = (_ image: Int, _ filters: Range<Int>, _ room: UnsafeMutablePointer<Scalar>) ->
  UnsafePointer<Scalar>
