import NbrunKernels
import NbrunTestSupport
import Testing

@testable import NbrunTensors

@Suite("Convolution")
struct ConvolutionTests {
  static let devices = [1, 2, 3].map { Device(threads: $0) }

  @Test("agrees with the definition in Float, over random sizes", arguments: 0..<16)
  func agreesInFloat(seed: UInt64) {
    compare(Float.self, tolerance: 1e-4, seed: seed, trials: 60)
  }

  @Test("agrees with the definition in Double, over random sizes", arguments: 16..<24)
  func agreesInDouble(seed: UInt64) {
    compare(Double.self, tolerance: 1e-12, seed: seed, trials: 40)
  }

  @Test("agrees with the definition where minimal filtering is chosen", arguments: 24..<28)
  func agreesByMinimalFiltering(seed: UInt64) {
    compare(Float.self, tolerance: 1e-4, seed: seed, trials: 12) { random in
      let sizes = ConvolutionGeometry(
        images: .random(in: 1...20, using: &random), channels: .random(in: 12...40, using: &random),
        height: .random(in: 3...18, using: &random), width: .random(in: 3...18, using: &random),
        filters: .random(in: 12...40, using: &random), filterHeight: 3, filterWidth: 3, stride: 1,
        padding: .random(in: 0...2, using: &random))
      return sizes
    }
  }

  @Test("agrees with the definition for wide filters", arguments: 28..<32)
  func agreesForWideFilters(seed: UInt64) {
    compare(Float.self, tolerance: 1e-4, seed: seed, trials: 12) { ConvolutionGeometry.randomWide(using: &$0) }
  }

  @Test("agrees with the definition where a piece of work takes several images", arguments: 36..<40)
  func agreesForManyImages(seed: UInt64) {
    compare(Float.self, tolerance: 1e-4, seed: seed, trials: 12) { random in
      let one = ConvolutionGeometry.random(using: &random)
      return ConvolutionGeometry(
        images: .random(in: 17...40, using: &random), channels: min(one.channels, 4), height: one.height,
        width: one.width, filters: one.filters, filterHeight: one.filterHeight, filterWidth: one.filterWidth,
        stride: one.stride, padding: one.padding)
    }
  }

  @Test("agrees with the definition where images of few channels are filtered minimally", arguments: 32..<36)
  func agreesByImageFiltering(seed: UInt64) {
    compare(Float.self, tolerance: 1e-4, seed: seed, trials: 12) { .randomOfFewChannels(using: &$0) }
  }

