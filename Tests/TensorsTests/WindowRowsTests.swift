import TestSupport
import Testing

@testable import Tensors

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

  @Test("of windows that lie in the padding alone leave the bias", arguments: [1, 2, 3])
  func paddingAlone(stride: Int) {
    let sizes = ConvolutionSizes(
      images: 2, channels: 3, height: 2, width: 3, filters: 7, filterHeight: 3, filterWidth: 2, stride: stride,
      padding: 6)
    var random = SplitMix(state: 9)
    let images: [Float] = random.array(count: sizes.images * sizes.imageCount)
    let filters: [Float] = random.array(count: sizes.filters * sizes.taps)
    let bias: [Float] = random.array(count: sizes.filters)
    var output = [Float](repeating: .nan, count: sizes.images * sizes.outputCount)
    convolutionForward(sizes, images: images, filters: filters, bias: bias, output: &output)
    for image in 0..<sizes.images {
      for filter in 0..<sizes.filters {
        #expect(output[image * sizes.outputCount + filter * sizes.outputPlaneCount] == bias[filter])
      }
    }
  }
}
