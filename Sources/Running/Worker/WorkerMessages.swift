import NbrunDigests
import NbrunSteps

/// What a supervisor tells its worker.
enum WorkerCommand: Sendable, Codable {
  case run(WorkerCell)
  /// The event was handled; go on.
  case acknowledge
  /// Write a checkpoint and stop as soon as you can.
  case stop
}

/// What a worker tells its supervisor.
enum WorkerMessage: Sendable, Codable {
  /// A sign of life: what a launcher starts need not be a worker.
  case began
  /// The step reported something. The worker waits for `acknowledge`, except after progress.
  case event(CellEvent)
  /// What the cell took so far; sent before a checkpoint and before each of the endings below.
  case used(ResourceUse)
  /// Something that the user should know although the step goes on.
  case warning(String)
  /// The step ran to its end. Its output, if it has one, lies in the cell's output file.
  case finished(WorkerOutput?)
  /// The step threw an error.
  case failed(StepFailure)
  /// The step stopped because it was asked to: by its supervisor, or by a signal that the worker got as well or alone.
  case interrupted(bySignal: Bool)
}

/// What a finished step gives to later cells: the size and the digest of its output file.
struct WorkerOutput: Sendable, Equatable, Codable {
  var byteCount: Int
  var digest: Digest
}

/// A cell as a worker needs it. Anything large travels in files.
struct WorkerCell: Sendable, Codable {
  var id: CellID
  var step: StepName
  var values: [String: String]
  var seed: UInt32
  var threads: Int
  var data: [DataSourceName: DataLocation]
  /// The files that its values name.
  var files: [String: FoundFile]
  /// The stored outputs of earlier cells.
  var inputs: [CellID: StoredBytes]
  /// Where to write its own output.
  var outputPath: String
  /// Where to write its checkpoints.
  var checkpointFolder: String
  /// The newest checkpoint of an earlier, interrupted run of the same cell.
  var resumesFrom: StoredBytes?
}

/// Bytes within a file.
struct StoredBytes: Sendable, Equatable, Codable {
  var path: String
  var offset: Int
  var count: Int
}
