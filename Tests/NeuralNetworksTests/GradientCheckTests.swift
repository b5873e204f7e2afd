@testable import NbrunNeuralNetworks
import NbrunRandomNumbers
import NbrunTensors
import NbrunTestSupport
import Testing

/// The one gradient check over all layers.
struct GradientCheckTests {
  /// Each layer of the catalogue with a small shape that it takes, and shapes, strides and pads that are special to some; every
  /// way to compute a layer is checked with 20 seeds on each.
  static var table: [(layer: String, options: LayerOptions)] {
    LayerCatalogue.checkable.compactMap { layer in
      smallShapes.first { (try? layer.plan($0)) != nil }.map { (layer.name, $0) }
    } + special
  }

  private static let smallShapes = [
    images([2, 3, 6, 6], filters: [3, 3, 3, 3], stride: 1, padding: 1), LayerOptions(inputShape: [5, 4]),
  ]

  private static let special = [
    ("convolution", images([4, 3, 5, 5], filters: [2, 3, 3, 3], stride: 1, padding: 1)),
    ("convolution", images([2, 2, 4, 5], filters: [3, 2, 1, 1], stride: 1, padding: 0)),
    ("convolution", images([2, 1, 7, 5], filters: [2, 1, 2, 3], stride: 3, padding: 2)),
    ("max-pooling", pooled([3, 2, 8, 8], 2, 2, 2)),
    ("max-pooling", pooled([2, 1, 5, 7], 3, 2, 1)),
    ("max-pooling", pooled([1, 2, 7, 7], 2, 2, 3)),
    ("affine", units([3, 2, 3], 4)),
    ("affine-relu", units([3, 2, 3], 4)),
    ("relu", LayerOptions(inputShape: [4, 5])),
    ("dropout", LayerOptions(inputShape: [4, 5])),
    ("batch-normalization", LayerOptions(inputShape: [5, 3])),
    ("batch-normalization", shifted([6, 4])),
    ("batchnorm-relu", LayerOptions(inputShape: [8, 5])),
    ("batchnorm-relu", shifted([3, 3, 3, 4])),
    ("spatial-batch-normalization", shifted([2, 3, 4, 5])),
    ("conv-relu", images([2, 3, 5, 6], filters: [3, 3, 3, 3], stride: 1, padding: 1)),
    ("conv-relu", images([2, 2, 6, 5], filters: [3, 2, 2, 3], stride: 2, padding: 2)),
    ("conv-relu-pool", images([2, 3, 6, 6], filters: [3, 3, 3, 3], stride: 1, padding: 1)),
    ("svm-loss", LayerOptions(inputShape: [5, 4])),
  ]

  @Test(arguments: table)
  func analyticGradientsAreThoseOfDifferences(name: String, options: LayerOptions) throws {
    let layer = try #require(LayerCatalogue.checkable(named: name))
    for seed in shareOfTrials(20) {
      var random = NumPyRandom(seed: UInt32(seed))
      let inputs = try layer.makeInputs(options, from: &random)
      for variant in layer.variants {
        for check in layer.checkGradients(of: variant, inputs: inputs, options: options) {
          let context = Comment("\(variant), d\(check.name), seed \(seed), \(check.kinks) kinks")
          #expect(throws: Never.self, context) { try check.requireMeaning() }
          #expect(check.maximumRelativeError < limit(name), context)
        }
      }
    }
  }

  /// Asked for or not, the input's gradient leaves no trace in the others; among many channels, too, where filters are
  /// transformed.
  @Test(
    arguments: table + [("conv-relu-pool", images([2, 16, 8, 8], filters: [16, 16, 3, 3], stride: 1, padding: 1))])
  func parametersDoNotDependOnWhetherTheInputIsAskedFor(name: String, options: LayerOptions) throws {
    let layer = try #require(LayerCatalogue.checkable(named: name))
    var random = NumPyRandom(seed: 0)
    let inputs = try layer.makeInputs(options, from: &random)
    func check<Scalar: TensorScalar>(_ inputs: LayerInputs<Scalar>) {
      for variant in layer.variants {
        let implementation = layer.implementation(variant, options)
        let cache = inputs.forward(implementation).cache
        let alone = implementation.backward(inputs.outputGradient, cache, needsInputGradient: false)
        let both = implementation.backward(inputs.outputGradient, cache, needsInputGradient: true)
        #expect(both.dx != nil && alone.parameters.map(\.array) == both.parameters.map(\.array), "\(variant)")
      }
    }
    check(inputs)
    check(inputs.cast(to: Float.self))
  }

  /// Differences of a layer that only picks elements are exact but for rounding.
  private func limit(_ layer: String) -> Double {
    layer == "max-pooling" ? 1e-9 : 1e-6
  }

