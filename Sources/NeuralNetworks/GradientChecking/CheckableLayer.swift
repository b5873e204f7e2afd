import RandomNumbers
import Tensors

/// One way to compute a layer, in the form that checks and races take.
public protocol LayerImplementation: Sendable {
  /// The arrays that the layer takes, in the order in which they are drawn, the input first.
  ///
  /// - Throws: `ShapeError` where the options do not meet.
  func arrays(for options: LayerOptions) throws(ShapeError) -> [LayerArray]

  /// The shape of the output; `[]` for a loss.
  ///
  /// - Throws: `ShapeError` where the options do not meet.
  func outputShape(for options: LayerOptions) throws(ShapeError) -> Shape

  /// The shapes of the large arrays that computing it makes besides those that it takes and gives.
  ///
  /// - Throws: `ShapeError` where the options do not meet.
  func workingShapes(for options: LayerOptions) throws(ShapeError) -> [Shape]

  /// Computes the output. What is returned with it computes, from the gradient with respect to the output, those with
  /// respect to the arrays.
  func forward<Scalar: TensorScalar>(
    _ inputs: LayerInputs<Scalar>, options: LayerOptions
  ) -> LayerEvaluation<Scalar>
}

extension LayerImplementation {
  /// None, as for most layers.
  public func workingShapes(for options: LayerOptions) throws(ShapeError) -> [Shape] { [] }
}

/// A layer's output, and the computation of the gradients with respect to its arrays from that with respect to the output.
public typealias LayerEvaluation<Scalar: TensorScalar> = (
  output: Tensor<Scalar>, backward: (Tensor<Scalar>) -> [Tensor<Scalar>]
)

/// A layer that gradient checks and races accept by name.
///
/// To have a layer of your own checked, write a `LayerImplementation` and register an entry: `LayerCatalogue.register(…)`.
public struct CheckableLayer: Sendable {
  /// One of the ways to compute the layer.
  public struct Variant: Sendable {
    /// `naive` or `fast`.
    public var name: String
    /// The computation.
    public var implementation: any LayerImplementation

    /// A variant of this name.
    public init(_ name: String, _ implementation: any LayerImplementation) {
      self.name = name
      self.implementation = implementation
    }
  }

  /// The name, in kebab-case.
  public var name: String
  /// One sentence that says what the layer computes.
  public var summary: String
  /// The ways to compute it, at least one; the first is the plainest and the oracle of the others.
  public var variants: [Variant]
  /// Whether the layer is a loss: it takes labels, and its output is a number.
  public var isLoss: Bool
  /// The settings that it depends on.
  public var settings: Set<LayerSetting>

  /// A layer with these ways to compute it.
  /// - Parameter settings: those that it depends on, which reports list; all unless said.
  public init(
    _ name: String, summary: String, isLoss: Bool = false, settings: Set<LayerSetting> = Set(LayerSetting.allCases),
    variants: [Variant]
  ) {
    guard !variants.isEmpty else { fatalError("the layer \(name) has no implementation") }
    self.name = name
    self.summary = summary
    self.isLoss = isLoss
    self.settings = settings
    self.variants = variants
  }

  /// The variant of this name, or nil.
  public func variant(named name: String) -> Variant? {
    variants.first { $0.name == name }
  }

  /// Throws `ShapeError` where the options do not meet; allocates nothing.
  public func validate(_ options: LayerOptions) throws(ShapeError) {
    _ = try variants[0].implementation.arrays(for: options)
    _ = try variants[0].implementation.outputShape(for: options)
  }

  /// Draws what the layer is given: its arrays in order, then labels (for a loss) or the gradient with respect to the output,
  /// all standard normal, as `np.random.randn` would in the same order.
  public func makeInputs(
    _ options: LayerOptions, from random: inout NumPyRandom
  ) throws(ShapeError) -> LayerInputs<Double> {
    let implementation = variants[0].implementation
    let outputShape = try implementation.outputShape(for: options)
    var arrays: [Tensor<Double>] = []
    for array in try implementation.arrays(for: options) {
      arrays.append(Tensor<Double>.randomNormal(array.shape, from: &random))
    }
    if options.inputScale != 1 || options.inputOffset != 0 {
      arrays[0] = options.inputScale * arrays[0] + options.inputOffset
    }
    guard isLoss else {
      let outputGradient = Tensor<Double>.randomNormal(outputShape, from: &random)
      return LayerInputs(arrays: arrays, labels: [], outputGradient: outputGradient)
    }
    let labels = random.randint(0..<options.inputShape[1], count: options.inputShape[0])
    return LayerInputs(arrays: arrays, labels: labels, outputGradient: Tensor([1], shape: []))
  }

  /// Compares the gradients of one variant with centred differences, one check for each array.
  public func checkGradients(
    of variant: Variant, inputs: LayerInputs<Double>, options: LayerOptions, step: Double = 1e-5
  ) throws(ShapeError) -> [GradientCheck] {
    let implementation = variant.implementation
    let arrays = try implementation.arrays(for: options)
    let gradients = implementation.forward(inputs, options: options).backward(inputs.outputGradient)
    return arrays.indices.map { index in
      let numerical = NumericalGradient(
        of: { value in
          var varied = inputs
          varied.arrays[index] = value
          return implementation.forward(varied, options: options).output
        },
        at: inputs.arrays[index], outputGradient: inputs.outputGradient, step: step)
      return GradientCheck(name: arrays[index].name, analytic: gradients[index], numerical: numerical)
    }
  }
}
