import NbrunDigests
import NbrunFilePaths
import Foundation
import Testing

@testable import NbrunRunning
@testable import NbrunSteps

@Suite struct CacheTests {
  let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  private var plan: TestPlan {
    var plan = TestPlan("count", "counting", "end: 6")
    plan.add("double", "doubling", "amount: count")
    return plan
  }

  /// The entry of the cell with the given metric.
  private func entry(with metric: String) throws -> String {
    try #require(
      folder.stateFiles("cache/results").first {
        try Data(contentsOf: URL(filePath: $0)).range(of: Data(metric.utf8)) != nil
      })
  }

  // MARK: Damage

  @Test(arguments: [0, 6, 8, 12, 20, 30, 38, 60, 100, 200])
  func aDamagedEntryIsSaidAndComputedAgain(offset: Int) throws {
    let first = try folder.run(plan)
    try flipByte(offset, of: entry(with: "doubled"))
    let log = EventLog()
    let second = try folder.run(plan, observer: log)
    #expect(second.computed == ["double"])
    #expect(log.warnings == ["the stored result of the cell double is damaged; it is computed again"])
    #expect(second.essence == first.essence)
    #expect(try folder.run(plan).computed == [])
  }

  @Test func whatCellsDependedOnIsWrittenAgainWhereItIsDamaged() throws {
    _ = try folder.run(plan)
    let files = folder.stateFiles("cache/index").map { URL(filePath: $0) }
    let whole = try files.map { try Data(contentsOf: $0) }
    for file in files { try flipByte(60, of: file.path(percentEncoded: false)) }
    var changed = TestPlan("count", "counting", "end: 7")
    changed.add("double", "doubling", "amount: count")
    _ = try Runner(environment: folder.environment()).explain(changed.plan())
    _ = try folder.run(plan)
    #expect(try files.count == 2 && files.map { try Data(contentsOf: $0) } == whole)
  }

  @Test func aDamagedOutputIsNoticedWhereItIsNeeded() throws {
    let first = try folder.run(plan)
    try flipByte(-1, of: entry(with: "counts"))
    try FileManager.default.removeItem(atPath: entry(with: "doubled"))
    let log = EventLog()
    let second = try folder.run(plan, observer: log)
    #expect(second.computed == ["count", "double"])
    #expect(log.warnings == ["the stored result of the cell count is damaged; it is computed again"])
    #expect(second.essence == first.essence)
  }

  @Test func aTruncatedEntryIsComputedAgain() throws {
    let first = try folder.run(plan)
    for path in folder.stateFiles("cache/results") { try Data().write(to: URL(filePath: path)) }
    let log = EventLog()
    let second = try folder.run(plan, observer: log)
    #expect(log.warnings.count == 2)
    #expect(second.essence == first.essence)
  }

  // MARK: Sharing

  @Test func twoRunsAtOnceComputeACellOnce() async throws {
    let plan = TestPlan("count", "counting", "end: 40", "pause: 20")
    let records = Synchronized<[RunRecord]>([])
    let log = EventLog()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        group.addTask {
          // Each run blocks a thread of its own.
          let record = try await onItsOwnThread { try self.folder.run(plan, observer: log) }
          records.change { $0.append(record) }
        }
      }
      try await group.waitForAll()
    }
    #expect(records.value.count == 2)
    #expect(Set(records.value.map(\.computed)) == [["count"], []])
    #expect(log.events.contains { if case .waiting("count") = $0 { true } else { false } })
    #expect(records.value[0].essence == records.value[1].essence)
    #expect(folder.stateFiles("cache/running").isEmpty)
  }

  @Test func theLongestUnusedGoFirst() throws {
    let cache = ResultCache(stateFolder: "\(folder.path)/.nbrun")
    for end in 1...4 { _ = try folder.run(TestPlan("count", "counting", "end: \(end)")) }
    let entries = folder.stateFiles("cache/results")
    let sizes = try entries.map { try #require(FileIdentity($0)).size }
    var past = timeval(tv_sec: 1_000_000, tv_usec: 0)
    for entry in entries[1...2] {
      past.tv_sec += 10
      utimes(entry, [past, past])
    }
    cache.trim(to: sizes[0] + sizes[2] + sizes[3])
    #expect(folder.stateFiles("cache/results") == [entries[0], entries[2], entries[3]])
    cache.trim(to: 0)
    #expect(folder.stateFiles("cache/results").isEmpty)
  }

  @Test func nothingIsLeftOfARunBesidesItsResults() throws {
    _ = try folder.run(plan)
    #expect(folder.stateFiles("runs").isEmpty)
    #expect(folder.stateFiles("checkpoints").isEmpty)
    #expect(folder.stateFiles("cache/running").isEmpty)
  }

  @Test func whatAKilledRunLeftIsRemovedByTheNext() throws {
    let abandoned = "\(folder.path)/.nbrun/runs/12345-1"
    try FileManager.default.createDirectory(atPath: abandoned, withIntermediateDirectories: true)
    try Data("torn".utf8).write(to: URL(filePath: "\(abandoned)/count.output"))
    try Data("12345\n".utf8).write(to: URL(filePath: "\(abandoned).lock"))
    try Data("12346\n".utf8).write(to: URL(filePath: "\(folder.path)/.nbrun/runs/12346-1.lock"))
    _ = try folder.run(plan)
    #expect(folder.stateFiles("runs").isEmpty)
  }

  @Test func inputsThatComeOutDifferentlyAreNotIgnored() throws {
    // `count` is never reused; once its output differs from what `double` was computed from, `double` is computed again.
    var plan = TestPlan("count", "counting", "end: 6", "cache: false")
    plan.add("double", "doubling", "amount: count")
    #expect(try folder.run(plan).computed == ["count", "double"])
    #expect(try folder.run(plan).computed == ["count"])
    let cache = ResultCache(stateFolder: "\(folder.path)/.nbrun")
    let path = try entry(with: "doubled")
    let key = String(path.suffix(65).filter { $0 != "/" })
    let digest = try #require(Digest(hexadecimal: key))
    let entry = try #require(try cache.entry(digest))
    try cache.store(entry.results, inputDigests: ["amount": digest], output: nil, key: digest)
    #expect(try folder.run(plan).computed == ["count", "double"])
  }

  /// Whoever can write into the state folder can write results into it; `verify` runs in isolation and believes none.
  @Test func aForgedResultIsBelievedByRunsAndNotInIsolation() throws {
    _ = try folder.run(plan)
    let cache = ResultCache(stateFolder: "\(folder.path)/.nbrun")
    let key = String(try entry(with: "doubled").suffix(65).filter { $0 != "/" })
    let digest = try #require(Digest(hexadecimal: key))
    let entry = try #require(try cache.entry(digest))
    var forged = entry.results
    forged.metrics["doubled"] = .integer(999)
    try cache.store(forged, inputDigests: entry.inputDigests, output: nil, key: digest)
    #expect(try folder.run(plan)["double"]?.outcome.results?.metrics["doubled"] == .integer(999))
    let runner = Runner(environment: folder.environment())
    let before = folder.stateFiles("").map { FileManager.default.contents(atPath: $0) }
    for options in [RunOptions(), RunOptions(fresh: true)] {
      let record = try runner.executeInIsolation(plan.plan(), options: options)
      #expect(record["double"]?.outcome.results?.metrics["doubled"] == .integer(12))
      #expect(record.computed == ["count", "double"])
    }
    #expect(folder.stateFiles("").map { FileManager.default.contents(atPath: $0) } == before, "nothing is left")
  }

  // MARK: Why

  @Test func whySaysWhatChanged() throws {
    try folder.writeFlowers()
    var plan = self.plan
    plan.add("flowers", "reading-data")
    let runner = Runner(environment: folder.environment())
    #expect(
      try runner.explain(plan.plan()).map { $0.reasons.map(\.text) } == [["never run"], ["never run"], ["never run"]])
    #expect(folder.stateFiles("").isEmpty, "asking writes nothing")
    _ = try folder.run(plan)
    #expect(try runner.explain(plan.plan()).allSatisfy { $0.isReused && $0.reasons.isEmpty })

    var changed = TestPlan("count", "counting", "end: 7", "seed: 5")
    changed.add("double", "doubling", "amount: count")
    changed.add("flowers", "reading-data")
    try folder.writeFlowers("other")
    var environment = folder.environment()
    environment.description.toolchain = "Swift 7"
    let statuses = try Runner(environment: environment).explain(changed.plan())
    #expect(
      statuses.map { $0.reasons.map(\.text) } == [
        ["parameter end: 6 → 7", "seed: 231 → 5", "compiler: Swift → Swift 7"],
        ["input amount: the cell that it comes from changed", "compiler: Swift → Swift 7"],
        ["data flowers: petals.bin", "compiler: Swift → Swift 7"],
      ])
    #expect(statuses.allSatisfy { !$0.isReused })
  }

  @Test func whyKnowsWhatIsGoneDamagedOrNotHere() throws {
    var plan = self.plan
    plan.add("flowers", "reading-data")
    _ = try folder.run(plan)
    try FileManager.default.removeItem(atPath: entry(with: "doubled"))
    try flipByte(40, of: entry(with: "counts"))
    #expect(
      try Runner(environment: folder.environment()).explain(plan.plan()).map { $0.reasons.map(\.text) } == [
        ["its stored result is damaged"], ["its stored result is gone"], ["the data flowers is not here"],
      ])
  }
}

/// Runs what blocks on a thread of its own, so that tests that run at once do not wait for each other's threads.
func onItsOwnThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    Thread { continuation.resume(with: Swift.Result { try body() }) }.start()
  }
}
