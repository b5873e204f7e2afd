import NbrunTensors

/// The mean cross-entropy between the labels and the softmax of the scores, and its gradient with respect to the scores.
///
/// pᵢⱼ = e^(sᵢⱼ) / Σₖ e^(sᵢₖ),   loss = −1/N · Σᵢ log pᵢ,yᵢ,   gradient = (p − 1 at each label) / N
///
/// Computed in `Double` whatever the scores are; finite scores have a finite loss, also where a label's probability is too small
/// for a number. Source: CS231n, "Linear classification: softmax classifier".
///
/// - Parameters:
///   - scores: N×C.
///   - labels: N numbers from 0 below C.
@specialized(where Scalar == Float) @specialized(where Scalar == Double)
package func softmaxLoss<Scalar: TensorScalar>(
  _ scores: Tensor<Scalar>, labels: [Int]
) -> (loss: Double, gradient: Tensor<Scalar>) {
  let classes = checkedClasses(scores, labels)
  var (loss, gradient) = (0.0, Tensor<Scalar>(unsafeUninitialized: scores.shape, on: scores.device))
  let result = gradient.elementsToWrite()
  withPointers(scores) {
    loss = softmaxCrossEntropy(
      scores: $0, labels: labels, rows: labels.count, classes: classes, gradient: result, on: scores.device)
  }
  return (loss / Double(labels.count), gradient)
}

/// The number of classes, after a check that scores and labels belong together.
func checkedClasses<Scalar: TensorScalar>(_ scores: Tensor<Scalar>, _ labels: [Int]) -> Int {
  guard scores.shape.rank == 2 && scores.shape[0] == labels.count && !labels.isEmpty else {
    fatalError("scores of shape \(scores.shape) for \(labels.count) labels")
  }
  let classes = scores.shape[1]
  for label in labels {
    guard label >= 0 && label < classes else { fatalError("label \(label) is none of the \(classes) classes") }
  }
  return classes
}
