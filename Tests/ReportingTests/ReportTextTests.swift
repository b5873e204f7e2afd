import NbrunFilePaths
import NbrunNotebooks
import NbrunSteps
import Testing

@testable import NbrunReporting
@testable import NbrunRunning

/// Small pieces of what reports say.
@Suite struct ReportTextTests {
  @Test(arguments: [
    (0.0004, "1 ms"), (0.012, "12 ms"), (0.4, "0.4 s"), (9.96, "10 s"), (59.4, "59 s"), (211, "3 min 31 s"),
    (3725, "1 h 2 min"), (4320, "1 h 12 min"), (.nan, ""), (-1, ""), (.infinity, ""),
  ])
  func durations(_ seconds: Double, _ text: String) {
    #expect(NumberText.duration(seconds: seconds) == text)
  }

  @Test func measuredNumbersHaveTheDigitsThatMatter() {
    #expect(NumberText.short(.double(2.2121476417505994e-08)) == "2.212e-08")
    #expect(NumberText.short(.double(2.2121476417505994e-08), beside: "2.2121476e-08") == "2.2121476e-08")
    #expect(NumberText.short(.integer(12_345_678)) == "12345678")
    #expect(NumberText.short(published: "495.466269", isPrecise: false) == "495.5")
    #expect(NumberText.short(published: "2.2121476417505994e-08", isPrecise: true) == "2.2121476e-08")
    #expect(NumberText.short(published: "0.675", isPrecise: false) == "0.675")
    // What is nearly all or nothing stays that.
    #expect(NumberText.short(published: "0.99996", isPrecise: false) == "0.99996")
    #expect(NumberText.exact(0.65, in: .percent(1)) == "65.0 %")
    #expect(NumberText.exact(0.99999, in: .percent(1)) == "99.999 %")
    #expect(NumberText.exact(0.00001, in: .percent(0)) == "0.001 %")
    // Four digits would say that the limit was met.
    #expect(NumberText.short(.double(0.650004), beside: nil, against: [0.65]) == "0.650004")
    #expect(NumberText.short(.double(0.66), beside: nil, against: [0.65]) == "0.66")
  }

  /// Links of `notebooks/deep/a.md`, whose report is in `outputs/deep/a`.
  @Test(arguments: [
    ("b.md", "../b/report.html"), ("../c.md#part", "../../c/report.html#part"), ("#here", "#here"),
    ("https://example.org/x.md", "https://example.org/x.md"), ("../../Sources/x.swift", "../../../Sources/x.swift"),
    ("data/x.csv", "../../../notebooks/deep/data/x.csv"), ("../../README.md", "../../../README.md"), ("/etc", "/etc"),
    ("mailto:a@b.c", "mailto:a@b.c"), ("javascript:alert(1)", nil), ("JaVa\tscript:alert(1)", nil),
    ("data:text/html,x", nil),
    ("file:///etc/passwd", nil), ("", ""), ("a.md", "report.html"),
    ("../../week1/lab.MD", "../../week1/lab/report.html"), ("notes.md", "../../../notebooks/deep/notes.md"),
    ("../../CHANGELOG.md", "../../../CHANGELOG.md"), ("b%23c%20d.md#e", "../b%23c%20d/report.html#e"),
    ("ü.md?x", "../%C3%BC/report.html?x"), ("100 %.csv", "../../../notebooks/deep/100%20%25.csv"),
    ("../../../out.md", "../../../../out.md"), ("./x:y.csv", "../../../notebooks/deep/x:y.csv"),
  ])
  func linksLeadOnFromTheReport(_ written: String, _ expected: String?) {
    let place = ReportPlace(
      notebook: NotebookPlace(root: FilePath("/w"), name: FilePath("notebooks/deep/a.md")),
      folder: FilePath("/w/outputs/deep/a"), documents: [FilePath("/w/notebooks/deep/notes.md")])
    #expect(place.destination(written, reportFile: "report.html") == expected)
  }

  /// Links of `notebooks/a.md` in a report that stands elsewhere lead to the reports in the outputs; to the sources where there
  /// are none.
  @Test(arguments: [(FilePath("/w/outputs"), "../../../outputs/b/r.html"), (nil, "../../../notebooks/b.md")])
  func linksOfReportsElsewhere(_ outputs: FilePath?, _ expected: String) {
    let place = ReportPlace(
      notebook: NotebookPlace(root: FilePath("/w"), name: FilePath("notebooks/a.md")),
      folder: FilePath("/w/.nbrun/scratch/other"), outputs: outputs)
    #expect(place.destination("b.md", reportFile: "r.html") == expected)
    #expect(place.destination("a.md", reportFile: "r.html") == "r.html")
  }

