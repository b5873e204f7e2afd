import NeuralNetworks
import RandomNumbers
import Steps
import Tensors

/// A step that takes any layer of the catalogue and the sizes that it needs.
protocol LayerStep: Step {
  var layer: LayerName { get }
  var inputShape: [Int] { get }
  var filterShape: [Int] { get }
  var stride: Int { get }
  var pad: Int { get }
  var poolSize: WindowSize { get }
  var poolStride: Int? { get }
  var units: Int { get }
  var inputScale: Double { get }
  var inputOffset: Double { get }
}

extension LayerStep {
  /// The layer.
  var checkable: CheckableLayer { layer.layer }

  /// What the cell says of the layer's sizes. Windows of a layer without filters lie `stride` apart; those of one that pools
  /// what it convolved tile its output, unless the cell says otherwise.
  func options() throws -> LayerOptions {
    var options = LayerOptions(inputShape: try shape(inputShape, of: "input-shape"))
    options.filterShape = try shape(filterShape, of: "filter-shape")
    options.stride = stride
    options.padding = pad
    (options.poolHeight, options.poolWidth) = (poolSize.height, poolSize.width)
    options.poolStride = poolStride ?? (filterShape.isEmpty ? stride : poolSize.height)
    options.units = units
    options.inputScale = inputScale
    options.inputOffset = inputOffset
    return options
  }

  /// The arrays that the layer takes, `x` first; none where its sizes do not meet.
  var arrays: [LayerArray] {
    (try? checkable.variants[0].implementation.arrays(for: options())) ?? []
  }

  /// Refuses sizes that do not meet, at the parameter that is most likely wrong.
  func validateLayer() throws {
    let options = try options()
    let implementation = checkable.variants[0].implementation
    let isAboutFilters = !filterShape.isEmpty && inputShape.count == 4
    let arrays = try checking(isAboutFilters ? "filter-shape" : "input-shape") {
      try implementation.arrays(for: options)
    }
    let output = try checking("pool-size") { try implementation.outputShape(for: options) }
    for array in arrays { _ = try shape(array.shape.dimensions, of: "input-shape") }
    _ = try shape(output.dimensions, of: "input-shape")
  }

  /// What the cell's seed makes of the layer's arrays, in the assignment's order: inputs, parameters, output gradient.
  func drawInputs(for cell: Cell) throws -> LayerInputs<Double> {
    var random = cell.random
    return try checkable.makeInputs(options(), from: &random)
  }
}
