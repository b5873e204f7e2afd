import NbrunDiagnostics
import NbrunSteps

/// Hears what happens during a run, in order and on the thread that runs it: a terminal, a live page.
package protocol RunObserver: Sendable {
  /// Whether `RunEvent.partial` is wanted.
  var wantsPartialResults: Bool { get }
  /// Something happened.
  func observe(_ event: RunEvent)
}

extension RunObserver { package var wantsPartialResults: Bool { false } }

/// What happens during a run.
package enum RunEvent: Sendable {
  /// The cells are about to be looked at: about how long those take that will be computed, in seconds, where their steps can tell.
  case started(expectedSeconds: [CellID: Double])
  /// A cell is about to be computed.
  case cellStarted(CellID)
  /// The running cell printed this: whole lines, or what stands before a reported number.
  case printed(CellID, String)
  /// The running cell reported a metric, with the line that shows it.
  case metric(CellID, MetricKey, MetricValue, MetricLine?)
  /// The running cell added to a series, with the line that shows the newest value.
  case series(CellID, MetricKey, [MetricValue], line: String?)
  /// How far the running cell is, and for how many seconds it has run.
  case progress(CellID, StepProgress, elapsed: Double)
  /// What the running cell has printed and reported so far; about once a second, where it is wanted.
  case partial(CellID, CellResults)
  /// The running cell goes on from the checkpoint of an earlier run, which had taken so many seconds to get there.
  case resumed(CellID, elapsed: Double)
  /// A cell has ended, computed or reused, or will not run. Claims that refer to later cells are not yet judged.
  case cellEnded(CellRecord)
  /// Data is being fetched: bytes so far and in total.
  case fetching(DataSourceName, done: Int, total: Int)
  /// Another run is computing this very cell; this one waits for its result.
  case waiting(CellID)
  /// The run was asked to stop; the running cell gets the time to write a checkpoint.
  case stopping
  /// Something that the user should know although the run goes on.
  case warning(Diagnostic)
}

/// Hears nothing.
package struct SilentObserver: RunObserver {
  package init() {}
  package func observe(_ event: RunEvent) {}
}
