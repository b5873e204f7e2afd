import NbrunKernels
import NbrunTestSupport
import Testing

@testable import NbrunTensors

/// Numbers that dwarf the others: what does not see them must not feel them.
@Suite("The range of numbers in minimal filtering")
struct NumberRangeTests {
  /// Sizes for which each pass that has several methods is filtered minimally.
  static let many = ConvolutionGeometry(
    images: 9, channels: 14, height: 9, width: 12, filters: 13, filterHeight: 3, filterWidth: 3, stride: 1, padding: 1)
  static let few = ConvolutionGeometry(
    images: 3, channels: 3, height: 12, width: 32, filters: 17, filterHeight: 3, filterWidth: 3, stride: 1, padding: 1)
  /// What one number of an image, of the filters or of the gradient becomes.
  static let sizes: [Float] = [1e2, 1e3, 1e4, 1e6, 1e15, 3e37]

  private struct Case {
    let sizes: ConvolutionGeometry
    var images: [Float], filters: [Float], gradient: [Float]

    init(_ sizes: ConvolutionGeometry, seed: UInt64 = 1) {
      var random = SplitMix(state: seed)
      self.sizes = sizes
      images = random.array(count: sizes.images * sizes.imageCount)
      filters = random.array(count: sizes.filters * sizes.taps)
      gradient = random.array(count: sizes.images * sizes.outputCount)
    }

    /// Output, the images' gradient and the filters' gradient as the definition has them.
    var expected: [[Double]] {
      let reference = ReferenceConvolution<Double>(sizes: sizes)
      let (images, filters, gradient) = (images.map(Double.init), filters.map(Double.init), gradient.map(Double.init))
      return [
        reference.forward(images, filters, nil, isRectified: false), reference.inputGradient(gradient, filters),
        reference.filterGradient(images, gradient).filters,
      ]
    }

    /// The same as they are computed.
    func computed(forced: ConvolutionMethod? = nil) -> [[Float]] {
      var (output, filterGradient, inputGradient) = (gradient, filters, images)
      convolutionForward(
        sizes, images: images, filters: filters, bias: nil, output: &output, method: forced, on: device)
      convolutionInputGradient(
        sizes, gradient: gradient, filters: filters, result: &inputGradient, method: forced, on: device)
      convolutionFilterGradient(
        sizes, images: images, gradient: gradient, result: &filterGradient, biasResult: nil, method: forced, on: device)
      return [output, inputGradient, filterGradient]
    }

