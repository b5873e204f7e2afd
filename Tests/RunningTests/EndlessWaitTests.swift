import Foundation
import NbrunSteps
import Synchronization
import Testing

@testable import NbrunRunning

/// What a step without a timeout does to keep its supervisor waiting; the next cell runs all the same.
@Suite struct EndlessWaitTests {
  let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  private func run(_ plan: TestPlan, messagePatience: Double) throws -> RunRecord {
    var environment = folder.environment()
    environment.messagePatience = messagePatience
    return try Runner(environment: environment).execute(plan.plan(), options: RunOptions(keepGoing: true))
  }

  /// Bytes that are no message are told at once, however long one may wait for the rest of one.
  @Test(arguments: [("babbles", 1e6), ("stammers", 0.2)])
  func foreignBytesInTheConnectionEndTheCell(way: String, patience: Double) throws {
    var plan = TestPlan("bad", "misbehaving", "way: \(way)")
    plan.add("good", "measuring")
    let record = try run(plan, messagePatience: patience)
    guard case .failed(let failure, let partial) = record["bad"]?.outcome else {
      Issue.record("\(record)")
      return
    }
    #expect(
      failure.message
        == "the worker sent what is no message: bytes that a step must have written to a descriptor that is not its own"
    )
    #expect(partial.text == "before: 1.0\nlast words\n")
    #expect(record["good"]?.outcome.succeeded == true)
  }

  /// A step that closes its standard output still reports, and so do the cells after it.
  @Test func aClosedOutputIsNoEnd() throws {
    var plan = TestPlan("closed", "misbehaving", "way: closes-output")
    plan.add("good", "measuring")
    let record = try folder.run(plan)
    #expect(record.passed, "\(record)")
    #expect(record["closed"]?.outcome.results?.metrics["last"]?.double == 1)
  }

  /// A debugger may keep a worker waiting as long as its user likes, but not without a word.
  @Test func aSilentLauncherIsSaid() throws {
    let launcher = "\(folder.path)/silent"
    try Data("#!/bin/sh\nexec sleep 300\n".utf8).write(to: URL(filePath: launcher))
    #expect(chmod(launcher, 0o755) == 0)
    let interruption = Interruption()
    var environment = folder.environment(interruption: interruption)
    environment.workerLauncher = [launcher]
    (environment.messagePatience, environment.stopPatience) = (0.2, 0.1)
    let log = WaitingLog(interruption)
    _ = try Runner(environment: environment, observer: log).execute(TestPlan("good", "measuring").plan())
    #expect(
      log.warnings.withLock { $0 } == [
        "good: what NBRUN_WORKER starts (\(launcher)) runs no worker yet; it is waited for"
      ])
    // One that does start a worker is not complained of.
    environment = folder.environment()
    environment.workerLauncher = ["env"]
    environment.messagePatience = 5
    let quiet = WaitingLog(Interruption())
    #expect(try Runner(environment: environment, observer: quiet).execute(TestPlan("good", "measuring").plan()).passed)
    #expect(quiet.warnings.withLock { $0 } == [])
  }

  // MARK: Frames

  @Test func aFrameIsReadAsItArrives() throws {
    let (near, far) = try FrameChannel.makePair()
    let (reader, writer) = (FrameChannel(descriptor: near), FrameChannel(descriptor: far))
    #expect(try reader.next(String.self) == nil)
    #expect(try writer.send("one") && writer.send("two"))
    _ = reader.read(waiting: true)
    #expect(try reader.next(String.self) == "one")
    #expect(reader.hasPartOfFrame)
    #expect(try reader.next(String.self) == "two")
    #expect(!reader.hasPartOfFrame)
  }

  /// Whatever the bytes, the first that can be none of a frame's is an error.
  @Test(arguments: [
    [0x00], [0xFF, 0x00], [0xFF, 0x6E, 0x62, 0x73], [0xFF, 0x6E, 0x62, 0x72, 0xFF, 0xFF, 0xFF, 0xFF],
    Array("text".utf8),
  ])
  func foreignBytesAreToldAtOnce(bytes: [UInt8]) throws {
    let (near, far) = try FrameChannel.makePair()
    let reader = FrameChannel(descriptor: near)
    write(far, bytes, bytes.count)
    close(far)
    _ = reader.read(waiting: true)
    #expect(throws: ForeignBytes.self) { try reader.next(String.self) }
  }

  // MARK: Signals

  /// Signals that come together are one request, a later one is a second; a program's requests are counted each.
  @Test func requestsOfAProgramAreCounted() {
    let interruption = Interruption()
    #expect(interruption.count == 0)
    interruption.request()
    interruption.request()
    #expect(interruption.count == 2)
    #expect(interruption.firstSignal == nil)
  }
}

/// Keeps the warnings, and asks the run to stop with the first.
private final class WaitingLog: RunObserver {
  let warnings = Mutex<[String]>([])
  private let interruption: Interruption

  init(_ interruption: Interruption) { self.interruption = interruption }

  func observe(_ event: RunEvent) {
    guard case .warning(let warning) = event else { return }
    warnings.withLock { $0.append(warning.message) }
    interruption.request()
  }
}