  private func compare<Scalar: KernelScalar>(
    _: Scalar.Type, tolerance: Double, seed: UInt64, trials: Int,
    sizes makeSizes: (inout SplitMix) -> ConvolutionGeometry = { ConvolutionGeometry.random(using: &$0) }
  ) {
    var random = SplitMix(state: seed)
    // Counted on from seed to seed, so that a share of the trials has all variants too.
    for trial in shareOfTrials(trials).map({ $0 + Int(seed) }) {
      let sizes = makeSizes(&random)
      let reference = ReferenceConvolution<Scalar>(sizes: sizes)
      let images: [Scalar] = random.array(count: sizes.images * sizes.imageCount)
      let filters: [Scalar] = random.array(count: sizes.filters * sizes.taps)
      let bias: [Scalar]? = trial % 4 == 0 ? nil : random.array(count: sizes.filters)
      let gradient: [Scalar] = random.array(count: sizes.images * sizes.outputCount)
      let device = Self.devices[trial % 3]

      var output = gradient.map { _ in Scalar.nan }
      convolutionForward(
        sizes, images: images, filters: filters, bias: bias, output: &output, isRectified: trial % 2 == 0, on: device)
      let expected = reference.forward(images, filters, bias, isRectified: trial % 2 == 0)
      #expect(relativeDifference(output, expected) < tolerance, "forward \(sizes)")

      var filterGradient = filters.map { _ in Scalar.nan }
      var biasGradient = [Scalar](repeating: .nan, count: sizes.filters)
      convolutionFilterGradient(
        sizes, images: images, gradient: gradient, result: &filterGradient, biasResult: &biasGradient, on: device)
      let expectedGradients = reference.filterGradient(images, gradient)
      // Sums over images and places round less than minimal filtering's outputs do: a factor of 1.00005 is seen.
      let gradientTolerance = min(tolerance, 2e-5)
      #expect(relativeDifference(filterGradient, expectedGradients.filters) < gradientTolerance, "filters \(sizes)")
      #expect(relativeDifference(biasGradient, expectedGradients.bias) < gradientTolerance, "bias \(sizes)")

      var inputGradient = images.map { _ in Scalar.nan }
      convolutionInputGradient(sizes, gradient: gradient, filters: filters, result: &inputGradient, on: device)
      #expect(
        relativeDifference(inputGradient, reference.inputGradient(gradient, filters)) < tolerance, "input \(sizes)")
    }
  }

  @Test("has filter gradients of zero without images", arguments: [3, 7], [2, 16])
  func withoutImages(filterSize: Int, channels: Int) {
    let sizes = ConvolutionGeometry(
      images: 0, channels: channels, height: 32, width: 32, filters: 16, filterHeight: filterSize,
      filterWidth: filterSize, stride: 1, padding: filterSize / 2)
    var result = [Float](repeating: .nan, count: sizes.filters * sizes.taps)
    var biasResult = [Float](repeating: .nan, count: sizes.filters)
    convolutionFilterGradient(sizes, images: [], gradient: [], result: &result, biasResult: &biasResult, on: device)
    #expect(result.allSatisfy { $0 == 0 } && biasResult.allSatisfy { $0 == 0 })
  }

  /// Of the planes by remainders only those that windows meet are laid out: with all of them an image would take 1.28 TB.
  @Test("takes strides far beyond its windows", arguments: [7, 1000, 400_000])
  func greatStrides(stride: Int) {
    let sizes = ConvolutionGeometry(
      images: 2, channels: 3, height: 9, width: 8, filters: 4, filterHeight: 3, filterWidth: 2, stride: stride,
      padding: stride / 2)
    var random = SplitMix(state: UInt64(stride))
    let reference = ReferenceConvolution<Double>(sizes: sizes)
    let images: [Double] = random.array(count: sizes.images * sizes.imageCount)
    let filters: [Double] = random.array(count: sizes.filters * sizes.taps)
    let gradient: [Double] = random.array(count: sizes.images * sizes.outputCount)
    var (output, filterGradient, inputGradient) = (gradient, filters, images)
    convolutionForward(sizes, images: images, filters: filters, bias: nil, output: &output, on: device)
    convolutionFilterGradient(
      sizes, images: images, gradient: gradient, result: &filterGradient, biasResult: nil, on: device)
    convolutionInputGradient(sizes, gradient: gradient, filters: filters, result: &inputGradient, on: device)
    #expect(relativeDifference(output, reference.forward(images, filters, nil, isRectified: false)) < 1e-12)
    #expect(relativeDifference(filterGradient, reference.filterGradient(images, gradient).filters) < 1e-12)
    #expect(relativeDifference(inputGradient, reference.inputGradient(gradient, filters)) < 1e-12)
  }

  @Test("gives the same bits for every number of threads", arguments: 0..<4)
  func sameBits(seed: UInt64) {
    var random = SplitMix(state: 100 + seed)
    for trial in shareOfTrials(40) {
      let sizes =
        switch trial % 8 {
        case 0: ConvolutionGeometry.randomWide(using: &random)
        case 4: ConvolutionGeometry.randomOfFewChannels(using: &random)
        default: ConvolutionGeometry.random(using: &random)
        }
      let images: [Float] = random.array(count: sizes.images * sizes.imageCount)
      let filters: [Float] = random.array(count: sizes.filters * sizes.taps)
      let gradient: [Float] = random.array(count: sizes.images * sizes.outputCount)
      let results = Self.devices.map { device in
        var output = gradient
        var filterGradient = filters
        var biasGradient = [Float](repeating: 0, count: sizes.filters)
        var inputGradient = images
        convolutionForward(sizes, images: images, filters: filters, bias: nil, output: &output, on: device)
        convolutionFilterGradient(
          sizes, images: images, gradient: gradient, result: &filterGradient, biasResult: &biasGradient, on: device)
        convolutionInputGradient(sizes, gradient: gradient, filters: filters, result: &inputGradient, on: device)
        return [output, filterGradient, biasGradient, inputGradient]
      }
      #expect(results[0] == results[1] && results[0] == results[2], "\(sizes)")
    }
  }

  @Test("fused with ReLU and pooling equals the three in turn", arguments: 0..<6)
  func fused(seed: UInt64) {
    compareFused(Double.self, outputTolerance: 1e-12, tolerance: 1e-11, seed: 200 + seed, trials: 40) {
      .random(using: &$0)
    }
  }

  @Test("fused with ReLU and pooling equals the three in turn, with wide filters in Float", arguments: 0..<3)
  func fusedWide(seed: UInt64) {
    compareFused(Float.self, outputTolerance: 1e-4, tolerance: 2e-5, seed: 300 + seed, trials: 8) {
      .randomWide(using: &$0)
    }
  }

  private func compareFused<Scalar: KernelScalar>(
    _: Scalar.Type, outputTolerance: Double, tolerance: Double, seed: UInt64, trials: Int,
    sizes makeSizes: (inout SplitMix) -> ConvolutionGeometry
  ) {
    var random = SplitMix(state: seed)
    for trial in shareOfTrials(trials).map({ $0 + Int(seed) }) {
      let sizes = makeSizes(&random)
      let isUsual = trial % 2 == 0 && sizes.outputHeight >= 2 && sizes.outputWidth >= 2
      let pooling = PoolingGeometry(
        planes: sizes.images * sizes.filters, height: sizes.outputHeight, width: sizes.outputWidth,
        windowHeight: isUsual ? 2 : .random(in: 1...min(3, sizes.outputHeight), using: &random),
        windowWidth: isUsual ? 2 : .random(in: 1...min(3, sizes.outputWidth), using: &random),
        stride: isUsual ? 2 : .random(in: 1...3, using: &random))
      let reference = ReferenceConvolution<Scalar>(sizes: sizes)
      let referencePooling = ReferencePooling<Scalar>(sizes: pooling)
      let images: [Scalar] = random.array(count: sizes.images * sizes.imageCount)
      let filters: [Scalar] = random.array(count: sizes.filters * sizes.taps)
      let bias: [Scalar] = random.array(count: sizes.filters)
      let outputs = pooling.planes * pooling.outputHeight * pooling.outputWidth
      let gradient: [Scalar] = random.array(count: outputs)

      let convolved = reference.forward(images, filters, bias, isRectified: true)
      let pooled = referencePooling.forward(convolved)
      var output = gradient
      var argmax = [UInt8](repeating: 0, count: outputs)
      convolutionReLUPoolForward(
        sizes, pooling: pooling, images: images, filters: filters, bias: bias, output: &output, argmax: &argmax,
        on: Self.devices[trial % 3])
      #expect(relativeDifference(output, pooled.output) < outputTolerance, "\(sizes) \(pooling)")

      let unpooled = referencePooling.backward(gradient, argmax: pooled.argmax)
      let passed = zip(unpooled, convolved).map { $1 > 0 ? $0 : 0 }
      let expected = reference.filterGradient(images, passed)
      for wantsImages in [false, true] {
        var filterGradient = filters
        var biasGradient = bias
        var imageGradient = images
        imageGradient.withUnsafeMutableBufferPointer { imageGradient in
          convolutionReLUPoolBackward(
            sizes, pooling: pooling, images: images, filters: filters, gradient: gradient, argmax: argmax,
            filterResult: &filterGradient, biasResult: &biasGradient,
            imageResult: wantsImages ? imageGradient.baseAddress : nil, on: Self.devices[trial % 3])
        }
        #expect(relativeDifference(filterGradient, expected.filters) < tolerance, "\(sizes) \(pooling)")
        #expect(relativeDifference(biasGradient, expected.bias) < tolerance, "\(sizes) \(pooling)")
        if wantsImages {
          #expect(relativeDifference(imageGradient, reference.inputGradient(passed, filters)) < tolerance, "\(sizes)")
        }
      }
    }
  }
}

