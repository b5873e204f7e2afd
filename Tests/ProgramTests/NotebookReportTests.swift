import Foundation
import NbrunJSONValues
import NbrunTestSupport
import Testing

/// What the program makes of this package's own notebooks and steps, to the written report and the exit status.
@Suite struct NotebookReportTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
  }

  private static let notebooks = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "notebooks")

  /// What makes the trainings of `cnn.md` short.
  private static let short =
    [
      "overfit.filters=4", "one-epoch.training-count=150", "one-epoch.filters=4", "one-epoch.hidden-units=20",
      "best.training-count=300", "best.batch-size=100", "best.epochs=2", "best.filters=6", "best.hidden-units=20",
      "deep.training-count=100", "deep.batch-size=50", "deep.epochs=1",
    ].flatMap { ["--set", $0] } + ["--stand-in"]

  private func results(_ path: String) throws -> JSONValue {
    try JSONParser.parse(folder.text(path)).value
  }

  // MARK: Threads

  /// What two reports say of their runs, but for what is volatile, is equal to the byte; and unless that is asked for there is
  /// nothing to write anew.
  @Test(arguments: shareOfTrials([("conv_layers", []), ("spatial_batchnorm", []), ("cnn", short)]))
  func theNumberOfThreadsChangesNoByte(name: String, options: [String]) throws {
    let notebooks = ["conv_layers", "spatial_batchnorm", "cnn"]
    for other in notebooks { try folder.write("# \(other)\n", to: "notebooks/\(other).md") }
    let notebook = try Data(contentsOf: Self.notebooks.appending(path: "\(name).md"))
    try folder.write([UInt8](notebook), to: "notebooks/\(name).md")
    func files(threads: Int, _ more: String...) throws -> [String: Data] {
      let end = try folder.run(
        .nbrun,
        ["notebooks/\(name).md", "--fresh", "--threads", "\(threads)", "--output", "outputs"] + options + more)
      #expect(end.status == .exited(0), "\(end.error)")
      return folder.files("outputs/\(name)")
    }
    let one = try files(threads: 1)
    #expect(try files(threads: 2) == one)
    let two = try files(threads: 2, "--no-stable")
    #expect(two.keys.sorted() == one.keys.sorted())
    #expect(try lasting(two["results.json"]) == lasting(one["results.json"]))
    let cells = try lasting(one["results.json"])["cells"]?.elements ?? []
    for figure in cells.flatMap({ $0["figures"]?.elements ?? [] }) where figure["volatile"] == .bool(false) {
      let file = try #require(figure["file"]?.text)
      #expect(one[file] != nil && one[file] == two[file], "\(file)")
    }
  }

  /// A `results.json` without what is volatile.
  private func lasting(_ data: Data?) throws -> JSONValue {
    guard case .object(var members) = try JSONParser.parse(String(decoding: data ?? Data(), as: UTF8.self)).value
    else { return .null }
    #expect(members.removeValue(forKey: "volatile") != nil)
    return .object(members)
  }

  // MARK: Data

  private static let small = """
    # Small

    ```nbrun
    step: network-summary
    id: layers
    ```

    ```nbrun
    step: train
    id: small
    filters: 2
    filter-size: 3
    hidden-units: 4
    training-count: 60
    batch-size: 20
    epochs: 3
    print-every: 1
    expect: iterations = 9
    expect: best-validation-accuracy > 0.99
    ```

    ```nbrun
    step: show-filters
    network: small
    ```

    """

  private func run(_ arguments: String..., wrapper: [String] = []) throws -> ProgramEnd {
    try folder.write(Self.small, to: "notebooks/small.md")
    return try folder.run(.nbrun, ["notebooks/small.md", "--output", "outputs"] + arguments, wrapper: wrapper)
  }

  private func statuses() throws -> [String?] {
    try results("outputs/small/results.json")["cells"]?.elements?.map { $0["status"]?.text } ?? []
  }

  @Test func withoutDataWhatNeedsNoneIsInTheReport() throws {
    // Without a network, so that nothing can be fetched.
    let unshare = ["/usr/bin/unshare", "--map-root-user", "--net"]
    guard FileManager.default.isExecutableFile(atPath: unshare[0]) else {
      print("skipped: there is no unshare to take the network away")
      return
    }
    let end = try run(wrapper: unshare)
    if end.error.contains("unshare failed") {
      print("skipped: the network cannot be taken away: \(end.error)")
      return
    }
    #expect(end.status == .exited(3), "\(end)")
    let lines = end.error.split(separator: "\n").filter { $0.contains("nbrun data cifar-10") }
    #expect(lines.contains { $0.contains("--from PATH") && $0.contains("--stand-in") }, "\(end.error)")
    #expect(try statuses() == ["succeeded", "not-run", "not-run"])
    for name in ["report.html", "README.md"] {
      let text = try folder.text("outputs/small/\(name)")
      #expect(text.contains("nbrun data cifar-10") && text.contains("parameters: "), "\(name)")
    }
  }

  /// Well-formed files but for a label, found before anything runs.
  @Test func damagedDataAreNamedByFileAndRecord() throws {
    try makeData {
      try $0.seek(toOffset: 41 * 3073); try $0.write(contentsOf: [12])
    }
    let end = try run("--data", "data")
    #expect(end.status == .exited(3), "\(end)")
    #expect(end.error.contains("data_batch_5.bin: record 42 has the label 12, above 9: the file is damaged"), "\(end)")
    #expect(try statuses() == ["succeeded", "not-run", "not-run"])
    #expect(try folder.text("outputs/small/README.md").contains("record 42"))
  }

  @Test func truncatedDataAreNamedByFileAndRecord() throws {
    try makeData { try $0.truncate(atOffset: 41 * 3073 + 7) }
    let end = try run("--data", "data")
    #expect(end.status == .exited(3), "\(end)")
    #expect(end.error.contains("data_batch_5.bin has 126000 bytes instead of 30730000"), "\(end)")
    #expect(end.error.contains("it ends in record 42"), "\(end)")
    #expect(try statuses() == ["succeeded", "not-run", "not-run"])
  }

  /// The dataset's files full of zeros, the fifth of them changed by `change`.
  private func makeData(_ change: (FileHandle) throws -> Void) throws {
    for name in (1...5).map({ "data_batch_\($0).bin" }) + ["test_batch.bin"] {
      try folder.write("", to: "data/\(name)")
      let file = try #require(FileHandle(forUpdatingAtPath: "\(folder.path)/data/\(name)"))
      try file.truncate(atOffset: 30_730_000)
      if name == "data_batch_5.bin" { try change(file) }
      try file.close()
    }
  }

  @Test func theStandInIsSaidAtTheTopAndItsClaimsAreNotTested() throws {
    let end = try run("--stand-in")
    #expect(end.status == .exited(0), "\(end)")
    #expect(end.error.contains("– 2 claims not tested: stand-in data · 3 cells"), "\(end.error)")
    let record = try results("outputs/small/results.json")
    #expect(try statuses() == ["succeeded", "succeeded", "succeeded"])
    #expect(
      record["cells"]?.elements?[1]["claims"]?.elements?.map { $0["status"]?.text } == ["not-tested", "not-tested"])
    for name in ["report.html", "README.md"] {
      let text = try folder.text("outputs/small/\(name)")
      let first = try #require(text.range(of: "Stand-in data"), "\(name)")
      let cell = try #require(text.range(of: "network-summary"), "\(name)")
      #expect(first.lowerBound < cell.lowerBound, "\(name): the banner stands above the first cell")
    }
  }

  /// A run of one cell is judged by that cell.
  @Test func theLastLineIsAboutTheCellsThatWereAskedFor() throws {
    let end = try run("--stand-in", "--only", "small")
    #expect(end.status == .exited(0), "\(end)")
    #expect(end.error.contains("– 2 claims not tested: stand-in data · 1 of 3 cells · 1 computed in "), "\(end.error)")
  }

  // MARK: Losses

  @Test func anInfiniteLossIsAFailedCellInAFullReport() throws {
    let end = try run("--stand-in", "--set", "small.learning-rate=1e12")
    #expect(end.status == .exited(1), "\(end)")
    #expect(
      end.error.contains("in iteration ") && end.error.contains("try a learning rate below 1000000000000.0"), "\(end)")
    #expect(try statuses() == ["succeeded", "failed", "not-run"])
    let failed = try results("outputs/small/results.json")["cells"]?.elements?[1]
    let message = try #require(failed?["failure"]?["message"]?.text)
    #expect(message.contains("the loss became ") && message.contains(" in iteration "), "\(message)")
    for name in ["report.html", "README.md", "report.ipynb"] {
      let text = try folder.text("outputs/small/\(name)")
      #expect(text.contains(message) && text.contains("(Iteration 1 / 9) loss: "), "\(name)")
      #expect(text.contains("try a learning rate below"), "\(name)")
    }
  }
}
