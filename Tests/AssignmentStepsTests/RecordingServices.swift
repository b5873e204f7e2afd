import Foundation
import NbrunSteps
import Synchronization

/// Services that keep what a step reports, for a step that runs inside the test.
final class RecordingServices: CellServices {
  private struct State {
    var events: [CellEvent] = []
    var checkpoints: [[UInt8]] = []
    var eventsAtCheckpoint: [Int] = []
  }

  private let state = Mutex(State())
  private let locations: [DataSourceName: DataLocation]
  private let resumesFrom: [UInt8]?
  /// After how many checkpoints the step is asked to stop.
  private let stopsAfter: Int?
  /// After how many iterations of a training it is.
  private let stopsAfterLosses: Int?

  init(
    locations: [DataSourceName: DataLocation] = [:], resumingFrom checkpoint: [UInt8]? = nil, stopsAfter: Int? = nil,
    stopsAfterLosses: Int? = nil
  ) {
    self.locations = locations
    resumesFrom = checkpoint
    self.stopsAfter = stopsAfter
    self.stopsAfterLosses = stopsAfterLosses
  }

  func send(_ event: CellEvent) { state.withLock { $0.events.append(event) } }

  func data(_ name: DataSourceName) throws -> DataLocation {
    guard let location = locations[name] else { throw StepFailure("the test has no data \(name)") }
    return location
  }

  var shouldStop: Bool {
    if let stopsAfter { return checkpoints.count >= stopsAfter }
    if let stopsAfterLosses { return series["loss", default: []].count >= stopsAfterLosses }
    return false
  }

  func loadCheckpoint() throws -> [UInt8]? { resumesFrom }

  func saveCheckpoint(_ pieces: [Data]) throws {
    state.withLock {
      $0.checkpoints.append(pieces.flatMap { $0 })
      $0.eventsAtCheckpoint.append($0.events.count)
    }
  }

  // MARK: What was reported

  var events: [CellEvent] { state.withLock { $0.events } }
  var checkpoints: [[UInt8]] { state.withLock { $0.checkpoints } }
  /// How many events had come before each checkpoint.
  var eventsAtCheckpoint: [Int] { state.withLock { $0.eventsAtCheckpoint } }

  var metrics: [MetricKey: MetricValue] {
    var metrics: [MetricKey: MetricValue] = [:]
    for case .metric(let key, let value, _) in events { metrics[key] = value }
    return metrics
  }

  var series: [MetricKey: [MetricValue]] {
    var series: [MetricKey: [MetricValue]] = [:]
    for case .series(let key, let values, _) in events { series[key, default: []] += values }
    return series
  }

  /// Every reported metric, as often as it was reported.
  var reportedKeys: [MetricKey] {
    events.compactMap { if case .metric(let key, _, _) = $0 { key } else { nil } }
  }

  var figures: [FigureName] {
    events.compactMap { if case .figure(let name, _, _) = $0 { name } else { nil } }
  }
}
