import NbrunNotebooks
import NbrunPlatform
import NbrunSteps

/// Watches over one cell while a worker runs it: reads what it prints, handles what it reports in exactly the order in which
/// the step did both, and ends it where it must be ended.
struct CellSupervisor {
  /// How a cell ended.
  enum Ending: Equatable {
    case finished(WorkerOutput?)
    case failed(StepFailure)
    /// It stopped because the run was asked to.
    case interrupted
  }

  private let worker: WorkerProcess
  private let cell: WorkerCell
  private let timeout: Double?
  private let environment: RunnerEnvironment
  private let observer: any RunObserver
  /// Stores a checkpoint that the worker has written: the file's name, and everything reported before it.
  private let keepCheckpoint: (String, CellReport, Double) throws -> Void
  /// Whether the cell has reported all that is wanted of it.
  private let isEnough: (CellReport) -> Bool

  private(set) var recorder: CellRecorder
  /// Whether the worker can run another cell.
  private(set) var workerLives = true
  private let start: Double
  private let earlierSeconds: Double
  private var stopDeadline: Double?
  /// Whether the worker has sent a message, and when a launcher that is waited for in vain is to be said.
  private var hasHeard = false
  private var launchDeadline: Double?
  private var nextPartial: Double
  private var unfinishedLine: [UInt8] = []
  /// Since when a message has been unfinished without anything arriving.
  private var unfinishedMessageSince: Double?
  /// Whether everything that prints into the pipe has closed it.
  private var outputHasEnded = false

  /// A supervisor of `cell`, which may run for `timeout` seconds.
  /// - Parameters:
  ///   - recorder: what the cell reported before the checkpoint that it goes on from; empty for one that starts afresh.
  ///   - earlierSeconds: how long the cell had run up to that checkpoint.
  init(
    _ cell: WorkerCell, on worker: WorkerProcess, timeout: Double?, recorder: CellRecorder, earlierSeconds: Double = 0,
    environment: RunnerEnvironment, observer: any RunObserver,
    isEnough: @escaping (CellReport) -> Bool = { _ in false },
    keepCheckpoint: @escaping (String, CellReport, Double) throws -> Void
  ) {
    (self.cell, self.worker, self.timeout, self.recorder) = (cell, worker, timeout, recorder)
    (self.earlierSeconds, self.environment, self.observer) = (earlierSeconds, environment, observer)
    (self.isEnough, self.keepCheckpoint) = (isEnough, keepCheckpoint)
    start = monotonicSeconds()
    nextPartial = start + 1
  }

  /// How long the cell has run, in seconds, earlier parts of an interrupted run included.
  var seconds: Double { monotonicSeconds() - start + earlierSeconds }

  mutating func run() -> Ending {
    // What an earlier cell's threads print after its end belongs to no cell; what is printed before the first is a launcher's.
    if worker.hasRunCells { _ = readOutput(atMost: worker.printedByteCount) }
    worker.hasRunCells = true
    launchDeadline = environment.workerLauncher.isEmpty ? nil : start + environment.messagePatience
    do {
      try worker.send(.run(cell))
      while true {
        waitForSomething()
        if let ending = handleInterruptions() ?? checkTimeout() { return ending }
        print(readOutput(atMost: 1 << 18))
        let arrival = worker.channel.read(waiting: false)
        if case .bytes = arrival { unfinishedMessageSince = nil }
        while let message = try worker.channel.next(WorkerMessage.self) {
          hasHeard = true
          // The worker flushed before it sent: exactly what it had printed by then is in the pipe.
          print(readOutput(atMost: worker.printedByteCount))
          if let ending = try handle(message) {
            flushUnfinishedLine()
            return ending
          }
        }
        if case .end = arrival {
          let launcher = hasHeard ? [] : environment.workerLauncher
          return end { $0.failure(launchedBy: launcher) }
        }
        try checkUnfinishedMessage()
        if !hasHeard, let deadline = launchDeadline, monotonicSeconds() > deadline {
          launchDeadline = nil
          warn(
            "what NBRUN_WORKER starts (\(environment.workerLauncher.joined(separator: " "))) runs no worker yet; it is waited for"
          )
        }
        offerPartialResults()
      }
    } catch {
      worker.kill()
      return end { _ in StepFailure("the worker sent what is no message: \(error)") }
    }
  }

  // MARK: Waiting