  @Test(arguments: [
    ("notebooks/cnn.md", "cnn"), ("notebooks/a/b.md", "a/b"), ("week1/lab.md", "week1/lab"), ("x.MD", "x"),
    ("x.markdown", "x"), ("notebooks/notebooks/a.md", "notebooks/a"), ("week1/notebooks/a.md", "week1/notebooks/a"),
    ("a.b.md", "a.b"), ("....md", "..."), (" .md", " "), ("..md", nil), (".md", nil), ("a/...md", nil),
    (".git.md", nil),
    (".nbrun/x.md", nil),
  ])
  func foldersAreNamedAfterNotebooks(_ path: String, _ name: String?) {
    #expect(ReportLayout.folder(ofNotebook: FilePath(path))?.text == name)
  }

  /// Every file name of two characters, as a whole, before `.md` and in a folder: one folder below the outputs, or none.
  @Test func everyShortNameHasAFolderOfItsOwn() {
    let characters = (1...255).compactMap(UnicodeScalar.init).filter { $0 != "/" }.map(String.init)
    var owners: [FilePath: FilePath] = [:]
    for first in characters {
      for second in characters {
        for name in [first + second, first + second + ".md", first + ".md"] where name != ".." {
          let file = FilePath(name)
          guard let folder = ReportLayout.folder(ofNotebook: file) else { continue }
          // An expectation each would take seconds.
          if folder.parts.count != 1 || folder.name == ".." || !folder.text.utf8.elementsEqual(folder.name.utf8) {
            Issue.record("\(name) has its report in \(folder)")
          }
          if ReportLayout.isNotebook(file), owners.updateValue(file, forKey: folder) ?? file != file {
            Issue.record("\(name) has another's folder")
          }
        }
      }
    }
    #expect(owners.count > 64_000)
  }

