import NeuralNetworks
import Steps
import Tensors

/// The layers of a network, one a row, before anything is computed.
struct NetworkSummary: NetworkStep {
  static let name: StepName = "network-summary"
  static let summary = "Lists the layers of a network with their output shapes, parameters and operations."

  @Parameter("The layers as a line; without one, the assignment's three layers with the sizes below.")
  var network: String? = nil
  @Parameter("Filters of the three-layer network's convolution; 32 unless given.") var filters: Int? = nil
  @Parameter("Height and width of a filter, an odd number; 7 unless given.") var filterSize: Int? = nil
  @Parameter("Units of its hidden layer; 100 unless given.") var hiddenUnits: Int? = nil
  @Parameter("Whether batch normalisation follows its convolution and its hidden layer.") var batchNormalization = false
  @Parameter("Shape of an image, [C, H, W].", each: 1..., count: 3) var imageShape = [3, 32, 32]
  @Parameter("How many classes.", in: 2...100_000) var classes = 10

  var imageSizes: [Int] { imageShape }
  var classCount: Int { classes }
  var weightScale: Double? { nil }
  var reg: Double { 0 }

  var metrics: [Metric] { [.exact("parameters"), .exact("operations")] }

  func validate() throws {
    _ = try choice()
  }

  func run(in cell: Cell) throws {
    let rows = try choice().plan().rows
    let (parameters, operations) = (rows.reduce(0) { $0 + $1.parameters }, rows.reduce(0) { $0 + $1.operations })
    line("layer", "output", "parameters", "operations")
    line("", "\(Shape(imageShape))", "", "")
    for row in rows {
      line(row.layer, "\(row.outputShape)", "\(row.parameters)", "\(row.operations)")
    }
    cell.report("parameters", parameters, as: "parameters: ")
    cell.report("operations", operations, as: "operations for one image, forward: ")
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
