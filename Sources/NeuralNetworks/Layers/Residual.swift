import NbrunTensors

/// Layers and a way around them: y = x + layers(x), so that deep networks start near doing nothing and their gradients arrive.
///
/// Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016.
package struct Residual: Layer {
  /// What a line calls it.
  static let word = "residual"

  /// The layers, and where a line says them.
  package let items: [NetworkDescription.Item]
  private let body: Sequential

  /// These layers and the way around them.
  package init(_ items: [NetworkDescription.Item]) {
    self.items = items
    body = Sequential(items.map(\.layer))
  }

  /// x + layers(x), of x's shape.
  @specialized(where Scalar == Float) @specialized(where Scalar == Double)
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let x = x
    var (y, cache) = body.forward(x, parameters, &pass)
    y += x
    return (y, cache)
  }

  /// dx = dout + what comes back through the layers.
  @specialized(where Scalar == Float) @specialized(where Scalar == Double)
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    let dout = dy
    let (dx, gradients) = body.backward(dout, cache, needsInputGradient: needsInputGradient)
    return (dx.map { $0 + dout }, gradients)
  }

  // MARK: In a network

  /// `residual(conv(32) - relu)`.
  package var description: String { "residual(\(body))" }
  package var parameterNames: [String] { body.parameterNames }
  package var statisticNames: [String] { body.statisticNames }
  package var drawsInTraining: Bool { body.drawsInTraining }

  /// The input's shape, which the layers must keep.
  package func plan(for input: Shape) throws(ShapeError) -> LayerPlan {
    var plan = try body.plan(for: input)
    try check(plan.output, of: input)
    plan.operations += Double(input.elementCount)
    return plan
  }

  /// Refuses layers that make `output` of `input`.
  func check(_ output: Shape, of input: Shape) throws(ShapeError) {
    guard output == input else {
      throw ShapeError(
        "the layers of a residual keep the shape of what they are added to, but make \(output) of \(input)")
    }
  }
}
