import NbrunTensors

/// A described network with all its shapes inferred, before anything is allocated.
package struct ConvNetPlan: Sendable {
  /// One row of the layer table.
  package struct Row: Sendable, Equatable {
    /// The layer as a line says it: `conv(64)`.
    package var layer: String
    /// The shape of its output for one image.
    package var outputShape: Shape
    /// How many numbers training changes in it.
    package var parameters: Int
    /// How many multiplications, additions and comparisons a forward pass of one image takes.
    package var operations: Double
  }

  /// The layer table, the affine layer that belongs to the loss included.
  package private(set) var rows: [Row] = []
  /// How many numbers the largest array has that computing one image makes: an output, an image with its padding, or what the
  /// windows of a convolution cover.
  package private(set) var largestArrayCount = 0
  /// How many numbers the outputs of all layers have for one image: a training keeps them for the way back.
  package private(set) var outputCount = 0
  package let loss: LossFunction
  let body: Sequential
  private(set) var parameters: [PlannedArray] = []
  private(set) var statistics: [PlannedArray] = []

  /// Infers all shapes of a described network.
  ///
  /// - Parameters:
  ///   - description: the line.
  ///   - inputShape: C×H×W of an image.
  ///   - classes: how many scores.
  /// - Throws: `NetworkDescriptionError`, which points at the layer whose shapes do not meet.
  package init(_ description: NetworkDescription, inputShape: Shape, classes: Int) throws(NetworkDescriptionError) {
    loss = description.loss
    guard inputShape.rank == 3, classes >= 1, let image = Shape(validating: [1] + inputShape.dimensions) else {
      throw NetworkDescriptionError(
        "the network takes images of shape (C, H, W) and has at least one class, not \(inputShape) and \(classes)",
        at: 0..<1)
    }
    var layers = description.layers
    if (layers.last?.layer as? Affine)?.units != classes {
      let end = layers.last?.columns ?? 0..<1
      layers.append(.init(layer: Affine(units: classes), columns: end))
    }
    body = Sequential(layers.map(\.layer))
    var shape = image
    for item in layers { shape = try add(item, after: shape) }
  }

  /// Adds the rows of a layer, those of a residual's layers below it and further to the right; returns its output's shape.
  private mutating func add(
    _ item: NetworkDescription.Item, after input: Shape, indent: String = ""
  ) throws(NetworkDescriptionError) -> Shape {
    guard let residual = item.layer as? Residual else {
      return try Self.located(item) { () throws(ShapeError) in try add(item.layer, after: input, indent: indent) }
    }
    rows.append(
      Row(
        layer: indent + Residual.word, outputShape: Shape(Array(input.dimensions.dropFirst())), parameters: 0,
        operations: Double(input.elementCount)))
    var output = input
    for inner in residual.items { output = try add(inner, after: output, indent: indent + "  ") }
    try Self.located(item) { () throws(ShapeError) in try residual.check(output, of: input) }
    return output
  }

  /// What `body` gives; shapes that do not meet become a mistake where the line says `item`.
  private static func located<Result>(
    _ item: NetworkDescription.Item, _ body: () throws(ShapeError) -> Result
  ) throws(NetworkDescriptionError) -> Result {
    do { return try body() } catch { throw NetworkDescriptionError(error.message, at: item.columns) }
  }

  /// The names of the parameters, in the order in which the network has them: `W1`, `b1`, …
  package var parameterNames: [String] { Self.numbered(body.parameterNames) }

  /// The names of the running statistics: `mean1`, `variance1`, …
  var statisticNames: [String] { Self.numbered(body.statisticNames) }

  /// Each name with the number of its occurrence. Weights are capital letters, as in the course.
  private static func numbered(_ names: [String]) -> [String] {
    var counts: [String: Int] = [:]
    return names.map { name in
      counts[name, default: 0] += 1
      return "\(name == "w" ? "W" : name)\(counts[name, default: 1])"
    }
  }

  /// Adds a layer's row and parameters; returns the shape of its output.
  private mutating func add(_ layer: any Layer, after input: Shape, indent: String) throws(ShapeError) -> Shape {
    if input.rank == 2, let kind = (layer as? any NamedLayer).map({ type(of: $0).kind }),
      !kind.settings.isDisjoint(with: [.filterShape, .poolSize])
    {
      throw ShapeError("\(kind.syntax?.word ?? kind.name) takes images and cannot follow an affine layer")
    }
    let plan = try layer.plan(for: input)
    for parameter in plan.parameters where parameter.shape.elementCount > 1 << 31 {
      throw ShapeError(
        "weights of shape \(parameter.shape) are more than the 2 147 483 648 numbers that a layer may have")
    }
    parameters += plan.parameters
    statistics += plan.statistics
    largestArrayCount = ([plan.output] + plan.working).reduce(largestArrayCount) { max($0, $1.elementCount) }
    outputCount += plan.output.elementCount
    rows.append(
      Row(
        layer: indent + layer.description, outputShape: Shape(Array(plan.output.dimensions.dropFirst())),
        parameters: plan.parameters.reduce(0) { $0 + $1.shape.elementCount }, operations: plan.operations))
    return plan.output
  }
}
