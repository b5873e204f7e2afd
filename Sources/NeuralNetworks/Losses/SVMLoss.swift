import NbrunTensors

/// The mean hinge loss of a multi-class support vector machine, and its gradient with respect to the scores.
///
/// loss = 1/N · Σᵢ Σ over j ≠ yᵢ of max(0, sᵢⱼ − sᵢ,yᵢ + 1)
///
/// Source: Weston and Watkins, "Support vector machines for multi-class pattern recognition", 1999.
///
/// - Parameters:
///   - scores: N×C.
///   - labels: N numbers from 0 below C.
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
package func svmLoss<Scalar: TensorScalar>(
  _ scores: Tensor<Scalar>, labels: [Int]
) -> (loss: Double, gradient: Tensor<Scalar>) {
  let classes = checkedClasses(scores, labels)
  var loss = 0.0
  let gradient = Tensor<Scalar>(shape: scores.shape, on: scores.device) { gradient in
    scores.withUnsafeBufferPointer { scores in
      let share = 1 / Double(labels.count)
      for (row, label) in labels.enumerated() {
        let start = row * classes
        var violations = 0
        for j in 0..<classes where j != label {
          let margin = Double(scores[start + j]) - Double(scores[start + label]) + 1
          // A NaN is no positive margin, but it makes the loss NaN, as in NumPy.
          loss += margin > 0 || margin.isNaN ? margin : 0
          violations += margin > 0 ? 1 : 0
          gradient[start + j] = margin > 0 ? Scalar(share) : 0
        }
        gradient[start + label] = Scalar(-Double(violations) * share)
      }
    }
  }
  return (loss / Double(labels.count), gradient)
}
