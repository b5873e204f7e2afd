import Foundation
import Steps
import Synchronization

/// Finds the data that cells read: in the places to look, from its authors, or, where that is allowed, a synthetic stand-in.
struct DataResolver {
  /// What became of the search for a source's data.
  enum Answer: Equatable {
    case found(DataLocation)
    /// It cannot be had: what to do, in a sentence.
    case missing(String)
    case interrupted
  }

  let environment: RunnerEnvironment
  let observer: any RunObserver
  /// Whether a stand-in may be used; without being asked for on the command line only where fetching failed.
  let allowsStandIn: Bool
  let prefersStandInToFetching: Bool
  private var answers: [DataSourceName: Answer] = [:]

  init(environment: RunnerEnvironment, observer: any RunObserver, options: RunOptions, plan: Plan) {
    self.environment = environment
    self.observer = observer
    allowsStandIn = options.standIn || plan.notebook.frontMatter.allowsStandIn
    prefersStandInToFetching = options.standIn
  }

  /// Where the data of `source` is on this machine; nil where it would have to be fetched or made.
  mutating func locate(_ source: any DataSource) -> Answer? {
    if let answer = answers[source.name] { return answer }
    do {
      guard let location = try source.locate(environment.dataSearch) else { return nil }
      answers[source.name] = .found(location)
    } catch {
      answers[source.name] = .missing(Self.sentence(error))
    }
    return answers[source.name]
  }

  /// Where the data of `source` is, after fetching or making it.
  mutating func obtain(_ source: any DataSource) -> Answer {
    if let answer = locate(source) { return answer }
    var reason = ""
    if !prefersStandInToFetching {
      switch fetch(source) {
      case .missing(let sentence): reason = sentence
      case let answer:
        if case .found = answer { answers[source.name] = answer }
        return answer
      }
    }
    if allowsStandIn {
      do {
        if let made = try source.standIn(in: "\(environment.stateFolder)/stand-in/\(source.name)") {
          answers[source.name] = .found(made)
          return .found(made)
        }
      } catch {
        reason = Self.sentence(error)
      }
    }
    let answer = Answer.missing(reason.isEmpty ? "There is no stand-in for it" : reason)
    answers[source.name] = answer
    return answer
  }

  /// Fetches on a thread of its own, so that a request to stop is heard meanwhile; the thread then ends with the process.
  private func fetch(_ source: any DataSource) -> Answer {
    final class Download: Sendable {
      let answer = Mutex<Answer?>(nil)
      let progress = Mutex<(done: Int, total: Int)?>(nil)
      let changed = DispatchSemaphore(value: 0)
    }
    let download = Download()
    let search = environment.dataSearch
    let thread = Thread {
      let answer: Answer
      do {
        let location = try source.fetch(search) { done, total in
          download.progress.withLock { $0 = (done, total) }
          download.changed.signal()
        }
        answer = .found(location)
      } catch {
        answer = .missing(Self.sentence(error))
      }
      download.answer.withLock { $0 = answer }
      download.changed.signal()
    }
    thread.stackSize = 8 << 20
    thread.start()
    while true {
      _ = download.changed.wait(timeout: .now() + .milliseconds(200))
      if let progress = download.progress.withLock({ $0.take() }) {
        observer.observe(.fetching(source.name, done: progress.done, total: progress.total))
      }
      if let answer = download.answer.withLock({ $0 }) { return answer }
      if environment.interruption.count > 0 { return .interrupted }
    }
  }

  private static func sentence(_ error: any Error) -> String {
    let failure = CellFailure(describing: error)
    return failure.hint.map { "\(failure.message). \($0)" } ?? failure.message
  }
}
