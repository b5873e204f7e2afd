import NbrunNeuralNetworks
import NbrunTensors

/// Examples that are all in memory as numbers.
struct TensorExamples: ExampleSource {
  /// The images, N×C×H×W.
  let images: Tensor<Double>
  /// Their classes, N.
  let labels: [Int]

  init(images: Tensor<Double>, labels: [Int]) {
    guard images.shape.rank == 4 && images.shape[0] == labels.count else {
      fatalError("images of shape \(images.shape) for \(labels.count) labels")
    }
    (self.images, self.labels) = (images, labels)
  }

  var count: Int { labels.count }

  /// The images at `indices` and their classes.
  func minibatch<Scalar: TensorScalar>(
    _ indices: [Int], as type: Scalar.Type, on device: Device
  ) -> (images: Tensor<Scalar>, labels: [Int]) {
    let size = images.count / Swift.max(count, 1)
    let shape = Shape([indices.count] + images.shape.dimensions.dropFirst())
    let gathered = Tensor<Scalar>(shape: shape, on: device) { target in
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

extension Solver {
  /// Makes all iterations that are left; after each, `body` is called with what it did and with the solver, and stops the
  /// training by returning false.
  mutating func train(_ body: (Step, borrowing Solver) throws -> Bool = { _, _ in true }) throws {
    while !isFinished {
      let step = try step()
      guard try body(step, self) else { return }
    }
  }
}

extension Tensor {
  /// A tensor of ones.
  static func ones(_ shape: Shape) -> Tensor { Tensor(repeating: 1, shape: shape) }
}
