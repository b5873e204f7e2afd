import NbrunKernels
import NbrunTestSupport
import Testing

@testable import NbrunTensors

/// The filters' gradient from the largest outputs of a pooling alone, whatever the sizes, also where it would not be chosen.
@Suite("Pooled filter gradient")
struct PooledFilterGradientTests {
  /// Sizes, numbers for them, and the largest of their windows, of which ReLU took some away.
  private struct Sample<Scalar: KernelScalar> {
    let sizes: ConvolutionGeometry
    let pooling: PoolingGeometry
    let images: [Scalar]
    let gradient: [Scalar]
    /// Places in the planes of outputs.
    let argmax: [Int]
    let isPositive: [Bool]

    init(using random: inout SplitMix) {
      func pick(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }
      let isUsual = pick(0...1) == 0
      var sizes = isUsual ? ConvolutionGeometry.randomWide(using: &random) : .random(using: &random)
      if pick(0...3) == 0 { sizes.images = pick(17...25) }
      pooling = PoolingGeometry(
        planes: sizes.images * sizes.filters, height: sizes.outputHeight, width: sizes.outputWidth,
        windowHeight: pick(1...min(4, sizes.outputHeight)), windowWidth: pick(1...min(4, sizes.outputWidth)),
        stride: pick(1...4))
      self.sizes = sizes
      images = random.array(count: sizes.images * sizes.imageCount)
      gradient = random.array(count: pooling.planes * pooling.outputHeight * pooling.outputWidth)
      let outputs: [Scalar] = random.array(count: sizes.images * sizes.outputCount)
      let pooled = ReferencePooling<Scalar>(sizes: pooling).forward(outputs)
      argmax = pooled.argmax
      isPositive = pooled.output.map { $0 > 0 }
    }

    /// The winners as the pooling writes them down: by their places in their windows, 255 where there is none.
    var places: [UInt8] {
      argmax.enumerated().map { index, winner in
        guard isPositive[index] else { return 255 }
        let (row, column) = (index / pooling.outputWidth % pooling.outputHeight, index % pooling.outputWidth)
        let (y, x) = (winner / pooling.width % pooling.height, winner % pooling.width)
        return UInt8((y - row * pooling.stride) * pooling.windowWidth + x - column * pooling.stride)
      }
    }

    /// The gradients of filters and bias as the definition reads.
    var expected: (filters: [Scalar], bias: [Scalar]) {
      let passed = zip(gradient, isPositive).map { $1 ? $0 : 0 }
      let unpooled = ReferencePooling<Scalar>(sizes: pooling).backward(passed, argmax: argmax)
      return ReferenceConvolution<Scalar>(sizes: sizes).filterGradient(images, unpooled)
    }

    func run(on device: Device) -> (filters: [Scalar], bias: [Scalar]) {
      var filters = [Scalar](repeating: .nan, count: sizes.filters * sizes.taps)
      var bias = [Scalar](repeating: .nan, count: sizes.filters)
      PooledFilterGradient<Scalar>(sizes, pooling: pooling).run(
        images: images, gradient: gradient, argmax: places, result: &filters, biasResult: &bias, on: device)
      return (filters, bias)
    }
  }

