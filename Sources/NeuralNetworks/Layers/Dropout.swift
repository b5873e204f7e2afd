import NbrunRandomNumbers
import NbrunTensors

/// Inverted dropout: in training each element is dropped with probability `p` and the others are divided by 1 − p, so that
/// expected values stay and testing does nothing.
///
/// Source: Srivastava and others, "Dropout: a simple way to prevent neural networks from overfitting", 2014.
package struct Dropout: NamedLayer {
  /// The probability of dropping an element, from 0 up to, not including, 1.
  package let p: Double

  /// Drops elements of `x`, of any shape, in training; returns `x` in testing.
  ///
  /// Draws one number for each element, as `np.random.rand(*x.shape) < 1 - p`. The mask is 0 for what was dropped, 1/(1 − p) for
  /// what was kept.
  package func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let x = x
    guard pass.isTraining else { return (x, LayerCache(x.shape)) }
    let keep = 1 - p
    let scale = Scalar(1 / keep)
    let mask = Tensor<Scalar>(shape: x.shape, on: x.device) { mask in
      for i in mask.indices { mask[i] = pass.random.randomSample() < keep ? scale : 0 }
    }
    return (x * mask, LayerCache(x.shape, [mask]))
  }

  /// dx = dout · mask.
  package func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    let dout = dy
    return (cache.arrays.first.map { dout * $0 } ?? dout, [])
  }

  // MARK: In a network

  /// `dropout(p)`; a check's mask is always the same.
  package static let kind = LayerKind(
    "dropout", "Inverted dropout with a fixed mask.",
    syntax: LayerSyntax("dropout", "p", meaning: "dropout with probability p of dropping"))

  /// With a check's probability.
  package init(_ options: LayerOptions) { p = options.dropProbability }

  /// With the probability of dropping.
  package init(_ arguments: inout LayerArguments) throws(NetworkDescriptionError) {
    p = try arguments.probability("probability of dropping")
  }

  package var drawsInTraining: Bool { true }
  package var description: String { "dropout(\(p))" }

  /// The input's shape.
  package func plan(for input: Shape) throws(ShapeError) -> LayerPlan {
    guard p >= 0, p < 1 else { throw ShapeError("dropout's probability is at least 0 and below 1, not \(p)") }
    return LayerPlan(output: input)
  }
}
