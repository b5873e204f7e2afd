import NbrunPlatform
import Synchronization
import NbrunTensors

/// A minibatch that is gathered and converted on a thread of its own, while the one before it trains.
///
/// It only moves work: the same indices give the same minibatch whoever gathers it and whenever that is done.
final class UpcomingMinibatch<Scalar: TensorScalar>: Sendable {
  /// Which examples it has.
  let indices: [Int]

  private let result = Mutex<(images: Tensor<Scalar>, labels: [Int])?>(nil)
  private let isReady = DispatchSemaphore(value: 0)

  /// Begins to gather the examples at `indices`, for `device`.
  init(_ indices: [Int], of examples: any ExampleSource, on device: Device) {
    self.indices = indices
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      let minibatch = examples.minibatch(indices, as: Scalar.self, on: device)
      result.withLock { $0 = minibatch }
      isReady.signal()
    }
  }

  /// Waits for the minibatch.
  func get() -> (images: Tensor<Scalar>, labels: [Int]) {
    isReady.wait()
    // Whoever comes next, a copy of the solver, does not wait for it again.
    isReady.signal()
    guard let minibatch = result.withLock({ $0 }) else {
      preconditionFailure("a minibatch was announced before it was there")
    }
    return minibatch
  }
}