  @Test func longOutputIsFolded() {
    let lines = (1...830).map(String.init)
    let folded = FoldedOutput(lines)
    #expect(
      folded.first.count == 12 && folded.folded.count == 812
        && folded.last == ["825", "826", "827", "828", "829", "830"])
    #expect(FoldedOutput(Array(lines.prefix(24))).folded.isEmpty)
  }

  @Test func headlinesTakeFromEachCellWhatSaysMost() {
    let headlines = Headline.select(SampleNotebook.record)
    #expect(headlines.map(\.cell) == ["conv-forward", "race", "race", "train"])
    #expect(headlines[0].comparisons == ["published 2.212e-08", "✓ claimed < 1e-07"])
    let mentioned = Headline.select(
      SampleNotebook.record, mentions: [MetricReference(cell: "race", metric: "speedup")],
      formats: [MetricReference(cell: "race", metric: "speedup"): .fixed(0)])
    #expect(mentioned.contains { $0.label == "speedup" && $0.number == "41" && $0.comparisons == ["published 139.2"] })
  }

  @Test func headlinesSayNothingTwiceAndCompareInTheirOwnFormat() {
    let accuracy = MetricReference(cell: "train", metric: "accuracy")
    let headlines = Headline.select(SampleNotebook.record, mentions: [accuracy], formats: [accuracy: .percent(1)])
    let card = headlines.first { $0.label == "accuracy" }
    #expect(card?.comparisons.allSatisfy { $0.hasSuffix(" %") } == true && card?.comparisons.isEmpty == false)
    var record = SampleNotebook.record
    let values = Headline.select(record).map(\.number)
    #expect(Set(values).count == values.count)
    record.cells.append(record.cells[0])
    #expect(Headline.select(record).map(\.number) == values)
  }

  @Test(arguments: ["passed", "failed"])
  func statusLine(_ name: String) throws {
    let text = RunSummary(try Samples.record(named: name)).text
    #expect(
      text
        == (name == "passed"
          ? "4 of 4 claims held · 3 cells"
          : "0 of 4 claims held, 1 broken, 3 not tested · 3 cells, 1 failed, 1 not run"))
  }

  /// A run that was asked for some cells has passed when these have.
  @Test func cellsLeftOutAreNoFailures() throws {
    var record = try Samples.record(named: "passed")
    let last = record.cells.indices.last!
    record.cells[last].outcome = .notRun(.notSelected)
    for claim in record.cells[last].claims.indices { record.cells[last].claims[claim].status = .notTested }
    #expect(record.passed && ResultsFile(record, files: []).passed)
    #expect(RunSummary(record).passed && RunSummary(record).text.hasSuffix("3 cells, 1 left out"))
    record.cells[last].outcome = .notRun(.interrupted)
    #expect(!record.passed && !RunSummary(record).passed)
  }

  /// Claims about a stand-in are not said to have failed to hold.
  @Test func untestedClaimsAreCountedAsSuch() throws {
    var record = try Samples.record(named: "passed")
    for cell in record.cells.indices {
      record.cells[cell].usesStandIn = true
      for claim in record.cells[cell].claims.indices { record.cells[cell].claims[claim].status = .notTested }
    }
    #expect(RunSummary(record).text == "4 claims not tested: stand-in data · 3 cells")
    record.cells[0].usesStandIn = false
    #expect(RunSummary(record).claimsText == "4 claims not tested")
    record.cells[0].claims[0].status = .held
    #expect(RunSummary(record).claimsText == "1 of 4 claims held, 3 not tested: stand-in data")
    record.cells = []
    #expect(RunSummary(record).claimsText == nil)
  }

  @Test func decimalsAreNotPartOfALinesText() {
    #expect(
      CellComparison.withoutDecimals("(Iteration 11 / 980) loss: 2.302585e-01, 3") == "(Iteration 11 / 980) loss: #, 3")
    #expect(
      CellComparison.withoutDecimals("v1.2-rc at 3. and .5") == CellComparison.withoutDecimals("v1.3-rc at 3. and .7"))
  }

  /// Swift as spans: the class of each piece that has one.
  @Test func swiftIsHighlighted() throws {
    let source = #"""
      /// Doc & more.
      @inlinable func run<T: Numeric>(_ x: T) -> Int? { return .init(0x1F + 1.5e-3) } // end
      let text = "a \"quoted\" <b>", raw = #"no \ end"#, many = """
        lines
        """
      /* nested /* comment */ */ var `class` = self.default
      """#
    let spans = HighlightedSwift.pieces(source)
    #expect(
      spans == [
        "c:/// Doc & more.", "k:@inlinable", "k:func", "t:T", "t:Numeric", "t:T", "t:Int", "k:return", "d:0x1F",
        "d:1.5e-3",
        "c:// end", "k:let", #"s:"a \"quoted\" <b>""#, ##"s:#"no \ end"#"##, "s:\"\"\"\n  lines\n  \"\"\"",
        "c:/* nested /* comment */ */", "k:var", "k:self",
      ])
    #expect(HighlightedSwift.text(source) == source)
  }

  @Test(arguments: [
    (#"let a = "x \(f("in") + 1) y" + b"#, [#"k:let"#, #"s:"x \("#, #"s:"in""#, "d:1", #"s:) y""#]),
    (##"#"\(a) \#(Type.self) \"#"##, [##"s:#"\(a) \#("##, "t:Type", "k:self", ##"s:) \"#"##]),
    ("`class`.`let` // `", ["c:// `"]), ("#if os(Linux)\n@main", ["k:#if", "t:Linux", "k:@main"]),
    ("\"open", ["s:\"open"]),
  ])
  func interpolatedCodeIsCode(source: String, pieces: [String]) {
    #expect(HighlightedSwift.pieces(source) == pieces)
    #expect(HighlightedSwift.text(source) == source)
  }

  @Test(arguments: ["passed", "failed"])
  func readableFormsOfASmallRun(_ name: String) throws {
    var record = try Samples.record(named: name)
    record.notebook = SampleNotebook.notebook.path
    // Without the drawings, which have tests of their own.
    for index in record.cells.indices { record.cells[index].change { $0.figures = [] } }
    let report = Report(record: record, notebook: SampleNotebook.notebook, plan: nil, place: SampleNotebook.place)
    let html = HTMLReport.text(report)
    let body = try #require(html.range(of: "<body>")).lowerBound
    try Snapshot.expect(String(html[body...]), named: "\(name).report.html")
    try Snapshot.expect(MarkdownReport.text(report), named: "\(name).README.md")
    try Snapshot.expect(JupyterReport.text(report), named: "\(name).report.ipynb")
    try Snapshot.expect(CSVReport.text(report), named: "\(name).report.csv")
    try Snapshot.expect(JUnitReport.text([record]), named: "\(name).junit.xml")
  }
}
