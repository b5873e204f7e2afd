import NbrunPlatform

/// The sum of the cross-entropies between labels and the softmax of scores, and the gradient of their mean.
///
/// pᵢⱼ = e^(sᵢⱼ) / Σₖ e^(sᵢₖ),   sum = −Σᵢ log pᵢ,yᵢ,   gradient = (p − 1 at each label) / rows
///
/// The logarithm is taken of the sum alone, log pᵢ,yᵢ = sᵢ,yᵢ − log Σₖ e^(sᵢₖ): a probability too small for a number has a finite
/// one, so that finite scores have a finite loss. Computed in `Double` whatever the scores are, some rows on each thread; rows
/// are added up in their order.
///
/// - Parameters:
///   - scores: rows × classes.
///   - labels: For each row a number from 0 below `classes`.
///   - gradient: rows × classes, all of it written.
@specialized(where Scalar == Float) @specialized(where Scalar == Double)
package func softmaxCrossEntropy<Scalar: TensorScalar>(
  scores: UnsafePointer<Scalar>, labels: UnsafePointer<Int>, rows: Int, classes: Int,
  gradient: UnsafeMutablePointer<Scalar>, on device: Device
) -> Double {
  guard rows > 0, classes > 0 else { return 0 }
  let share = 1 / Double(rows)
  return withScratch(of: Double.self, count: rows, on: device) { logarithms in
    device.threads.runInPieces(of: 64, count: rows) { piece in
      withScratch(of: Double.self, count: classes, on: device) { probabilities in
        for row in piece {
          let start = row * classes
          // The largest score is taken off all of them first, so that no exponential overflows.
          let largest = (start + 1..<start + classes).reduce(scores[start]) { .propagatingMaximum($0, scores[$1]) }
          var sum = 0.0
          for j in 0..<classes {
            probabilities[j] = exp(Double(scores[start + j]) - Double(largest))
            sum += probabilities[j]
          }
          for j in 0..<classes { probabilities[j] /= sum }
          logarithms[row] = Double(scores[start + labels[row]]) - Double(largest) - log(sum)
          probabilities[labels[row]] -= 1
          for j in 0..<classes { gradient[start + j] = Scalar(probabilities[j] * share) }
        }
      }
    }
    return (0..<rows).reduce(0) { $0 - logarithms[$1] }
  }
}
