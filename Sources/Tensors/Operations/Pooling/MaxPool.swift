import NbrunKernels

/// The sizes of a pooling layer.
package typealias PoolingGeometry = NbrunKernels.PoolingGeometry

extension PoolingGeometry {
  /// Pooling over `input`, N×C×H×W.
  ///
  /// - Throws: `ShapeError` with a sentence that names the shapes which do not meet.
  package init(input: Shape, windowHeight: Int, windowWidth: Int, stride: Int) throws(ShapeError) {
    guard input.rank == 4 else { throw ShapeError("pooling takes images of shape (N, C, H, W), not \(input)") }
    try checkWindows(
      over: "images of shape \(input)", height: input[2], width: input[3], windowHeight: windowHeight,
      windowWidth: windowWidth, stride: stride, what: "windows of \(windowHeight)×\(windowWidth)")
    self.init(
      images: input[0], planes: input[1], height: input[2], width: input[3], windowHeight: windowHeight,
      windowWidth: windowWidth, stride: stride)
  }

  /// N×C×H×W.
  package var inputShape: Shape { [images, channels, height, width] }
  /// N×C×H′×W′.
  package var outputShape: Shape { [images, channels, outputHeight, outputWidth] }

  /// Traps where windows have too many numbers for the operations, which keep their offsets in bytes.
  func requireOffsetsInBytes() {
    guard offsetsFitBytes else { fatalError("windows of \(windowHeight)×\(windowWidth) have too many places") }
  }
}

/// The largest number of each window and its offset in the window, counted row by row.
///
/// The first of equal numbers counts; the first NaN wins over everything, as in NumPy.
///
/// - Parameters:
///   - input: planes × H × W.
///   - output: planes × H′ × W′.
///   - argmax: As many offsets as outputs.
package func maxPoolForward<Scalar: KernelScalar>(
  _ sizes: PoolingGeometry, input: UnsafePointer<Scalar>, output: UnsafeMutablePointer<Scalar>,
  argmax: UnsafeMutablePointer<UInt8>, on device: Device
) {
  sizes.requireOffsetsInBytes()
  let outputs = sizes.outputPlaneCount
  runInPieces(sizes, on: device) { planes in
    Scalar.run(
      MaxPooling(
        windows: sizes.over(planes: planes.count), input: input + planes.lowerBound * sizes.height * sizes.width,
        output: output + planes.lowerBound * outputs, argmax: argmax + planes.lowerBound * outputs, isRectified: false))
  }
}

/// The gradient of max pooling with respect to its input: the largest receives its window's gradient; where windows
/// overlap, the sum.
///
/// - Parameters:
///   - gradient: The gradient of the output, planes × H′ × W′.
///   - argmax: What `maxPoolForward` wrote.
///   - result: planes × H × W, all of it written.
package func maxPoolBackward<Scalar: KernelScalar>(
  _ sizes: PoolingGeometry, gradient: UnsafePointer<Scalar>, argmax: UnsafePointer<UInt8>,
  result: UnsafeMutablePointer<Scalar>, on device: Device
) {
  let outputs = sizes.outputPlaneCount
  runInPieces(sizes, on: device) { planes in
    Scalar.run(
      MaxPoolingGradient(
        windows: sizes.over(planes: planes.count), gradient: gradient + planes.lowerBound * outputs,
        argmax: argmax + planes.lowerBound * outputs, result: result + planes.lowerBound * sizes.height * sizes.width))
  }
}

/// Shares the planes out in pieces of some ten thousand numbers.
private func runInPieces(_ sizes: PoolingGeometry, on device: Device, _ body: (Range<Int>) -> Void) {
  device.threads.runInPieces(of: max(1, 16384 / max(1, sizes.height * sizes.width)), count: sizes.planes, body)
}
