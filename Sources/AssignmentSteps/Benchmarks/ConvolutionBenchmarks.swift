import Steps
import Tensors

/// The convolutions that are timed.
let benchmarkedConvolutions: [(name: String, sizes: ConvolutionGeometry)] = [
  ("assignment", sizes(100, 3, 31, filters: 25, of: 3, stride: 2, padding: 1)),
  ("a", sizes(50, 3, 32, filters: 32, of: 7, stride: 1, padding: 3)),
  ("b", sizes(500, 3, 32, filters: 64, of: 3, stride: 1, padding: 1)),
  ("deep-32", sizes(64, 32, 32, filters: 32, of: 3, stride: 1, padding: 1)),
  ("deep-16", sizes(64, 64, 16, filters: 64, of: 3, stride: 1, padding: 1)),
  ("deep-8", sizes(64, 128, 8, filters: 128, of: 3, stride: 1, padding: 1)),
]

/// Each convolution forward, backward to everything, and backward to the filters and biases alone.
let convolutionBenchmarks: [Benchmark] = benchmarkedConvolutions.flatMap { name, sizes in
  let operations = 2 * Double(sizes.images * sizes.outputCount * sizes.taps)
  let (inputs, outputs) = (sizes.images * sizes.imageCount, sizes.images * sizes.outputCount)
  let filterCount = sizes.filters * sizes.taps
  return [
    Benchmark(
      name: "conv-forward/\(name)", operations: operations, bytes: 4 * Double(inputs + outputs + filterCount)
    ) {
      let data = ConvolutionData(sizes)
      return {
        convolutionForward(
          sizes, images: data.images.pointer, filters: data.filters.pointer, bias: data.bias.pointer,
          output: data.output.pointer)
      }
    },
    Benchmark(
      name: "conv-backward/\(name)", operations: 2 * operations,
      bytes: 4 * Double(2 * inputs + outputs + 2 * filterCount)
    ) {
      let data = ConvolutionData(sizes)
      let inputGradient = BenchmarkBuffer(count: inputs)
      return {
        data.filterGradient()
        convolutionInputGradient(
          sizes, gradient: data.output.pointer, filters: data.filters.pointer, result: inputGradient.pointer)
      }
    },
    Benchmark(
      name: "conv-backward-filters/\(name)", operations: operations,
      bytes: 4 * Double(inputs + outputs + filterCount)
    ) {
      let data = ConvolutionData(sizes)
      return { data.filterGradient() }
    },
  ]
}

private func sizes(
  _ images: Int, _ channels: Int, _ side: Int, filters: Int, of filterSide: Int, stride: Int, padding: Int
) -> ConvolutionGeometry {
  ConvolutionGeometry(
    images: images, channels: channels, height: side, width: side, filters: filters, filterHeight: filterSide,
    filterWidth: filterSide, stride: stride, padding: padding)
}

/// Random data of a convolution.
private struct ConvolutionData: Sendable {
  let sizes: ConvolutionGeometry
  let images: BenchmarkBuffer
  let filters: BenchmarkBuffer
  let bias: BenchmarkBuffer
  /// The output, or its gradient.
  let output: BenchmarkBuffer
  let filterResult: BenchmarkBuffer

  init(_ sizes: ConvolutionGeometry) {
    self.sizes = sizes
    images = BenchmarkBuffer(count: sizes.images * sizes.imageCount)
    filters = BenchmarkBuffer(count: sizes.filters * sizes.taps)
    bias = BenchmarkBuffer(count: sizes.filters)
    output = BenchmarkBuffer(count: sizes.images * sizes.outputCount)
    filterResult = BenchmarkBuffer(count: sizes.filters * sizes.taps)
  }

  func filterGradient() {
    convolutionFilterGradient(
      sizes, images: images.pointer, gradient: output.pointer, result: filterResult.pointer,
      biasResult: bias.pointer)
  }
}
