import NbrunFilePaths
import Foundation
import NbrunNotebooks
import NbrunSteps
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

@Suite struct ReportWriterTests {
  /// Runs `body` with a folder that is gone afterwards.
  static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "reports-\(UUID().uuidString)").path()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  static func write(
    _ record: RunRecord, to folder: String, formats: Set<ReportFormat> = Set(ReportFormat.usual),
    isStable: Bool = false
  ) throws -> ReportWriter.Summary {
    try ReportWriter.write(
      record: record, notebook: SampleNotebook.notebook, plan: nil, to: folder, formats: formats,
      isStable: isStable)
  }

  static func bytes(_ folder: String, _ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
  }

  @Test func aSecondRunThatFoundTheSameChangesNothing() throws {
    try Self.withFolder { folder in
      let first = try Self.write(SampleNotebook.shortRecord, to: folder)
      #expect(
        first.files == [
          "README.md", "card.png", "figures/race.bars.dark.svg", "figures/race.bars.svg",
          "figures/train.curve.dark.svg",
          "figures/train.curve.svg", "report.html", "report.ipynb", "results.json",
        ])
      #expect(first.changed.sorted() == first.files)
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      #expect(names == (first.files + ["figures"]).sorted())
      let second = try Self.write(SampleNotebook.shortRecord, to: folder)
      #expect(second.changed == [] && second.removed == [])
    }
  }

  @Test func formatsHaveFilesOfTheirOwnAndCSVIsWrittenWhereItIsAskedFor() throws {
    let files = ReportFormat.all.map(\.fileName) + [ReportCard.fileName, ResultsFile.name, FigureFile.folder]
    #expect(Set(files.map { $0.lowercased() }).count == files.count)
    #expect(Set(ReportFormat.all.map(\.name)).count == ReportFormat.all.count)
    try Self.withFolder { folder in
      let summary = try Self.write(SampleNotebook.shortRecord, to: folder, formats: [.csv])
      #expect(summary.files.filter { !$0.hasPrefix("figures/") } == ["report.csv", "results.json"])
      let text = String(decoding: try Self.bytes(folder, "report.csv"), as: UTF8.self)
      #expect(text.hasPrefix("cell,step,kind,name,value,format,claim,verdict\r\n"))
      #expect(text.contains("\r\ntrain,train,tolerance,accuracy,0.6694,percent 1,accuracy > 0.65,held\r\n"), "\(text)")
      #expect(text.split(separator: "\r\n").allSatisfy { $0.count { $0 == "," } >= 7 })
      let range = "accuracy in [0.5, 0.7]"
      var record = SampleNotebook.shortRecord
      record.cells[2].claims[0].claim.text = range
      _ = try Self.write(record, to: folder, formats: [.csv])
      #expect(String(decoding: try Self.bytes(folder, "report.csv"), as: UTF8.self).contains(",\"\(range)\",held"))
      #expect(try Self.write(record, to: folder).removed == ["report.csv"])
    }
  }

  @Test func whatARunNoLongerWritesIsRemovedAndNothingElse() throws {
    try Self.withFolder { folder in
      _ = try Self.write(SampleNotebook.shortRecord, to: folder)
      try Data("mine".utf8).write(to: URL(filePath: "\(folder)/notes.txt"))
      var without = SampleNotebook.shortRecord
      without.cells[1].change { $0.figures = [] }
      without.cells[2].change { $0.figures = [] }
      let summary = try Self.write(without, to: folder, formats: [.html])
      #expect(
        summary.removed.sorted() == [
          "README.md", "figures/race.bars.dark.svg", "figures/race.bars.svg", "figures/train.curve.dark.svg",
          "figures/train.curve.svg", "report.ipynb",
        ])
      #expect(
        try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == [
          "card.png", "notes.txt", "report.html", "results.json",
        ])
    }
  }

  /// Names that a results file may not make a run remove.
  @Test(arguments: [
    "../victim", "/etc/hostname", "figures/../../victim.svg", "notes.txt", "figures", "figures/sub/../../../victim.svg",
    "./report.html/../x", "link/x.svg", "figures/link.svg/../../../victim",
  ])
  func removingStaysInsideTheFolder(_ name: String) throws {
    try Self.withFolder { parent in
      let folder = "\(parent)/outputs/name"
      _ = try Self.write(SampleNotebook.shortRecord, to: folder)
      let victims = ["\(parent)/victim", "\(parent)/victim.svg", "\(parent)/outputs/victim", "\(folder)/notes.txt"]
      for victim in victims { try Data("kept".utf8).write(to: URL(filePath: victim)) }
      let file = URL(filePath: "\(folder)/results.json")
      let results = try String(contentsOf: file, encoding: .utf8)
      let planted = results.replacing("\"README.md\"", with: "\"README.md\", \"\(name)\"")
      #expect(planted != results)
      try Data(planted.utf8).write(to: file)
      let summary = try Self.write(SampleNotebook.shortRecord, to: folder)
      #expect(summary.removed == [])
      for victim in victims { #expect(FileManager.default.fileExists(atPath: victim)) }
    }
  }

  @Test func aLinkInPlaceOfTheFiguresFolderIsNotFollowedWhenRemoving() throws {
    try Self.withFolder { parent in
      let folder = "\(parent)/name"
      _ = try Self.write(SampleNotebook.shortRecord, to: folder)
      let outside = "\(parent)/outside"
      try FileManager.default.moveItem(atPath: "\(folder)/figures", toPath: outside)
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/figures", withDestinationPath: outside)
      var without = SampleNotebook.shortRecord
      without.cells[1].change { $0.figures = [] }
      _ = try Self.write(without, to: folder)
      #expect(FileManager.default.fileExists(atPath: "\(outside)/race.bars.svg"))
    }
  }

  @Test func stableFilesKeepTheTimesOfTheEarlierRun() throws {
    try Self.withFolder { folder in
      _ = try Self.write(SampleNotebook.shortRecord, to: folder)
      var slower = SampleNotebook.shortRecord
      slower.environment.machine = "Another"
      slower.cells[1].change {
        $0.seconds = 77
        $0.metrics["speedup"] = .double(3)
        $0.metrics["error"] = .double(4e-10)
        $0.output[2] = .seriesLine("times", "took 99 ms\n")
      }
      #expect(try Self.write(slower, to: folder, isStable: true).changed == [])
      var other = slower
      other.cells[0].change { $0.metrics["difference"] = .double(3e-8) }
      let changed = try Self.write(other, to: folder, isStable: true).changed
      #expect(changed.contains("results.json") && changed.contains("report.html"))
      let results = try ResultsFile.read(Self.bytes(folder, "results.json"))
      #expect(results.volatile.environment.machine == "Another")
    }
  }

  @Test func aDamagedResultsFileDoesNotStopARun() throws {
    try Self.withFolder { folder in
      _ = try Self.write(SampleNotebook.shortRecord, to: folder)
      try Data("{]".utf8).write(to: URL(filePath: "\(folder)/results.json"))
      #expect(try Self.write(SampleNotebook.shortRecord, to: folder, isStable: true).changed == ["results.json"])
    }
  }

  @Test func theOverviewListsWhatIsThere() throws {
    try Self.withFolder { folder in
      _ = try Self.write(SampleNotebook.shortRecord, to: "\(folder)/cnn")
      _ = try Self.write(Samples.failed, to: "\(folder)/deep/er (1)")
      try FileManager.default.createDirectory(atPath: "\(folder)/bad", withIntermediateDirectories: true)
      try Data("[]".utf8).write(to: URL(filePath: "\(folder)/bad/results.json"))
      let warnings = try IndexPages.write(in: FilePath(folder))
      #expect(warnings.map(\.message) == ["these results cannot be read: schema: a whole number is expected"])
      let page = try String(contentsOfFile: "\(folder)/README.md", encoding: .utf8)
      #expect(page.contains("\n2 notebooks, 1 passed, 1 failed; 4 of 8 claims held, 1 broken, 3 not tested.\n"))
      #expect(page.contains("| [A CNN on CIFAR-10](cnn/README.md) |  | ✓ passed | 4 of 4 | 3 | 3 min 32 s |"))
      #expect(page.contains("(<deep/er%20(1)/README.md>) |  | ✗ failed, stand-in data, altered run |"))
      let html = try String(contentsOfFile: "\(folder)/index.html", encoding: .utf8)
      #expect(html.contains("<a href=\"./deep/er%20(1)/report.html\">"))
      #expect(html.contains("0 of 4 claims held, 1 broken, 3 not tested"))
      #expect(html.contains("3\u{A0}min\u{A0}32\u{A0}s"))
      #expect(html.contains("<a href=\"./deep/er%20(1)/report.ipynb\">Jupyter notebook</a>"))
    }
  }

  @Test func whatTheOverviewKnowsItDoesNotRead() throws {
    try Self.withFolder { folder in
      let summary = try Self.write(SampleNotebook.shortRecord, to: "\(folder)/cnn")
      _ = try Self.write(Samples.failed, to: "\(folder)/deep")
      _ = try IndexPages.write(in: FilePath(folder))
      let names = ["README.md", "index.html"]
      let read = try names.map { try Self.bytes(folder, $0) }
      for name in names { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
      try Data("[]".utf8).write(to: URL(filePath: "\(folder)/cnn/results.json"))
      #expect(try IndexPages.write(in: FilePath(folder), knowing: [FilePath("cnn"): summary.results]).isEmpty)
      #expect(try names.map { try Self.bytes(folder, $0) } == read)
    }
  }

  @Test(arguments: [
    ("One *line* of result.", "One line of result."), ("It is {{ train.accuracy percent 1 }}.", nil),
    ("# No line", "# No line"),
  ])
  func resultsSayTheNotebooksLine(description: String, expected: String?) throws {
    let source = "---\ntitle: A\ndescription: \(description)\n---\n\n# A\n"
    let notebook = NotebookParser.parse(source.utf8, path: "notebooks/a.md", context: .none)
    var record = SampleNotebook.shortRecord
    record.cells = []
    let files = ReportFiles(
      Report(
        record: record, notebook: notebook, plan: nil,
        place: ReportPlace(notebook: notebook.place, folder: FilePath("outputs/a"))))
    #expect(files.results.description == expected)
    #expect(try ResultsFile.read(Data(files.results.text.utf8)) == files.results)
  }
}
