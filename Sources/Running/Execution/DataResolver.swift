import NbrunSteps

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
  private let search: DataSearch
  /// Whether a stand-in may be used; without being asked for on the command line only where fetching failed.
  let allowsStandIn: Bool
  let prefersStandInToFetching: Bool
  private var answers: [DataSourceName: Answer] = [:]

  init(environment: RunnerEnvironment, observer: any RunObserver, options: RunOptions, plan: Plan) {
    self.environment = environment
    self.observer = observer
    var search = environment.dataSearch
    search.readsAnew = search.readsAnew || options.fresh
    self.search = search
    allowsStandIn = options.standIn || plan.notebook.frontMatter.allowsStandIn
    prefersStandInToFetching = options.standIn
  }

  /// Where the data of `source` is on this machine; nil where it would have to be fetched or made.
  mutating func locate(_ source: any DataSource) -> Answer? {
    if let answer = answers[source.name] { return answer }
    do {
      guard let location = try source.locate(search) else { return nil }
      answers[source.name] = .found(location)
    } catch { answers[source.name] = .missing(Self.sentence(error)) }
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
    switch standIn(for: source) {
    case .missing(let sentence): reason = sentence
    case let answer?: return answer
    case nil: break
    }
    let answer = Answer.missing(reason.isEmpty ? "There is no stand-in for it" : reason)
    answers[source.name] = answer
    return answer
  }

  /// A stand-in for the data of `source`; nil where none is allowed or there is none.
  mutating func standIn(for source: any DataSource) -> Answer? {
    guard allowsStandIn else { return nil }
    do {
      guard let made = try source.standIn(in: "\(environment.stateFolder)/stand-in/\(source.name)") else { return nil }
      answers[source.name] = .found(made)
      return .found(made)
    } catch { return .missing(Self.sentence(error)) }
  }

  private func fetch(_ source: any DataSource) -> Answer {
    let search = search
    let result = InterruptibleWork.run(
      until: environment.interruption, progress: { observer.observe(.fetching(source.name, done: $0, total: $1)) }
    ) { try source.fetch(search, progress: $0) }
    switch result {
    case .success(let location): return .found(location)
    case .failure(let error): return .missing(Self.sentence(error))
    case nil: return .interrupted
    }
  }

  private static func sentence(_ error: any Error) -> String {
    let failure = StepFailure(describing: error)
    return failure.hint.map { "\(failure.message). \($0)" } ?? failure.message
  }
}
