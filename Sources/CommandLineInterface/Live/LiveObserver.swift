import NbrunReporting
import NbrunRunning
import NbrunSteps
import Synchronization

/// Follows a run on the terminal and on its live page.
final class LiveObserver: RunObserver {
  private struct State {
    var ended: [CellID: CellRecord] = [:]
    var partial: [CellID: CellResults] = [:]
    var lastShown = -Double.infinity
    var hasWarned = false
  }

  private let view: RunView
  private let console: Console
  private let folder: LiveFolder
  private let plan: Plan
  private let environment: RunnerEnvironment
  private let state = Mutex(State())

  init(view: RunView, console: Console, folder: LiveFolder, plan: Plan, environment: RunnerEnvironment) {
    self.view = view
    self.console = console
    self.folder = folder
    self.plan = plan
    self.environment = environment
  }

  var wantsPartialResults: Bool { true }

  func observe(_ event: RunEvent) {
    view.observe(event)
    state.withLock { state in
      switch event {
      case .cellEnded(let record):
        state.ended[record.id] = record
        state.partial[record.id] = nil
        // Reused cells end in one go; the page need not follow each of them.
        show(&state, atMostEvery: 0.3)
      case .cellStarted: show(&state, atMostEvery: 0)
      case .partial(let id, let results):
        state.partial[id] = results
        show(&state, atMostEvery: 0.5)
      default: break
      }
    }
  }

  private func show(_ state: inout State, atMostEvery seconds: Double) {
    let now = monotonicSeconds()
    guard now - state.lastShown >= seconds else { return }
    state.lastShown = now
    do {
      try folder.show(record(state), plan: plan, isRunning: true)
    } catch {
      if !state.hasWarned { console.report([.warning("the live page cannot be written: \(error)")]) }
      state.hasWarned = true
    }
  }

  /// What is known so far.
  private func record(_ state: State) -> RunRecord {
    RunRecord(
      of: plan, in: environment,
      cells: plan.cells.map { cell in
        state.ended[cell.id]
          ?? CellRecord(
            notYetRun: cell,
            outcome: state.partial[cell.id].map { .succeeded(LivePage.unfinished($0)) } ?? .notRun(.pending))
      }, alterations: folder.alterations)
  }
}
