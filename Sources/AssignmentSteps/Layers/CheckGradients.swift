import NbrunNeuralNetworks
import NbrunSteps

/// The gradients of a layer against centred differences.
struct CheckGradients: Step {
  static let name: StepName = "gradient-check"
  static let summary = "Compares the gradients of a layer with centred differences, on random numbers."

  static var notes: String { LayerParameters.notes }
  static var variants: [StepVariant] { LayerParameters.variants }

  @Parameters var sizes: LayerParameters
  @Parameter("Which of its implementations, naive or fast; the first of those below unless given.") var implementation:
    String?
  @Parameter("Half the distance between the points of a difference.", in: 1e-9...1e-2) var h = 1e-5

  var metrics: [Metric] { layer.arrayNames.map { .noise(errorKey(of: $0), gradientErrorHelp(of: $0)) } + [kinksMetric] }

  var effects: [String: ParameterEffect] {
    var effects = sizes.effects
    if implementation == nil { effects["implementation"] = .value(layer.variants[0]) }
    return effects
  }

  func validate() throws {
    try sizes.validate()
    _ = try variant()
  }

  func run(in cell: Cell) throws {
    let variant = try variant()
    let checks = layer.checkGradients(
      of: variant, inputs: try sizes.drawInputs(for: cell), options: try sizes.options(), step: h)

    print("Testing the gradients of \(layer.name) (\(variant))")
    try cell.report(checks) { (errorKey(of: $0), "d\($0) error: ") }
  }

  private var layer: CheckableLayer { sizes.checkable }

  private func variant() throws -> String {
    let variant = implementation ?? layer.variants[0]
    guard layer.variants.contains(variant) else {
      let names = layer.variants.joined(separator: ", ")
      throw ParameterError("implementation", "the layer \(layer.name) has these implementations: \(names)")
    }
    return variant
  }

  /// The metric that holds the error of the gradient with respect to the array `name`: `dx-error`.
  private func errorKey(of name: String) -> MetricKey { MetricKey(unchecked: "d\(name.lowercased())-error") }
}
