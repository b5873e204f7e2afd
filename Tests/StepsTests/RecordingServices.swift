import Foundation
import NbrunSteps
import Synchronization

/// Services that only remember what a step reported.
final class RecordingServices: CellServices {
  private let recorded = Mutex<[CellEvent]>([])

  var events: [CellEvent] { recorded.withLock { $0 } }
  var shouldStop: Bool { false }

  func send(_ event: CellEvent) {
    recorded.withLock { $0.append(event) }
  }

  func data(_ name: DataSourceName) throws -> DataLocation {
    throw StepFailure("there is no data in this test")
  }

  func loadCheckpoint() throws -> [UInt8]? { nil }
  func saveCheckpoint(_ pieces: [Data]) throws {}
}