  @Test func everyLayerIsChecked() {
    #expect(Set(Self.table.map(\.layer)) == Set(LayerCatalogue.checkable.map(\.name)))
  }

  /// |x| at distance t from its kink, and x² whose slope changes as fast as a small kink's would.
  @Test(arguments: [0, 0.1, 1.0 / 3, 0.5, 0.9, -0.3, -0.99])
  func kinksAreFoundWhereverTheyAre(distance: Double) {
    let x = Tensor([distance * 1e-5, 0.3])
    let absolute = NumericalGradient(of: { $0.map(\.magnitude).sum() }, at: x)
    #expect(absolute.kinks == [0])
    #expect(abs(absolute.gradient[1] - 1) < 1e-9)
    #expect(NumericalGradient(of: { $0.map { 1e4 * $0 * $0 }.sum() }, at: x).kinks.isEmpty)
  }

  /// Normalisation takes a large mean off again, and is smooth: what rounding leaves of its second differences is no kink.
  @Test(arguments: [0, 1e2, 1e3, 1e4, 1e5])
  func roundingOfLargeNumbersInsideIsNoKink(offset: Double) throws {
    var options = LayerOptions(inputShape: [6, 4])
    options.inputOffset = offset
    let layer = try #require(LayerCatalogue.checkable(named: "batch-normalization"))
    for seed in shareOfTrials(20) {
      var random = NumPyRandom(seed: UInt32(seed))
      let inputs = try layer.makeInputs(options, from: &random)
      for check in layer.checkGradients(of: layer.variants[0], inputs: inputs, options: options) {
        #expect(check.kinks == 0, "d\(check.name), seed \(seed)")
      }
    }
    // A kink among such numbers is seen all the same.
    let x = Tensor([offset + 2e-6, offset + 0.3])
    #expect(NumericalGradient(of: { ($0 - offset).map(\.magnitude) }, at: x, outputGradient: .ones([2])).kinks == [0])
  }

  @Test func whatLiesBeyondTheStepIsNoKink() {
    #expect(NumericalGradient(of: { $0.map(\.magnitude).sum() }, at: Tensor([1.1e-5])).kinks.isEmpty)
  }

  /// A large number and a small slope that changes beyond the step: wider differences stay within the rounding of the narrow one.
  @Test(arguments: [2e-5, 1e-4, 1e-3, 1e-2], [1e-5, 1e-3, 1])
  func widerDifferencesDoNotCrossKinks(distance: Double, jump: Double) {
    let numerical = NumericalGradient(
      of: { x in x.map { 3 + 1e-6 * $0 + jump * max(0, $0 - distance) } }, at: Tensor([0.0]),
      outputGradient: Tensor([1.0]))
    #expect(numerical.kinks.isEmpty)
    #expect(abs(numerical.gradient[0] - 1e-6) < 4e-10, "\(numerical.gradient[0])")
  }

  @Test func wrongGradientsAreFound() throws {
    let x = Tensor([1.0, 2, 3])
    let numerical = NumericalGradient(of: { ($0 * $0).sum() }, at: x)
    #expect(GradientCheck(name: "x", analytic: 2 * x, numerical: numerical).maximumRelativeError < 1e-9)
    #expect(
      GradientCheck(name: "x", analytic: Tensor([2, 4, 6.001]), numerical: numerical).maximumRelativeError > 8e-5)
  }

  @Test func aCheckWithTooManyKinksFails() throws {
    let x = Tensor([0.0, 1, 2])
    let numerical = NumericalGradient(of: { $0.map(\.magnitude).sum() }, at: x)
    let check = GradientCheck(name: "x", analytic: .ones([3]), numerical: numerical)
    #expect(check.kinks == 1 && check.entries == 3 && check.maximumRelativeError < 1e-9)
    #expect(throws: TooManyKinks(check: check)) { try check.requireMeaning() }
  }

  private static func images(_ input: Shape, filters: Shape, stride: Int, padding: Int) -> LayerOptions {
    var options = LayerOptions(inputShape: input)
    (options.filterShape, options.stride, options.padding) = (filters, stride, padding)
    return options
  }

  private static func pooled(_ input: Shape, _ height: Int, _ width: Int, _ stride: Int) -> LayerOptions {
    var options = LayerOptions(inputShape: input)
    (options.poolHeight, options.poolWidth, options.poolStride) = (height, width, stride)
    return options
  }

  private static func units(_ input: Shape, _ units: Int) -> LayerOptions {
    var options = LayerOptions(inputShape: input)
    options.units = units
    return options
  }

  private static func shifted(_ input: Shape) -> LayerOptions {
    var options = LayerOptions(inputShape: input)
    (options.inputScale, options.inputOffset) = (5, 12)
    return options
  }
}
