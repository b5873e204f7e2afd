import NbrunDigests
import NbrunFilePaths
import Foundation
import NbrunRandomNumbers
import NbrunSteps

/// A number that flows from cell to cell.
struct Amount: Codable, Sendable {
  var value: Int
}

/// Counts, with checkpoints; prints and reports all the while.
struct Counting: Step {
  static let name: StepName = "counting"
  static let summary = "Counts to a number, with checkpoints."

  struct State: Codable {
    var done: Int
    var sum: Double
  }

  @Parameter("Where it ends.", in: 0...) var end = 10
  @Parameter("How many counts apart checkpoints are.", in: 1...) var interval = 5
  @Parameter("How long each count takes, in milliseconds.", in: 0...) var pause = 0
  @Parameter("At which count it kills itself; never where this is negative.") var killsItselfAt = -1

  var metrics: [Metric] { [.exact("sum")] }
  var series: [MetricSeries] { [MetricSeries("counts", .chaotic(prefix: 4, relative: 1e-4))] }
  var expectedSeconds: Double? { Double(end * pause) / 1000 }

  func run(in cell: Cell) throws -> Amount {
    var state = try cell.resume(State.self) ?? State(done: 0, sum: 0)
    let resumedAt = state.done
    while state.done < end {
      if cell.shouldStop {
        try cell.checkpoint(state)
        throw CellInterrupted()
      }
      usleep(UInt32(pause) * 1000)
      state.done += 1
      state.sum += cell.random.seedWord / Double(state.done)
      print("count", state.done)
      cell.series("counts", [state.sum], line: "sum \(state.sum)")
      cell.progress(state.done, of: end, "counting", value: state.sum)
      if state.done % interval == 0 { try cell.checkpoint(state) }
      // Only a run that has not gone on from a checkpoint kills itself.
      if state.done == killsItselfAt, resumedAt == 0 { kill(getpid(), SIGKILL) }
    }
    cell.report("sum", state.sum, as: "sum: ")
    return Amount(value: state.done)
  }
}

extension NumPyRandom {
  /// The stream's first number.
  fileprivate var seedWord: Double {
    var copy = self
    return copy.randomSample()
  }
}

/// Doubles what an earlier cell counted.
struct Doubling: Step {
  static let name: StepName = "doubling"
  static let summary = "Doubles an amount."

  @Input("What to double.") var amount: Amount

  var metrics: [Metric] { [.exact("doubled")] }

  func run(in cell: Cell) throws -> Amount {
    cell.report("doubled", amount.value * 2, as: "doubled: ")
    return Amount(value: amount.value * 2)
  }
}

/// Takes its time.
struct Sleeping: Step {
  static let name: StepName = "sleeping"
  static let summary = "Sleeps without minding anything."

  @Parameter("For how long, in seconds.", in: 0...) var seconds = 60.0

  func run(in cell: Cell) throws {
    print("good night")
    Thread.sleep(forTimeInterval: seconds)
    print("good morning")
  }
}

/// Reads a file of a data source.
struct ReadingData: Step {
  static let name: StepName = "reading-data"
  static let summary = "Says how large the flowers are."

  var metrics: [Metric] { [.exact("size")] }
  var dataSources: [any DataSource] { [Flowers()] }

  func run(in cell: Cell) throws {
    let folder = try cell.data(Flowers()).folder
    let size = try Data(contentsOf: URL(filePath: "\(folder)/petals.bin")).count
    cell.report("size", size, as: "petals: ")
  }
}

/// Data of one file, `petals.bin`. Its digest is remembered by the file's size and time, which anybody can put back.
struct Flowers: DataSource {
  let name: DataSourceName = "flowers"
  let summary = "Petals."

  func locate(_ search: DataSearch) throws -> DataLocation? {
    for folder in search.folders where FileManager.default.fileExists(atPath: "\(folder)/petals.bin") {
      let digest = try digest(of: "\(folder)/petals.bin", search)
      return DataLocation(folder: folder, digests: ["petals.bin": digest], isOriginal: true)
    }
    return nil
  }

  private func digest(of path: String, _ search: DataSearch) throws -> Digest {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let (size, time) = (attributes[.size] as? Int ?? 0, attributes[.modificationDate] as? Date ?? .distantPast)
    let memory = "\(search.cacheFolder)/flowers/\(SHA256.digest(of: path))-\(size)-\(time.timeIntervalSince1970)"
    if !search.readsAnew, let text = try? String(contentsOfFile: memory, encoding: .utf8),
      let digest = Digest(hexadecimal: text)
    {
      return digest
    }
    let digest: Digest
    do { digest = try SHA256.digest(ofFileAt: path) } catch { throw StepFailure("cannot read \(path): \(error)") }
    try? FileManager.default.createDirectory(
      atPath: "\(search.cacheFolder)/flowers", withIntermediateDirectories: true)
    try? digest.description.write(toFile: memory, atomically: true, encoding: .utf8)
    return digest
  }

  func fetch(_ search: DataSearch, progress: @escaping @Sendable (Int, Int) -> Void) throws -> DataLocation {
    // A test that wants it to take long says so.
    while FileManager.default.fileExists(atPath: "\(search.cacheFolder)/slow-flowers") {
      progress(1 << 20, 4 << 20)
      usleep(20_000)
    }
    throw StepFailure("the flowers cannot be fetched", hint: "Put petals.bin into a folder and name it with --data")
  }

  func standIn(in folder: String) throws -> DataLocation? {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("stand-in".utf8).write(to: URL(filePath: "\(folder)/petals.bin"))
    let digest = try SHA256.digest(ofFileAt: "\(folder)/petals.bin")
    return DataLocation(folder: folder, digests: ["petals.bin": digest], isOriginal: false, isStandIn: true)
  }
}
