extension Network {
  /// The share of the examples at `indices` whose class has the largest score; nil where a score is no finite number.
  func accuracy(on examples: any ExampleSource, indices: [Int]) -> Double? {
    let batchSize = 100
    var hits = 0
    for start in stride(from: 0, to: indices.count, by: batchSize) {
      let batch = Array(indices[start..<min(start + batchSize, indices.count)])
      let (images, labels) = examples.minibatch(batch, as: Scalar.self, on: device)
      let scores = scores(images)
      guard scores.isFinite() else { return nil }
      hits += zip(scores.argmaxOfRows(), labels).count { $0 == $1 }
    }
    return Double(hits) / Double(indices.count)
  }
}
