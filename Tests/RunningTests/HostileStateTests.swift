import NbrunDigests
import Foundation
import NbrunTestSupport
import Testing

@testable import NbrunRunning
@testable import NbrunSteps

/// Stored files that somebody has tampered with, checksums included. A long run on demand: `NBRUN_FUZZ=100000`.
@Suite struct HostileStateTests {
  private static let rounds = fuzzCount(1_500)
  private static let key = SHA256.digest(of: "key")

  let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  private var report: CellReport {
    var report = CellReport()
    report.capture.append(Array("Testing\n".utf8))
    report.capture.append(.metric("loss", MetricLine(before: "loss: ", after: "\n", format: .fixed(3))))
    report.metrics = ["loss": .double(2.3), "count": .integer(3)]
    report.series = ["losses": [.float(2.3), .float(.nan)]]
    return report
  }

  @Test func entriesAreUsedOrRefusedButNeverTrap() throws {
    let cache = ResultCache(stateFolder: "\(folder.path)/.nbrun")
    let output = StoredBytes(path: "\(folder.path)/output", offset: 0, count: 6)
    try Data("output".utf8).write(to: URL(filePath: output.path))
    try cache.store(report.results(seconds: 1), inputDigests: ["network": Self.key], output: output, key: Self.key)
    let path = try #require(folder.stateFiles("cache").first)
    let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let sections = try #require(try ChecksummedFile.open(path)).map { try $0.load() }
    var random = FuzzGenerator(seed: 231)
    var accepted = 0
    for round in 0..<Self.rounds {
      if round % 2 == 0 {
        try Data(damaged(whole, &random)).write(to: URL(filePath: path))
      } else {
        try ChecksummedFile.write([damaged(sections[0], &random), sections[1]], to: path, durably: false)
      }
      guard let entry = try? cache.entry(Self.key) else { continue }
      accepted += 1
      _ = try? entry.output?.load()
    }
    #expect(accepted < Self.rounds / 2)
  }

  @Test func checkpointsAreUsedOrRefusedButNeverTrap() throws {
    let store = CheckpointStore(stateFolder: folder.path, key: Self.key, inputDigests: [:])
    try ChecksummedFile.write([Array("state".utf8)], to: "\(store.folder)/state-1-1", durably: false)
    try store.keep("state-1-1", report: report, seconds: 1)
    let path = "\(store.folder)/manifest"
    let section = try #require(try ChecksummedFile.open(path)?.first).load()
    var random = FuzzGenerator(seed: 232)
    for _ in 0..<Self.rounds {
      try ChecksummedFile.write([damaged(section, &random)], to: path, durably: false)
      guard let checkpoint = try? store.load() else { continue }
      var capture = checkpoint.report.capture
      capture.append(Array("more\n".utf8))
      _ = capture.output
    }
  }

  @Test func entriesUnderAnotherNameAreRefused() throws {
    let cache = ResultCache(stateFolder: "\(folder.path)/.nbrun")
    try cache.store(report.results(seconds: 1), inputDigests: [:], output: nil, key: Self.key)
    let path = try #require(folder.stateFiles("cache").first)
    let other = SHA256.digest(of: "other")
    let otherPath =
      "\(folder.path)/.nbrun/cache/results/\(other.description.prefix(2))/\(other.description.dropFirst(2))"
    try FileManager.default.createDirectory(
      atPath: (otherPath as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: path, toPath: otherPath)
    #expect(throws: DamagedFile(path: otherPath)) { try cache.entry(other) }
    #expect(try cache.entry(Self.key)?.results.metrics == report.metrics)
  }
}
