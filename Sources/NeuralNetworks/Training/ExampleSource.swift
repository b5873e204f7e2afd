import NbrunTensors

/// Labelled images that a network learns from or is tested on, read a minibatch at a time: bytes may stay bytes until then.
package protocol ExampleSource: Sendable {
  /// How many there are.
  var count: Int { get }

  /// The images at `indices`, N×C×H×W, for `device`, and their classes; an index may occur more than once.
  func minibatch<Scalar: TensorScalar>(
    _ indices: [Int], as type: Scalar.Type, on device: Device
  ) -> (images: Tensor<Scalar>, labels: [Int])
}
