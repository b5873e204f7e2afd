import NbrunKernels

/// The gradient of a convolution with respect to its images.
///
/// With stride 1 that is a convolution of the output's gradient with the filters turned by 180°, filters and channels
/// exchanged. With larger strides each image takes a matrix product, whose columns are added where they came from.
///
/// - Parameters:
///   - gradient: The gradient of the output, N×F×H′×W′.
///   - filters: F×C×HH×WW.
///   - result: N×C×H×W, all of it written.
///   - method: What computes this if it can; else, the best one does.
@specialized(where Scalar == Float) @specialized(where Scalar == Double)
package func convolutionInputGradient<Scalar: KernelScalar>(
  _ sizes: ConvolutionGeometry, gradient: UnsafePointer<Scalar>, filters: UnsafePointer<Scalar>,
  result: UnsafeMutablePointer<Scalar>, method: ConvolutionMethod? = nil, on device: Device
) {
  guard sizes.images > 0, sizes.imageCount > 0 else { return }
  let method = ConvolutionMethod.choose(sizes, .inputGradient, Scalar.self, forced: method)
  if method == .winograd {
    let winograd = WinogradConvolution<Scalar>(sizes.turned)
    winograd.run(
      images: gradient, filters: filters, isTurned: true, bias: nil, output: result, isRectified: false, on: device)
    if winograd.range.isNarrow { return }
  }
  guard method != .columns else {
    return device.threads.run(count: sizes.images) { image in
      inputGradientByColumns(
        sizes, gradient: gradient + image * sizes.outputCount, filters: filters,
        result: result + image * sizes.imageCount, on: device)
    }
  }
  withScratch(of: Scalar.self, count: sizes.filters * sizes.taps, on: device) { turned in
    turnFilters(sizes, filters, into: turned)
    DirectConvolution<Scalar>(sizes.turned).run(
      images: gradient, filters: turned, bias: nil, output: result, isRectified: false, on: device)
  }
}

/// F×C×HH×WW to C×F×HH×WW, each filter turned by 180°.
func turnFilters<Scalar: KernelScalar>(
  _ sizes: ConvolutionGeometry, _ filters: UnsafePointer<Scalar>, into turned: UnsafeMutablePointer<Scalar>
) {
  let area = sizes.filterHeight * sizes.filterWidth
  for filter in 0..<sizes.filters {
    for channel in 0..<sizes.channels {
      let source = filters + (filter * sizes.channels + channel) * area
      let target = turned + (channel * sizes.filters + filter) * area
      for position in 0..<area { target[area - 1 - position] = source[position] }
    }
  }
}

/// One image's gradient: columns = filtersᵀ · gradient, (C·HH·WW) × (H′·W′), each row of which belongs to one position in the
/// windows.
private func inputGradientByColumns<Scalar: KernelScalar>(
  _ sizes: ConvolutionGeometry, gradient: UnsafePointer<Scalar>, filters: UnsafePointer<Scalar>,
  result: UnsafeMutablePointer<Scalar>, on device: Device
) {
  let plane = sizes.outputPlaneCount
  for index in 0..<sizes.imageCount { result[index] = 0 }
  withScratch(of: Scalar.self, count: sizes.taps * plane, on: device) { columns in
    matrixProduct(
      MatrixProductShape(rows: sizes.taps, columns: plane, depth: sizes.filters),
      MatrixOperand(filters, rowStride: sizes.taps, isTransposed: true), MatrixOperand(gradient, rowStride: plane),
      into: columns, on: device)
    var column = UnsafePointer(columns)
    for channel in 0..<sizes.channels {
      let image = result + channel * sizes.height * sizes.width
      for i in 0..<sizes.filterHeight {
        for j in 0..<sizes.filterWidth {
          addColumn(sizes, column, row: i - sizes.padding, column: j - sizes.padding, to: image)
          column += plane
        }
      }
    }
  }
}

/// Adds H′×W′ numbers to an image at every stride-th position from (`row`, `column`) on, where that is inside.
@inline(__always)
private func addColumn<Scalar: KernelScalar>(
  _ sizes: ConvolutionGeometry, _ numbers: UnsafePointer<Scalar>, row: Int, column: Int,
  to image: UnsafeMutablePointer<Scalar>
) {
  let stride = sizes.stride
  let first = column >= 0 ? 0 : (stride - 1 - column) / stride
  let end = min(sizes.outputWidth, max(first, (sizes.width - column + stride - 1) / stride))
  for outputRow in 0..<sizes.outputHeight {
    let y = outputRow * stride + row
    guard y >= 0, y < sizes.height, first < end else { continue }
    let source = numbers + outputRow * sizes.outputWidth
    let target = image + (y * sizes.width + column)
    for position in first..<end { target[position * stride] += source[position] }
  }
}
