import NbrunTensors

/// What a network is trained to make small: a number for the scores of a minibatch, and its gradient.
package enum LossFunction: String, Sendable, Codable, CaseIterable {
  /// Softmax and cross-entropy.
  case softmax
  /// The multi-class support vector machine's hinge.
  case svm

  /// The mean loss of the scores, N×C, for the labels, and its gradient with respect to the scores.
  package func callAsFunction<Scalar: TensorScalar>(
    _ scores: Tensor<Scalar>, labels: [Int]
  ) -> (loss: Double, gradient: Tensor<Scalar>) {
    switch self {
    case .softmax: softmaxLoss(scores, labels: labels)
    case .svm: svmLoss(scores, labels: labels)
    }
  }
}

/// A loss as checks take it: a layer from scores, N×C, to a number.
protocol LossLayer: NamedLayer { static var function: LossFunction { get } }

extension LossLayer {
  func forward<Scalar: TensorScalar>(
    _ x: consuming Tensor<Scalar>, _ parameters: [Tensor<Scalar>], _ pass: inout Pass<Scalar>
  ) -> (y: Tensor<Scalar>, cache: LayerCache<Scalar>) {
    let scores = x
    let (loss, gradient) = Self.function(scores, labels: pass.labels)
    return (Tensor([Scalar(loss)], shape: [], on: scores.device), LayerCache(scores.shape, [gradient]))
  }

  func backward<Scalar: TensorScalar>(
    _ dy: consuming Tensor<Scalar>, _ cache: consuming LayerCache<Scalar>, needsInputGradient: Bool
  ) -> LayerGradients<Scalar> {
    (dy[] * cache.arrays[0], [])
  }

  func plan(for input: Shape) throws(ShapeError) -> LayerPlan {
    guard input.rank == 2, input.elementCount > 0 else {
      throw ShapeError("a loss takes scores of shape (N, C), not \(input)")
    }
    return LayerPlan(output: [])
  }
}

struct SoftmaxLoss: LossLayer {
  static let function = LossFunction.softmax
  static let kind = LayerKind("softmax-loss", "Cross-entropy of the softmax of scores.")
  init(_ options: LayerOptions) {}
}

struct SVMLoss: LossLayer {
  static let function = LossFunction.svm
  static let kind = LayerKind("svm-loss", "Hinge loss of a multi-class support vector machine.")
  init(_ options: LayerOptions) {}
}
