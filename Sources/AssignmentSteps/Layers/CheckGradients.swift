import NeuralNetworks
import Steps
import Tensors

/// The gradients of a layer against centred differences.
struct CheckGradients: LayerStep {
  static let name: StepName = "gradient-check"
  static let summary = "Compares the gradients of a layer with centred differences, on random numbers."

  @Parameter("The layer, such as convolution, max-pooling, conv-relu-pool.") var layer: LayerName
  @Parameter("Which of its implementations, naive or fast; the plainest unless given.") var implementation: String? =
    nil
  @Parameter("Shape of its input, such as [N, C, H, W].", each: 1...) var inputShape: [Int]
  @Parameter("Shape of its filters, [F, C, HH, WW], where it has some.", each: 1...) var filterShape: [Int] = []
  @Parameter("Distance between neighbouring windows, in pixels.", in: 1...) var stride = 1
  @Parameter("Rows and columns of zeros around each image.", in: 0...) var pad = 0
  @Parameter("Size of each pooling window: 2, or [2, 3] for height and width.") var poolSize: WindowSize = 2
  @Parameter("Distance between pooling windows; by default stride, or the height of those after a convolution.")
  var poolStride: Int? = nil
  @Parameter("Outputs of an affine layer.", in: 1...) var units = 10
  @Parameter("What the random input is multiplied with.", in: -1e6...1e6) var inputScale = 1.0
  @Parameter("What is added to it.", in: -1e6...1e6) var inputOffset = 0.0
  @Parameter("Half the distance between the points of a difference.", in: 1e-9...1e-2) var h = 1e-5

  var metrics: [Metric] {
    arrays.map { .noise(errorKey(of: $0.name)) } + [.tolerance("kinks", relative: 0.1)]
  }

  func validate() throws {
    try validateLayer()
    _ = try variant()
  }

  func run(in cell: Cell) throws {
    cell.prepareThreads()
    let variant = try variant()
    let checks = try checkable.checkGradients(
      of: variant, inputs: drawInputs(for: cell), options: options(), step: h)

    print("Testing the gradients of \(checkable.name) (\(variant.name))")
    try report(checks, in: cell)
  }

  private func variant() throws -> CheckableLayer.Variant {
    guard let implementation else { return checkable.variants[0] }
    guard let variant = checkable.variant(named: implementation) else {
      let names = checkable.variants.map(\.name).joined(separator: ", ")
      throw ParameterError("implementation", "the layer \(checkable.name) has these implementations: \(names)")
    }
    return variant
  }
}

/// The metric that holds the error of the gradient with respect to the array `name`.
func errorKey(of name: String) -> MetricKey {
  MetricKey(unchecked: "d\(name.lowercased())-error")
}

/// Prints and reports the error of each gradient, and how many entries stand at a kink.
///
/// - Throws: `TooManyKinks` where too little was left to compare.
func report(_ checks: [GradientCheck], in cell: Cell) throws {
  for check in checks {
    cell.report(errorKey(of: check.name), check.maximumRelativeError, as: "d\(check.name) error: ")
  }
  let entries = checks.reduce(0) { $0 + $1.entries }
  let kinks = checks.reduce(0) { $0 + $1.kinks }
  cell.report("kinks", kinks, as: "kinks: ", format: .shortest, suffix: " of \(entries) entries")
  for check in checks { try check.requireMeaning() }
}
