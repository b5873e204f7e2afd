import NbrunBinaryCoding
import NbrunPlatform
import NbrunPlotting
import NbrunRandomNumbers

/// What a running step sees of its cell: where to report to, its random stream, its data, its checkpoints.
///
/// Ordinary `print` is captured as well; what is printed and what is reported keep their order.
public struct Cell: Sendable {
  /// The cell's id.
  public let id: CellID
  /// The seed of its random stream.
  public let seed: UInt32
  /// How many threads the step may use.
  public let threads: Int
  let services: any CellServices

  /// A cell that reports to `services`.
  package init(id: CellID, seed: UInt32, threads: Int, services: any CellServices) {
    self.id = id
    self.seed = seed
    self.threads = threads
    self.services = services
  }

  /// The cell's random stream, from its start: each reading gives the same numbers.
  public var random: NumPyRandom { NumPyRandom(seed: seed) }

  // MARK: Numbers

  /// Reports a metric. Where `label` is given, prints a line with it: `label`, the number in `format`, `suffix`.
  public func report(
    _ key: MetricKey, _ value: some MetricConvertible, as label: String? = nil, format: NumberFormat = .shortest,
    suffix: String = ""
  ) {
    let line = label.map { MetricLine(before: $0, after: suffix + "\n", format: format) }
    services.send(.metric(key, value.metricValue, line: line))
  }

  /// Adds values to a series. Where `line` is given, prints it as the line that shows the newest of them.
  public func series(_ key: MetricKey, _ values: [some MetricConvertible], line: String? = nil) {
    services.send(.series(key, values.map(\.metricValue), line: line.map { $0 + "\n" }))
  }

  // MARK: Figures and progress

  /// Draws a figure.
  /// - Parameter volatile: whether it shows times or other values that differ from run to run.
  public func plot(_ figure: Figure, named name: FigureName, volatile: Bool = false) {
    services.send(.figure(name, figure, isVolatile: volatile))
  }

  /// Says how far the step is.
  /// - Parameters:
  ///   - note: a few words on where it is.
  ///   - value: a number to draw as a spark line while the step runs, such as the loss.
  public func progress(_ done: Int, of total: Int, _ note: String, value: Double? = nil) {
    services.send(.progress(StepProgress(done: done, total: total, note: note, value: value)))
  }

  // MARK: Data

  /// The data of `source`, which the step must have declared.
  public func data(_ source: some DataSource) throws -> DataLocation { try services.data(source.name) }

  // MARK: Checkpoints

  /// Whether the step was asked to stop: it should write a checkpoint and throw `CellInterrupted`.
  public var shouldStop: Bool { services.shouldStop }

  /// The state that an interrupted run of this same cell left, or nil. What was printed and reported up to it is kept.
  public func resume<State: Codable>(_ type: State.Type = State.self) throws -> State? {
    try services.loadCheckpoint().map { try BinaryDecoder.decode(State.self, from: $0) }
  }

  /// Stores `state`, so that a run that is killed from here on starts again from here.
  public func checkpoint(_ state: some Codable) throws { try services.saveCheckpoint(BinaryEncoder.pieces(state)) }
}

/// Thrown by a step that was asked to stop and has written its checkpoint.
public struct CellInterrupted: Error, Sendable, Equatable {
  /// An interruption.
  public init() {}
}

/// An error with a hint: what failed, and what to try.
public struct StepFailure: Error, Sendable, Equatable, Codable, CustomStringConvertible {
  /// What failed: one sentence without a full stop.
  package var message: String
  /// What to try; nil where nothing can be said.
  package var hint: String?

  /// `message`, with a hint.
  public init(_ message: String, hint: String? = nil) { (self.message, self.hint) = (message, hint) }

  /// The message and the hint.
  public var description: String { hint.map { "\(message) (\($0))" } ?? message }
}

/// The services behind a `Cell`: in a worker they talk to the supervisor, in a test they record.
package protocol CellServices: Sendable {
  /// Passes on an event, after everything printed before it.
  func send(_ event: CellEvent)
  /// Where a declared data source's files are.
  func data(_ name: DataSourceName) throws -> DataLocation
  /// Whether the step should stop.
  var shouldStop: Bool { get }
  /// The bytes of the newest checkpoint, or nil.
  func loadCheckpoint() throws -> [UInt8]?
  /// Stores a checkpoint's bytes, which come in pieces.
  func saveCheckpoint(_ pieces: [Data]) throws
}
