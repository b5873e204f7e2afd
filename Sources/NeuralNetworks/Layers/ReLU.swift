import NbrunTensors

/// Rectified linear units: out = max(0, x), element by element. NaN stays NaN, as in NumPy.
///
/// Source: Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", 2010.
package struct ReLU: NamedLayer {
  /// The layer; it has no settings.
  package init() {}

  /// Rectifies `x`, of any shape; in place where nobody else holds it. The output is positive exactly where the input is.
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    var output = x
    let elements = output.elementsToWrite()
    rectify(elements, into: elements, count: output.count, on: output.device)
    return (output, LayerCache(output.shape, [output]))
  }

  /// dx = dout where x is positive, 0 elsewhere; in place where nobody else holds dout.
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    var dx = dy
    let (count, device, output) = (dx.count, dx.device, cache.arrays[0])
    guard dx.shape == output.shape else {
      fatalError("a gradient of shape \(dx.shape) for an output of \(output.shape)")
    }
    let elements = dx.elementsToWrite()
    withPointers(output) { rectifyGradient(elements, output: $0, into: elements, count: count, on: device) }
    return (dx, [])
  }

  // MARK: In a network

  /// `relu`.
  package static let kind = LayerKind(
    "relu", "The positive part of each element.", syntax: LayerSyntax("relu", meaning: "rectified linear units"))

  package init(_ options: LayerOptions) {}

  /// The input's shape.
  package func plan(for input: Shape) -> LayerPlan { LayerPlan(output: input) }
}

/// A layer with rectified linear units behind it; its cache holds that of the layer and that of the units.
package protocol RectifiedLayer: FusedLayer {
  associatedtype Body: LayerImplementation
  /// The layer before the units.
  var body: Body { get }
}

extension RectifiedLayer {
  /// The gradients with respect to the layer's input and parameters.
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    let da = ReLU().backward(dy, cache.parts[1]).dx
    return body.backward(da!, cache.parts[0], needsInputGradient: needsInputGradient)
  }
}
