import NbrunTensors

/// Layers one after the other, those together that a fused layer computes faster.
package struct Sequential: Layer {
  /// Some of the layers, computed together: how, and how many parameters and running statistics they take.
  private struct Stage {
    let implementation: any LayerImplementation
    let parameters: Int
    let statistics: Int

    init(_ implementation: any LayerImplementation, of layers: some Collection<any Layer>) {
      self.implementation = implementation
      parameters = layers.reduce(0) { $0 + $1.parameterNames.count }
      statistics = layers.reduce(0) { $0 + $1.statisticNames.count }
    }
  }

  /// The layers, in order.
  package let layers: [any Layer]
  private let stages: [Stage]

  /// These layers in order, fused where they can be.
  package init(_ layers: [any Layer]) {
    self.layers = layers
    var (stages, rest) = ([Stage](), layers[...])
    while let first = rest.first {
      let (implementation, count) = Self.fusion(at: rest) ?? (first, 1)
      stages.append(Stage(implementation, of: rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    self.stages = stages
  }

  /// The same layers, each by its naive implementation where it has one.
  init(naively layers: [any Layer]) {
    self.layers = layers
    stages = layers.map { Stage($0.naive ?? $0, of: [$0]) }
  }

  /// The first fused layer of the list that can stand for the next of these, and for how many.
  private static func fusion(at layers: ArraySlice<any Layer>) -> (any LayerImplementation, Int)? {
    for kind in LayerCatalogue.fused {
      let taken = Array(layers.prefix(kind.parts.count))
      guard taken.count == kind.parts.count, zip(taken, kind.parts).allSatisfy({ type(of: $0) == $1 }) else { continue }
      if let fused = kind.init(taken) { return (fused, taken.count) }
    }
    return nil
  }

  /// The layers one after the other, each as plain as it comes.
  package var naive: (any LayerImplementation)? { Sequential(naively: layers) }
  /// The layers as a network's line says them.
  package var description: String { layers.map(\.description).joined(separator: " - ") }
  package var drawsInTraining: Bool { layers.contains { $0.drawsInTraining } }
  package var parameterNames: [String] { layers.flatMap(\.parameterNames) }
  package var statisticNames: [String] { layers.flatMap(\.statisticNames) }

  /// The last layer's output, and what all layers have and do.
  package func plan(for input: Shape) throws(ShapeError) -> LayerPlan {
    var plan = LayerPlan(output: input, operations: 0)
    for layer in layers {
      let next = try layer.plan(for: plan.output)
      plan.output = next.output
      plan.parameters += next.parameters
      plan.statistics += next.statistics
      plan.operations += next.operations
      plan.working += next.working + [next.output]
    }
    return plan
  }

  /// The last layer's output.
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    var cache = LayerCache<Scalar>(x.shape)
    // Wherever a layer makes its output, the next one computes where the first does.
    let device = x.device
    var (y, parameters, statistics) = (x, parameters[...], pass.statistics[...])
    var followed: [Tensor<Scalar>] = []
    for stage in stages {
      pass.statistics = Array(statistics.prefix(stage.statistics))
      let own = Array(parameters.prefix(stage.parameters))
      let (output, part) = stage.implementation.forward(consume y, own, &pass)
      y = output.on(device)
      cache.parts.append(part)
      followed += pass.statistics
      parameters = parameters.dropFirst(stage.parameters)
      statistics = statistics.dropFirst(stage.statistics)
    }
    pass.statistics = followed
    return (y, cache)
  }

  /// The gradients with respect to the first layer's input and the parameters of all.
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    var cache = cache
    let device = dy.device
    var dx = Optional(dy)
    var gradients: [[Gradient<Scalar>]] = []
    for (index, stage) in stages.enumerated().reversed() {
      // What a layer has kept is free for others once it is used.
      guard let part = cache.parts.popLast(), let dout = dx.take() else { fatalError("a cache of other layers") }
      let result = stage.implementation.backward(dout, part, needsInputGradient: needsInputGradient || index > 0)
      gradients.append(result.parameters)
      dx = result.dx?.on(device)
    }
    return (dx, gradients.reversed().flatMap { $0 })
  }
}