  private func waitForSomething() {
    // A pipe that has ended would wake the loop without end.
    let output = outputHasEnded ? -1 : worker.outputDescriptor
    var descriptors = [worker.channel.descriptor, output, environment.interruption.descriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    // Once requests have been heard, further ones are counted when they wake the loop.
    let deadlines = [
      timeout.map { start + $0 }, stopDeadline, observer.wantsPartialResults ? nextPartial : nil,
      unfinishedMessageSince.map { $0 + environment.messagePatience }, hasHeard ? nil : launchDeadline,
    ]
    let wait = deadlines.compactMap { $0 }.min().map { min(max(0, $0 - monotonicSeconds()), 3600) }
    poll(&descriptors, nfds_t(descriptors.count), wait.map { Int32(($0 * 1000).rounded(.up)) } ?? -1)
  }

  private mutating func handleInterruptions() -> Ending? {
    let requests = environment.interruption.count
    guard requests > 0 else { return nil }
    guard let deadline = stopDeadline else {
      stopDeadline = monotonicSeconds() + environment.stopPatience
      observer.observe(.stopping)
      try? worker.send(.stop)
      return nil
    }
    guard requests > 1 || monotonicSeconds() > deadline else { return nil }
    worker.kill()
    _ = end { _ in StepFailure("") }
    return .interrupted
  }

  private mutating func checkTimeout() -> Ending? {
    guard let timeout, monotonicSeconds() - start > timeout else { return nil }
    worker.kill()
    return end { _ in
      StepFailure(
        "the step ran longer than its timeout of \(Slip.plain(timeout)) \(timeout == 1 ? "second" : "seconds")",
        hint: "a larger `timeout:` lets it run on")
    }
  }

  /// - Throws: where the rest of a message does not come.
  private mutating func checkUnfinishedMessage() throws {
    guard worker.channel.hasPartOfFrame else {
      unfinishedMessageSince = nil
      return
    }
    let since = unfinishedMessageSince ?? monotonicSeconds()
    unfinishedMessageSince = since
    if monotonicSeconds() - since >= environment.messagePatience { throw ForeignBytes() }
  }

  /// Takes in a dead or dying worker's last output.
  private mutating func end(_ failure: (Termination) -> StepFailure) -> Ending {
    workerLives = false
    let termination = worker.end()
    while true {
      let bytes = readOutput(atMost: 1 << 18)
      guard !bytes.isEmpty else { break }
      print(bytes)
    }
    flushUnfinishedLine()
    return .failed(failure(termination))
  }

  // MARK: Messages

  private mutating func handle(_ message: WorkerMessage) throws -> Ending? {
    switch message {
    case .began: break
    case .event(let event): try handle(event)
    case .used(let use): recorder.note(use)
    case .warning(let text): warn(text)
    case .finished(let output): return recorder.fault.map { .failed($0) } ?? .finished(output)
    case .failed(let failure): return .failed(failure)
    case .interrupted(let bySignal):
      // The signal was meant for the run, whoever else gets it.
      if bySignal, environment.interruption.count == 0 { environment.interruption.request() }
      return .interrupted
    }
    return nil
  }

  private mutating func handle(_ event: CellEvent) throws {
    if case .progress(let progress) = event { return observer.observe(.progress(cell.id, progress, elapsed: seconds)) }
    flushUnfinishedLine()
    recorder.record(event)
    switch event {
    case .metric(let key, let value, let line): observer.observe(.metric(cell.id, key, value, line))
    case .series(let key, let values, let line):
      observer.observe(.series(cell.id, key, values, line: line))
      if isEnough(recorder.report) { try worker.send(.stop) }
    case .checkpoint(let file): keep(file)
    case .figure, .progress: break
    }
    try worker.send(.acknowledge)
  }

  private func keep(_ file: String) {
    do { try keepCheckpoint(file, recorder.report, seconds) } catch {
      // A training is worth more than its checkpoint: it goes on, and the user is told.
      warn("no checkpoint could be kept: \(StepFailure(describing: error).message)")
    }
  }

  private func warn(_ text: String) { observer.observe(.warning(.warning("\(cell.id): \(text)"))) }

  private mutating func offerPartialResults() {
    guard observer.wantsPartialResults, monotonicSeconds() >= nextPartial else { return }
    nextPartial = monotonicSeconds() + 1
    observer.observe(.partial(cell.id, recorder.report.results(seconds: seconds)))
  }

  // MARK: Output

  /// Takes up to `limit` bytes out of the pipe, fewer where there are fewer.
  private mutating func readOutput(atMost limit: Int) -> [UInt8] {
    guard limit > 0 else { return [] }
    var hasEnded = outputHasEnded
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
      while initialized < limit {
        let count = read(worker.outputDescriptor, buffer.baseAddress! + initialized, limit - initialized)
        if count < 0 && errno == EINTR { continue }
        hasEnded = count == 0
        guard count > 0 else { return }
        initialized += count
      }
    }
    outputHasEnded = hasEnded
    return bytes
  }

  private mutating func print(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    recorder.print(bytes)
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    if end > 0 {
      observer.observe(.printed(cell.id, String(decoding: unfinishedLine + bytes[..<end], as: UTF8.self)))
      unfinishedLine.removeAll()
    }
    unfinishedLine += bytes[end...]
    // A line without an end is shown in pieces rather than gathered without limit.
    if unfinishedLine.count > 1 << 16 { flushUnfinishedLine() }
  }

  private mutating func flushUnfinishedLine() {
    guard !unfinishedLine.isEmpty else { return }
    observer.observe(.printed(cell.id, String(decoding: unfinishedLine, as: UTF8.self)))
    unfinishedLine.removeAll()
  }
}
