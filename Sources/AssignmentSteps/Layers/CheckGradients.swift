import NeuralNetworks
import Steps
import Tensors

/// The gradients of a layer against centred differences.
struct CheckGradients: Step {
  static let name: StepName = "gradient-check"
  static let summary = "Compares the gradients of a layer with centred differences, on random numbers."

  static var notes: String { LayerParameters.notes }
  static var variants: [StepVariant] { LayerParameters.variants }

  @Parameters var sizes: LayerParameters
  @Parameter("Which of its implementations, naive or fast; the plainest unless given.") var implementation: String?
  @Parameter("Half the distance between the points of a difference.", in: 1e-9...1e-2) var h = 1e-5

  var metrics: [Metric] {
    sizes.arrays.map { .noise(errorKey(of: $0.name), gradientErrorHelp(of: $0.name)) } + [kinksMetric]
  }

  var effects: [String: ParameterEffect] {
    var effects = sizes.effects
    if implementation == nil { effects["implementation"] = .value(layer.variants[0].name) }
    return effects
  }

  func validate() throws {
    try sizes.validate()
    _ = try variant()
  }

  func run(in cell: Cell) throws {
    cell.prepareForTensors()
    let variant = try variant()
    let checks = try layer.checkGradients(
      of: variant, inputs: sizes.drawInputs(for: cell), options: sizes.options(), step: h)

    print("Testing the gradients of \(layer.name) (\(variant.name))")
    try cell.report(checks) { (errorKey(of: $0), "d\($0) error: ") }
  }

  private var layer: CheckableLayer { sizes.checkable }

  private func variant() throws -> CheckableLayer.Variant {
    guard let implementation else { return layer.variants[0] }
    guard let variant = layer.variant(named: implementation) else {
      let names = layer.variants.map(\.name).joined(separator: ", ")
      throw ParameterError("implementation", "the layer \(layer.name) has these implementations: \(names)")
    }
    return variant
  }

  /// The metric that holds the error of the gradient with respect to the array `name`: `dx-error`.
  private func errorKey(of name: String) -> MetricKey {
    MetricKey(unchecked: "d\(name.lowercased())-error")
  }
}
