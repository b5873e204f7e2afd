import NbrunPlatform
import Synchronization

/// Long work of others, such as fetching data, that a request to stop does not wait for.
package enum InterruptibleWork {
  private final class State<Value: Sendable>: Sendable {
    let result = Mutex<Result<Value, any Error>?>(nil)
    let progress = Mutex<(done: Int, total: Int)?>(nil)
    let changed = DispatchSemaphore(value: 0)
  }

  /// Does `work` on a thread of its own, which ends with the process where a request to stop comes first.
  /// - Parameters:
  ///   - progress: is told on the calling thread how far the work says it is.
  ///   - work: is given what it says so with.
  /// - Returns: what came of it; nil where it was to stop.
  package static func run<Value: Sendable>(
    until interruption: Interruption, progress: (_ done: Int, _ total: Int) -> Void,
    _ work: @escaping @Sendable (_ progress: @escaping @Sendable (Int, Int) -> Void) throws -> Value
  ) -> Result<Value, any Error>? {
    let state = State<Value>()
    DispatchQueue(label: "work").async {
      let result = Result {
        try work { done, total in
          state.progress.withLock { $0 = (done, total) }
          state.changed.signal()
        }
      }
      state.result.withLock { $0 = result }
      state.changed.signal()
    }
    while true {
      _ = state.changed.wait(timeout: .now() + .milliseconds(200))
      if let told = state.progress.withLock({ $0.take() }) { progress(told.done, told.total) }
      if let result = state.result.withLock({ $0 }) { return result }
      if interruption.count > 0 { return nil }
    }
  }
}