  private func compare<Scalar: KernelScalar>(_: Scalar.Type, tolerance: Double, seed: UInt64) {
    var random = SplitMix(state: seed)
    for trial in shareOfTrials(30).map({ $0 + Int(seed) }) {
      let sample = Sample<Scalar>(using: &random)
      let expected = sample.expected
      let results = sample.run(on: ConvolutionTests.devices[trial % 3])
      #expect(
        relativeDifference(results.filters, expected.filters) < tolerance, "\(sample.sizes) \(sample.pooling)")
      #expect(relativeDifference(results.bias, expected.bias) < tolerance, "\(sample.sizes) \(sample.pooling)")
    }
  }

  @Test("agrees with the definition in Float", arguments: 0..<4)
  func agreesInFloat(seed: UInt64) { compare(Float.self, tolerance: 1e-4, seed: 400 + seed) }

  @Test("agrees with the definition in Double", arguments: 0..<4)
  func agreesInDouble(seed: UInt64) { compare(Double.self, tolerance: 1e-12, seed: 500 + seed) }

  @Test("gives the same bits for every number of threads", arguments: 0..<2)
  func sameBits(seed: UInt64) {
    var random = SplitMix(state: 600 + seed)
    for _ in shareOfTrials(20) {
      let sample = Sample<Float>(using: &random)
      let results = ConvolutionTests.devices.map { sample.run(on: $0) }
      #expect(results.allSatisfy { $0.filters == results[0].filters && $0.bias == results[0].bias }, "\(sample.sizes)")
    }
  }

  @Test("is zero without images")
  func withoutImages() {
    let sizes = Self.sizes(images: 0, channels: 3, filters: 5, filterSize: 7)
    var filters = [Double](repeating: .nan, count: sizes.filters * sizes.taps)
    var bias = [Double](repeating: .nan, count: sizes.filters)
    convolutionReLUPoolBackward(
      sizes, pooling: Self.pooling(sizes, window: 2, stride: 2), images: [], filters: [], gradient: [], argmax: [],
      filterResult: &filters, biasResult: &bias, imageResult: nil, on: device)
    #expect(filters.allSatisfy { $0 == 0 } && bias.allSatisfy { $0 == 0 })
  }

  @Test("a gradient that is not a number shows in all that it reaches, and in nothing else")
  func notANumber() {
    let sizes = Self.sizes(images: 2, channels: 3, filters: 4, filterSize: 3)
    let pooling = Self.pooling(sizes, window: 2, stride: 2)
    let windows = pooling.outputHeight * pooling.outputWidth
    var gradient = [Float](repeating: 1, count: pooling.planes * windows)
    gradient[windows + 40] = .nan
    var filters = [Float](repeating: 0, count: sizes.filters * sizes.taps)
    var bias = [Float](repeating: 0, count: sizes.filters)
    PooledFilterGradient<Float>(sizes, pooling: pooling).run(
      images: [Float](repeating: 0.5, count: 2 * sizes.imageCount), gradient: gradient,
      argmax: [UInt8](repeating: 3, count: gradient.count), result: &filters, biasResult: &bias, on: device)
    for filter in 0..<sizes.filters {
      #expect(bias[filter].isNaN == (filter == 1))
      #expect(filters[filter * sizes.taps..<(filter + 1) * sizes.taps].allSatisfy { $0.isNaN == (filter == 1) })
    }
  }

  @Test("is chosen for the notebooks' networks, not for windows at every place, nor for single factors")
  func choice() {
    func isChosen(channels: Int, filters: Int, filterSize: Int, window: Int = 2, stride: Int = 2) -> Bool {
      let sizes = Self.sizes(images: 50, channels: channels, filters: filters, filterSize: filterSize)
      let pooling = Self.pooling(sizes, window: window, stride: stride)
      return ConvolutionMethod.choose(sizes, .pooledFilterGradient(pooling), Float.self) == .argmax
    }
    #expect(isChosen(channels: 3, filters: 32, filterSize: 7))
    #expect(isChosen(channels: 3, filters: 64, filterSize: 3))
    #expect(!isChosen(channels: 3, filters: 32, filterSize: 7, stride: 1))
    #expect(!isChosen(channels: 16, filters: 16, filterSize: 1))
  }

  private static func sizes(images: Int, channels: Int, filters: Int, filterSize: Int) -> ConvolutionGeometry {
    ConvolutionGeometry(
      images: images, channels: channels, height: 32, width: 32, filters: filters, filterHeight: filterSize,
      filterWidth: filterSize, stride: 1, padding: filterSize / 2)
  }

  private static func pooling(_ sizes: ConvolutionGeometry, window: Int, stride: Int) -> PoolingGeometry {
    PoolingGeometry(
      planes: sizes.images * sizes.filters, height: sizes.outputHeight, width: sizes.outputWidth, windowHeight: window,
      windowWidth: window, stride: stride)
  }
}
