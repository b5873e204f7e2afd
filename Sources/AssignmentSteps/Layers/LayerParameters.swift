import NbrunNeuralNetworks
import NbrunSteps
import NbrunTensors

/// A layer of the catalogue, and the sizes that it needs.
struct LayerParameters: ParameterGroup {
  @Parameter("The layer, such as convolution, max-pooling, conv-relu-pool.") var layer: LayerName
  @Parameter("Shape of its input, such as [N, C, H, W].", each: 1...) var inputShape: [Int]
  @Parameter("Shape of its filters, [F, C, HH, WW], where it has some.", each: 1...) var filterShape: [Int] = []
  @Parameter("Distance between neighbouring windows, in pixels.", in: 1...) var stride = 1
  @Parameter("Rows and columns of zeros around each image.", in: 0...) var pad = 0
  @Parameter("Size of each pooling window: 2, or [2, 3] for height and width.") var poolSize: WindowSize = 2
  @Parameter(
    "Distance between pooling windows; by default stride, or the height of those after a convolution.", in: 1...)
  var poolStride: Int?
  @Parameter("Outputs of an affine layer.", in: 1...) var units = 10
  @Parameter("What the random input is multiplied with.", in: -1e6...1e6) var inputScale = 1.0
  @Parameter("What is added to it.", in: -1e6...1e6) var inputOffset = 0.0

  /// The layers that there are.
  static var notes: String {
    let width = (LayerCatalogue.checkable.map(\.name.count).max() ?? 0) + 2
    let rows = LayerCatalogue.checkable.map { layer in
      let name = layer.name + String(repeating: " ", count: width - layer.name.count)
      return "    \(name)\(layer.summary) (\(layer.variants.joined(separator: ", ")))"
    }
    return "Layers, with their implementations:\n" + rows.joined(separator: "\n")
  }

  /// Each layer of the catalogue with small sizes that meet.
  static var variants: [StepVariant] {
    LayerCatalogue.checkable.compactMap { layer in
      for (input, filters) in [([2, 3, 6, 6], [3, 3, 3, 3]), ([2, 3, 6, 6], []), ([4, 6], [])] {
        var options = LayerOptions(inputShape: Shape(input))
        options.filterShape = Shape(filters)
        if (try? layer.plan(options)) == nil { continue }
        var values = ["layer": layer.name, "input-shape": "\(input)"]
        if !filters.isEmpty { values["filter-shape"] = "\(filters)" }
        return StepVariant(layer.name, values)
      }
      return nil
    }
  }

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

  /// Which of them the layer depends on, and what those come to that the cell leaves open.
  var effects: [String: ParameterEffect] {
    var used = checkable.settings
    var effects: [String: ParameterEffect] = [:]
    if let options = try? options(), poolStride == nil, used.contains(.poolStride) {
      // Windows of a layer without filters lie `stride` apart, which is then all that need be said.
      if filterShape.isEmpty {
        used = used.subtracting([.poolStride]).union([.stride])
      } else {
        effects["pool-stride"] = .value(options.poolStride)
      }
    }
    for setting in LayerSetting.allCases where !used.contains(setting) { effects[setting.rawValue] = .unused }
    return effects
  }

  /// Refuses sizes that do not meet, at the parameter that is most likely wrong.
  func validate() throws {
    let options = try options()
    var input = options.inputShape
    for layer in checkable.layers(options) {
      let settings = type(of: layer).kind.settings
      let isAboutFilters = settings.contains(.filterShape) && !filterShape.isEmpty && inputShape.count == 4
      let key = settings.contains(.poolSize) ? "pool-size" : isAboutFilters ? "filter-shape" : "input-shape"
      let plan = try checking(key) { try layer.plan(for: input) }
      for array in plan.parameters.map(\.shape) + [plan.output] { _ = try shape(array.dimensions, of: "input-shape") }
      for working in plan.working { _ = try shape(working.dimensions, of: pad > 0 ? "pad" : "input-shape") }
      input = plan.output
    }
  }

  /// What the cell's seed makes of the layer's arrays, in the assignment's order: inputs, parameters, output gradient.
  func drawInputs(for cell: Cell) throws -> LayerInputs<Double> {
    var random = cell.random
    return try checkable.makeInputs(options(), from: &random, on: Device(threads: cell.threads))
  }
}
