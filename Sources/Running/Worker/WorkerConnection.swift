import NbrunPlatform
import Synchronization

/// A worker's side of the connection to its supervisor.
///
/// A thread of its own reads commands, so that a supervisor's end is noticed and a request to stop is seen even while a step
/// computes.
final class WorkerConnection: Sendable {
  /// Whether the running cell was asked to stop.
  let isStopping = Atomic<Bool>(false)
  private let descriptor: Int32
  /// Only the holder of the lock writes.
  private let writer: Mutex<FrameChannel>
  private let acknowledged = DispatchSemaphore(value: 0)
  private let cells = Mutex<[WorkerCell]>([])
  private let cellArrived = DispatchSemaphore(value: 0)

  /// A connection over the socket `descriptor`.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    writer = Mutex(FrameChannel(descriptor: descriptor))
    DispatchQueue(label: "commands").async { [self] in readCommands() }
  }

  /// The next cell to run, waited for.
  func nextCell() -> WorkerCell {
    cellArrived.wait()
    return cells.withLock { $0.removeFirst() }
  }

  /// Sends `message`, after everything that was printed before it.
  /// - Parameter waiting: whether to return only when the supervisor has handled it.
  func send(_ message: WorkerMessage, waiting: Bool) {
    writer.withLock { writer in
      fflush(nil)
      // A failure means that the supervisor is gone; the reading thread ends this process then.
      guard (try? writer.send(message)) == true, waiting else { return }
      acknowledged.wait()
    }
  }

  private func readCommands() {
    let channel = FrameChannel(descriptor: dup(descriptor))
    while true {
      while let command = try? channel.next(WorkerCommand.self) {
        switch command {
        case .run(let cell):
          isStopping.store(false, ordering: .relaxed)
          cells.withLock { $0.append(cell) }
          cellArrived.signal()
        case .acknowledge: acknowledged.signal()
        case .stop: isStopping.store(true, ordering: .relaxed)
        }
      }
      if case .end = channel.read(waiting: true) { endProcessGroup() }
    }
  }

  /// Ends this process and whatever it has started: nobody is left to hear of their results.
  private func endProcessGroup() {
    kill(0, SIGKILL)
    _exit(1)
  }
}
