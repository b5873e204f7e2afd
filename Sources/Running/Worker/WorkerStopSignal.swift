import NbrunPlatform
import Synchronization

/// Whether a signal has asked this worker to stop. Whoever ends a whole job, a container or a service sends its signal to every process
/// of it; the running step then writes its checkpoint, as when its supervisor asks.
let workerStopSignal = WorkerStopSignal()

final class WorkerStopSignal: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Whether it has come. It holds for all later cells.
  var isSet: Bool { flag.load(ordering: .relaxed) }
  /// Notes SIGINT, SIGTERM and SIGHUP from now on, those also that came since the worker was started.
  func listen() { StopSignals.handle { _ in workerStopSignal.note() } }
  private func note() { flag.store(true, ordering: .relaxed) }
}