    /// Compares the passes' results, or those among them that are asked for, with the definition: to 1e-4 of the usual size of a
    /// result, or 1e-5 of its own.
    func check(
      _ passes: [Int], usual: [[Double]], what: String, sourceLocation: SourceLocation = #_sourceLocation,
      only isAskedFor: (Int) -> Bool = { _ in true }
    ) {
      for forced in [nil, ConvolutionMethod.winograd, .winogradByImage, .direct, .columns] {
        let (computed, expected) = (computed(forced: forced), expected)
        for pass in passes {
          let square = usual[pass].reduce(0) { $0 + $1 * $1 } / Double(usual[pass].count)
          let wrong = expected[pass].indices.filter { index in
            guard isAskedFor(index) else { return false }
            let (right, result) = (expected[pass][index], Double(computed[pass][index]))
            if right.isNaN { return !result.isNaN }
            if right.isInfinite { return result != right }
            return !(abs(result - right) <= 1e-4 * square.squareRoot() + 1e-5 * abs(right))
          }
          #expect(
            wrong.isEmpty, "\(what), pass \(pass), by \(forced?.rawValue ?? "choice"): \(wrong.count) are wrong",
            sourceLocation: sourceLocation)
        }
      }
    }
  }

  @Test("a pixel", arguments: [many, few], sizes + [-.infinity, .nan])
  func pixel(sizes: ConvolutionGeometry, size: Float) {
    var one = Case(sizes)
    let usual = one.expected
    // In the first image's middle, and in a corner of the last image's last channel.
    for index in [sizes.width * (sizes.height / 2) + 5, one.images.count - 1] { one.images[index] = size }
    // With what is not finite, a sum may have zero times it that the definition leaves out.
    one.check(size.isFinite ? [0, 2] : [0], usual: usual, what: "a pixel of \(size)")
  }

  @Test("a gradient", arguments: [many, few], sizes + [.infinity, .nan])
  func gradient(sizes: ConvolutionGeometry, size: Float) {
    var one = Case(sizes)
    let usual = one.expected
    for index in [sizes.outputWidth + 3, one.gradient.count - 1] { one.gradient[index] = size }
    one.check(size.isFinite ? [1, 2] : [1], usual: usual, what: "a gradient of \(size)")
  }

  @Test("a factor of a filter", arguments: [many, few], sizes.dropFirst())
  func factor(sizes: ConvolutionGeometry, size: Float) {
    var one = Case(sizes)
    let usual = one.expected
    one.filters[2 * sizes.taps + 9] = size
    one.check([0, 1], usual: usual, what: "a factor of \(size)")
  }

  @Test("small numbers with one that is only large beside them", arguments: [many, few], [1e-12, 1e-6] as [Float])
  func small(sizes: ConvolutionGeometry, scale: Float) {
    var one = Case(sizes)
    one.images = one.images.map { $0 * scale }
    let usual = one.expected
    one.images[sizes.imageCount / 2] = 1
    one.check([0, 2], usual: usual, what: "a pixel of 1 among \(scale)")
  }

  @Test("a bright half beside a dark one", arguments: [many, few], [1e6, 1e9] as [Float])
  func half(sizes: ConvolutionGeometry, size: Float) {
    // As wide as its images are the outputs, of which those of the dark half see nothing bright from one column on.
    let width = sizes.width
    func isBright(_ index: Int) -> Bool { index % width < width / 2 }
    var one = Case(sizes)
    let usual = one.expected
    for index in 0..<sizes.imageCount where isBright(index) { one.images[index] *= size }
    for index in 0..<sizes.outputCount where isBright(index) { one.gradient[index] *= size }
    one.check([0, 1], usual: usual, what: "a half of \(size)") { $0 % width > width / 2 }
  }

  @Test("sends nothing usual to the direct method, whatever its scale", arguments: [many, few])
  func usual(sizes: ConvolutionGeometry) {
    let one = Case(sizes)
    let positions = sizes.height * sizes.width
    func isNarrow(_ numbers: [Float], channels: Int = sizes.channels, width: Int = sizes.width) -> Bool {
      let planes = PolyphasePlanes(
        channels: channels, height: numbers.count / channels / width, width: width, stride: 1, topPadding: 1,
        leftPadding: 1, windowHeight: 3, windowWidth: 3, outputHeight: numbers.count / channels / width,
        outputWidth: width, vectorWidth: 8)
      var room = [Float](repeating: 0, count: planes.count + PolyphasePlanes.slack)
      return NumberRange<Float>().admits(numbers, laidOutIn: planes, at: &room, on: device)
    }
    let image = Array(one.images.prefix(sizes.imageCount))
    for scale: Float in [1e-12, 1e-6, 1, 255, 1e9] { #expect(isNarrow(image.map { scale * $0 }), "\(scale)") }
    // Pixels of 255 on a dim picture; a gradient behind ReLU and pooling; none at all; one channel above the others.
    #expect(isNarrow(image.indices.map { $0 % 7 == 0 ? 255 : image[$0] * 10 }))
    #expect(isNarrow(image.indices.map { image[$0] > 0.5 ? image[$0] : 0 }))
    #expect(
      isNarrow(image.indices.map { $0 % positions < positions - 3 ? 0 : image[$0] }) && isNarrow(image.map { _ in 0 }))
    #expect(isNarrow(image.indices.map { $0 < positions ? 1e6 * image[$0] : image[$0] }))
    for filter in 0..<sizes.filters {
      let taps = Array(one.filters[filter * sizes.taps..<(filter + 1) * sizes.taps])
      #expect(NumberRange<Float>().admits(filter: taps, channels: sizes.channels, on: device))
    }
    #expect(!isNarrow(image.map { 1e13 * $0 }) && !isNarrow(image.map { 1e-16 * $0 }))
    // What is not finite shows at every position.
    for index in [0, 3, 8, sizes.imageCount / 2, sizes.imageCount - 1] {
      for size in [Float.nan, .infinity, -.infinity, 1e20, 1e6] {
        var spoilt = image
        spoilt[index] = size
        #expect(!isNarrow(spoilt), "\(size) at \(index)")
      }
    }
    // Images smaller than a vector.
    for positions in 1...9 { #expect(isNarrow(Array(image.prefix(2 * positions)), channels: 2, width: positions)) }
    #expect(!isNarrow([1, .nan, 1], channels: 1, width: 3) && !isNarrow([1, 1e6, 1], channels: 1, width: 3))
  }
}
