import Tensors

/// Labelled images that a network learns from or is tested on, read a minibatch at a time: bytes may stay bytes until then.
package protocol ExampleSource: Sendable {
  /// How many there are.
  var count: Int { get }

  /// The images at `indices`, N×C×H×W, and their classes; an index may occur more than once.
  func minibatch<Scalar: TensorScalar>(
    _ indices: [Int], as type: Scalar.Type
  ) -> (images: Tensor<Scalar>, labels: [Int])
}

/// Examples that are all in memory as numbers.
package struct TensorExamples: ExampleSource {
  /// The images, N×C×H×W.
  package let images: Tensor<Double>
  /// Their classes, N.
  package let labels: [Int]

  package init(images: Tensor<Double>, labels: [Int]) {
    guard images.shape.rank == 4 && images.shape[0] == labels.count else {
      fatalError("images of shape \(images.shape) for \(labels.count) labels")
    }
    (self.images, self.labels) = (images, labels)
  }

  package var count: Int { labels.count }

  /// The images at `indices` and their classes.
  package func minibatch<Scalar: TensorScalar>(
    _ indices: [Int], as type: Scalar.Type
  ) -> (images: Tensor<Scalar>, labels: [Int]) {
    let size = images.count / Swift.max(count, 1)
    let shape = Shape([indices.count] + images.shape.dimensions.dropFirst())
    let gathered = Tensor<Scalar>(shape: shape) { target in
      images.withUnsafeBufferPointer { source in
        for (row, index) in indices.enumerated() {
          guard labels.indices.contains(index) else { fatalError("there is no example \(index) among \(count)") }
          for i in 0..<size { target[row * size + i] = Scalar(source[index * size + i]) }
        }
      }
    }
    return (gathered, indices.map { labels[$0] })
  }
}
