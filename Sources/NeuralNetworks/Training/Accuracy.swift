import RandomNumbers
import Tensors

extension Network {
  /// The share of examples whose class has the largest score.
  ///
  /// - Parameters:
  ///   - examples: what to classify.
  ///   - batchSize: how many at a time.
  package func accuracy(on examples: any ExampleSource, batchSize: Int = 100) -> Double {
    accuracy(on: examples, indices: Array(0..<examples.count), batchSize: batchSize)
  }

  /// The share of the examples at `indices` whose class has the largest score.
  func accuracy(on examples: any ExampleSource, indices: [Int], batchSize: Int) -> Double {
    var hits = 0
    for start in stride(from: 0, to: indices.count, by: batchSize) {
      let batch = Array(indices[start..<min(start + batchSize, indices.count)])
      let (images, labels) = examples.minibatch(batch, as: Scalar.self)
      hits += zip(predictions(images), labels).count { $0 == $1 }
    }
    return Double(hits) / Double(indices.count)
  }
}
