import NbrunNeuralNetworks
import NbrunSteps
import NbrunTensors

/// The layers of a network, one a row, before anything is computed.
struct NetworkSummary: Step {
  static let name: StepName = "network-summary"
  static let summary = "Lists the layers of a network with their output shapes, parameters and operations."

  static let notes = NetworkDescription.language

  @Parameters var network: NetworkParameters
  @Parameter("Shape of an image, [C, H, W].", each: 1..., count: 3) var imageShape = [3, 32, 32]
  @Parameter("How many classes.", in: 2...100_000) var classes = 10

  var metrics: [Metric] {
    [
      .exact("parameters", "Weights, biases, scales and shifts of all layers."),
      .exact("operations", "Floating-point operations for one image, forward."),
    ]
  }

  var effects: [String: ParameterEffect] { network.effects() }
  func validate() throws { _ = try choice() }
  private func choice() throws -> NetworkChoice { try network.choice(images: imageShape, classes: classes) }

  func run(in cell: Cell) throws {
    let rows = try choice().plan().rows
    let (parameters, operations) = (rows.reduce(0) { $0 + $1.parameters }, rows.reduce(0) { $0 + $1.operations })
    line("layer", "output", "parameters", "operations")
    line("", "\(Shape(imageShape))", "", "")
    for row in rows { line(row.layer, "\(row.outputShape)", "\(row.parameters)", "\(Int(row.operations))") }
    cell.report("parameters", parameters, as: "parameters: ")
    cell.report("operations", Int(operations), as: "operations for one image, forward: ")
  }

  private func line(_ layer: String, _ output: String, _ parameters: String, _ operations: String) {
    let left = layer.padded(to: 18) + output.padded(to: 18)
    print(left + parameters.padded(to: 12, onTheLeft: true) + operations.padded(to: 14, onTheLeft: true))
  }
}

extension String {
  fileprivate func padded(to width: Int, onTheLeft: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - count))
    return onTheLeft ? spaces + self : self + spaces
  }
}
