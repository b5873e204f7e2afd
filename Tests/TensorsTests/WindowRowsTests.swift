import NbrunTestSupport
import Testing

@testable import NbrunTensors

@Suite("Rows of windows")
struct WindowRowsTests {
  @Test("are those that meet the image, for filters and for outputs", arguments: 0..<4)
  func meetTheImage(seed: UInt64) {
    var random = SplitMix(state: seed)
    for _ in shareOfTrials(200) {
      let rows = WindowRows(
        filterHeight: .random(in: 1...7, using: &random), outputHeight: .random(in: 1...12, using: &random),
        imageHeight: .random(in: 1...12, using: &random), stride: .random(in: 1...4, using: &random),
        topPadding: .random(in: -3...9, using: &random))
      for output in 0..<rows.outputHeight {
        let met = (0..<rows.filterHeight).filter { meets(rows, output, $0) }
        #expect(Array(rows.filterRows(outputRow: output)) == met, "output \(output) of \(rows)")
      }
      for filter in 0..<rows.filterHeight {
        let met = (0..<rows.outputHeight).filter { meets(rows, $0, filter) }
        #expect(Array(rows.outputRows(filterRow: filter)) == met, "filter \(filter) of \(rows)")
      }
    }
  }

  private func meets(_ rows: WindowRows, _ output: Int, _ filter: Int) -> Bool {
    (0..<rows.imageHeight).contains(output * rows.stride + filter - rows.topPadding)
  }

  @Test("where windows lie in the padding alone", arguments: [1, 2, 3], [(2, 3), (9, 4)])
  func paddingAlone(stride: Int, image: (height: Int, width: Int)) {
    let sizes = ConvolutionGeometry(
      images: 2, channels: 3, height: image.height, width: image.width, filters: 7, filterHeight: 3, filterWidth: 2,
      stride: stride, padding: 6)
    let reference = ReferenceConvolution<Float>(sizes: sizes)
    var random = SplitMix(state: 9)
    let images: [Float] = random.array(count: sizes.images * sizes.imageCount)
    let filters: [Float] = random.array(count: sizes.filters * sizes.taps)
    let bias: [Float] = random.array(count: sizes.filters)
    let gradient: [Float] = random.array(count: sizes.images * sizes.outputCount)

    var output = gradient.map { _ in Float.nan }
    convolutionForward(sizes, images: images, filters: filters, bias: bias, output: &output, on: device)
    #expect(relativeDifference(output, reference.forward(images, filters, bias, isRectified: false)) < 1e-4)
    #expect(output[0] == bias[0] && output[sizes.outputPlaneCount - 1] == bias[0])

    var filterGradient = filters.map { _ in Float.nan }
    var biasGradient = bias.map { _ in Float.nan }
    convolutionFilterGradient(
      sizes, images: images, gradient: gradient, result: &filterGradient, biasResult: &biasGradient, on: device)
    let expected = reference.filterGradient(images, gradient)
    #expect(relativeDifference(filterGradient, expected.filters) < 1e-4)
    #expect(relativeDifference(biasGradient, expected.bias) < 1e-4)

    var inputGradient = images.map { _ in Float.nan }
    convolutionInputGradient(sizes, gradient: gradient, filters: filters, result: &inputGradient, on: device)
    #expect(relativeDifference(inputGradient, reference.inputGradient(gradient, filters)) < 1e-4)
  }
}