extension ConvolutionGeometry {
  /// Small random sizes that fit together; now and then those of a usual layer.
  static func random(using random: inout SplitMix) -> ConvolutionGeometry {
    func pick(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }
    let isUsual = pick(0...3) == 0
    let padding = isUsual ? 1 : pick(0...3)
    let filterHeight = isUsual ? 3 : pick(1...5)
    let filterWidth = isUsual ? 3 : pick(1...5)
    return ConvolutionGeometry(
      images: pick(1...5), channels: pick(1...(isUsual ? 20 : 6)),
      height: pick(max(1, filterHeight - 2 * padding)...19), width: pick(max(1, filterWidth - 2 * padding)...19),
      filters: pick(1...(isUsual ? 20 : 14)), filterHeight: filterHeight, filterWidth: filterWidth,
      stride: isUsual ? 1 : pick(1...4), padding: padding)
  }

  /// Sizes with wide filters over rows that fill most of a block of tiles.
  static func randomWide(using random: inout SplitMix) -> ConvolutionGeometry {
    func pick(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }
    let padding = pick(0...3)
    let filterWidth = pick(6...12)
    let outputWidth = pick(0...1) == 0 ? pick(26...32) : pick(52...64)
    return ConvolutionGeometry(
      images: pick(1...9), channels: pick(1...4), height: pick(7...12),
      width: outputWidth - 1 + filterWidth - 2 * padding, filters: pick(1...9), filterHeight: pick(1...7),
      filterWidth: filterWidth, stride: 1, padding: padding)
  }

  /// Sizes for which `WinogradImageConvolution` is chosen, among them rows of tiles that fill no whole vectors.
  static func randomOfFewChannels(using random: inout SplitMix) -> ConvolutionGeometry {
    func pick(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }
    while true {
      let padding = pick(0...2)
      let outputWidth = pick(0...1) == 0 ? pick(26...32) : pick(52...64)
      let sizes = ConvolutionGeometry(
        images: pick(1...5), channels: pick(2...11), height: pick(4...20), width: outputWidth + 2 - 2 * padding,
        filters: pick(16...30), filterHeight: 3, filterWidth: 3, stride: 1, padding: padding)
      if ConvolutionMethod.choose(sizes, .forward, Float.self) == .winogradByImage { return sizes }
    }
  }
}
