import NbrunTensors

/// A fully connected layer: out = x · w + b, where each example of x is taken as one row of D numbers.
package struct Affine: NamedLayer {
  /// The number of outputs for an example, M.
  package var units: Int

  /// A layer with so many outputs.
  package init(units: Int) { self.units = units }

  /// Multiplies `x`, N×d₁×…×dₖ with D = d₁·…·dₖ, by the weights w, D×M, and adds the biases b, M: N×M.
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let (x, w, b) = (x, parameters[0], parameters[1])
    let features = x.shape.dimensions.dropFirst().reduce(1, *)
    guard x.shape.rank >= 1 && w.shape.rank == 2 && w.shape[0] == features && b.shape == [w.shape[1]] else {
      fatalError("an affine layer of weights \(w.shape) and biases \(b.shape) for a minibatch of shape \(x.shape)")
    }
    let rows = x.reshaped([x.shape[0], features])
    return (matrixProduct(rows, w, bias: b), LayerCache(x.shape, [rows, w]))
  }

  /// dx = dout · wᵀ, dw = xᵀ · dout, db = the sum of dout's rows.
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    let (dout, x, w) = (dy, cache.arrays[0], cache.arrays[1])  // N×M, N×D, D×M
    guard dout.shape == [x.shape[0], w.shape[1]] else {
      fatalError("a gradient of shape \(dout.shape) for an output of (\(x.shape[0]), \(w.shape[1]))")
    }
    let dx =
      needsInputGradient ? matrixProduct(dout, transposed: false, w, transposed: true).reshaped(cache.inputShape) : nil
    return (dx, [.product(left: x, right: dout), .array(dout.sumOfRows())])
  }

  // MARK: In a network

  /// `affine(M)`.
  package static let kind = LayerKind(
    "affine", "A fully connected layer.", settings: [.units],
    syntax: LayerSyntax("affine", "M", meaning: "fully connected layer with M units"))

  /// With a check's `units`.
  package init(_ options: LayerOptions) { units = options.units }

  /// With the number of units.
  package init(_ arguments: inout LayerArguments) throws(NetworkDescriptionError) {
    units = try arguments.whole("the number of units")
  }

  package var description: String { "affine(\(units))" }
  /// Weights D×M and biases M.
  package var parameterNames: [String] { ["w", "b"] }

  /// N×M.
  package func plan(for input: Shape) throws(ShapeError) -> LayerPlan {
    guard input.rank >= 2, units >= 1 else {
      throw ShapeError(
        "an affine layer takes a minibatch of shape (N, d1, …) and gives at least one unit, not \(units) for \(input)")
    }
    let features = input.dimensions.dropFirst().reduce(1, *)
    guard let weights = Shape(validating: [features, units]), let output = Shape(validating: [input[0], units]) else {
      throw ShapeError("an affine layer from \(features) features to \(units) units is too large")
    }
    return LayerPlan(
      output: output, operations: 2 * Double(input[0]) * Double(weights.elementCount),
      parameters: [PlannedArray(weights, .weights(fanIn: features)), PlannedArray([units])])
  }
}
