import Foundation
import NbrunTestSupport
import Testing

/// `nbrun verify` and `nbrun why` as a user types them.
@Suite struct VerifyTests {
  let folder: ProgramFolder

  init() throws {
    folder = try ProgramFolder()
    try folder.write(
      """
      # Sums

      ```nbrun
      step: counting
      id: count
      end: 20
      expect: sum > 0
      ```

      ```nbrun
      step: measuring
      id: measure
      ```

      ```nbrun
      step: reading-data
      id: flowers
      ```

      """, to: "notebooks/sums.md")
    try folder.write("petals", to: "data/petals.bin")
    let end = try folder.run(.testWorker, ["notebooks", "--data", "data"])
    #expect(end.status == .exited(0), "\(end.error)")
  }

  private func verify(_ arguments: String..., environment: [String: String] = [:]) throws -> ProgramEnd {
    try folder.run(.testWorker, ["verify", "notebooks"] + arguments, environment: environment)
  }

  private func edit(_ file: String, _ old: String, _ new: String) throws {
    let text = try folder.text(file)
    try #require(text.contains(old), "\(file) does not hold \(old)")
    try folder.write(text.replacing(old, with: new, maxReplacements: 1), to: file)
  }

  @Test func anUntouchedReportIsVerifiedAndNotTouched() throws {
    let before = folder.files("outputs")
    let end = try verify("--strict", "--data", "data")
    #expect(end.status == .exited(0) && end.diagnostics == [], "\(end)")
    #expect(end.output == "✓ notebooks/sums.md: 3 cells verified\n")
    #expect(folder.files("outputs") == before)
  }

  @Test func aClaimOfARangeIsReportedAndVerified() throws {
    try edit("notebooks/sums.md", "sum > 0", "sum in [0, measure.value]")
    #expect(try folder.run(.testWorker, ["notebooks", "--data", "data"]).status == .exited(1))
    let report = try folder.text("outputs/sums/README.md")
    #expect(report.contains("| in \\[0, [`measure.value`](#cell.measure) (`1.5`)\\] |"), "\(report)")
    try edit("notebooks/sums.md", "[0, measure.value]", "[measure.value, 1e6]")
    #expect(try folder.run(.testWorker, ["notebooks", "--data", "data"]).status == .exited(0))
    #expect(try verify("--strict", "--data", "data").status == .exited(0))
    try edit("outputs/sums/results.json", "\"status\": \"held\"", "\"status\": \"broken\"")
    let end = try verify("--data", "data")
    #expect(end.status == .exited(1))
    #expect(end.error.contains("claim sum in [measure.value, 1e6] has another verdict: expected broken"), "\(end)")
  }

  @Test func aTableOfMetricsIsVerified() throws {
    let formats = ["--format", "html,csv"]
    #expect(try folder.run(.testWorker, ["notebooks", "--data", "data"] + formats).status == .exited(0))
    #expect(try verify("--strict", "--data", "data").status == .exited(0))
    try edit("outputs/sums/report.csv", "1.5", "1.6")
    let end = try verify("--data", "data")
    #expect(end.error.contains("the file report.csv is not what its results give, from line 3 on"), "\(end.error)")
  }

  @Test func aMovedNumberIsNamedInEveryForm() throws {
    try edit("outputs/sums/results.json", "\"value\": 1.5", "\"value\": 1.6")
    let end = try verify("--data", "data", "--junit", "verify.xml", environment: ["GITHUB_ACTIONS": "true"])
    #expect(end.status == .exited(1))
    let found = "cell measure, metric value moved: expected 1.6, got 1.5"
    #expect(end.error.contains("notebooks/sums.md:11:7: error: \(found)"), "\(end.error)")
    #expect(end.error.contains("::error file=notebooks/sums.md,line=11,col=7::\(found)"), "\(end.error)")
    let xml = try folder.text("verify.xml")
    #expect(xml.contains(found) && xml.contains("failures=\"1\""), "\(xml)")
    #expect(end.output.hasPrefix("✗ notebooks/sums.md: "))
  }

  @Test func whatCouldNotBeComparedIsSaidAndFailsWhereStrict() throws {
    let lenient = try verify()
    #expect(lenient.status == .exited(3), "\(lenient.error)")
    #expect(lenient.error.contains("warning: cell flowers, the cell was not compared: the data flowers is not here"))
    let strict = try verify("--strict")
    #expect(strict.status == .exited(1))
    #expect(strict.error.contains("error: cell flowers, the cell was not compared: the data flowers is not here"))
    try folder.write("other petals", to: "data/petals.bin")
    // Other data are no missing data: the report is not that of what is here.
    let other = try verify("--data", "data")
    #expect(other.status == .exited(1))
    #expect(
      other.error.contains("error: the data flowers are not the report's: petals.bin has the digest"), "\(other.error)")
    #expect(other.diagnostics.count == 1, "\(other.error)")
  }

  @Test func aForgedDigestIsRefused() throws {
    let text = try folder.text("outputs/sums/results.json")
    let place = try #require(text.range(of: "\"petals.bin\": \""))
    var forged = text
    let digit = text[place.upperBound]
    forged.replaceSubrange(place.upperBound...place.upperBound, with: digit == "7" ? "3" : "7")
    try folder.write(forged, to: "outputs/sums/results.json")
    #expect(try verify("--data", "data").status == .exited(1))
  }

  /// What fails in the report and fails again is told as what it is, however strict, and in every form.
  @Test(arguments: [[], ["--keep-going"]])
  func aReportOfFailuresFailsAlsoUnchanged(_ options: [String]) throws {
    let other = try ProgramFolder()
    try other.write(
      """
      # A

      ```nbrun
      step: measuring
      id: m
      expect: value < 1
      ```

      ```nbrun
      step: misbehaving
      id: bad
      ```

      ```nbrun
      step: measuring
      id: after
      ```

      """, to: "notebooks/bad.md")
    #expect(try other.run(.testWorker, ["notebooks/bad.md"] + options).status == .exited(1))
    for strict in [[], ["--strict"]] {
      let end = try other.run(.testWorker, ["verify", "notebooks/bad.md", "--junit", "verify.xml", "--quiet"] + strict)
      #expect(end.status == .exited(1))
      #expect(
        end.diagnostics.map { String($0.split(separator: "error: ").last ?? "") } == [
          "cell m, claim value < 1 is broken: got 1.5", "cell bad, the cell failed: the step could not do it",
        ], "\(end.error)")
      let rest = options.isEmpty ? "1 cell verified, 1 unchecked" : "2 cells verified"
      #expect(end.output.contains("2 failures; \(rest)"), "\(end.output)")
      #expect(try other.text("verify.xml").contains("failures=\"2\""))
    }
  }

  /// What stands in the outputs and belongs to no report: hidden, linked, under another name, in another folder.
  @Test(arguments: [
    "outputs/sums/.hidden", "outputs/.hidden", "outputs/evil.html", "outputs/sums/evil.html", "outputs/x/y.html",
    "outputs/sums/figures/x.svg", "outputs/sums/x/report.html",
  ])
  func nothingMayBeAdded(_ place: String) throws {
    try folder.write("<script>", to: place)
    #expect(try verify("--strict", "--data", "data").status == .exited(1))
    try FileManager.default.removeItem(atPath: "\(folder.path)/\(place)")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/\(place)", withDestinationPath: "\(folder.path)/notebooks/sums.md")
    #expect(try verify("--strict", "--data", "data").status == .exited(1))
  }

  @Test func aFileMayBeNoLinkNorPipe() throws {
    for name in ["report.html", "results.json", "figures/measure.curve.svg"] {
      let path = "\(folder.path)/outputs/sums/\(name)"
      try FileManager.default.moveItem(atPath: path, toPath: "\(folder.path)/kept")
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "\(folder.path)/kept")
      let linked = try verify("--data", "data")
      #expect(linked.status == .exited(1) && linked.error.contains("is a link"), "\(linked.error)")
      unlink(path)
      mkfifo(path, 0o644)
      #expect(try verify("--data", "data").status == .exited(1))
      unlink(path)
      try FileManager.default.moveItem(atPath: "\(folder.path)/kept", toPath: path)
    }
    #expect(try verify("--data", "data").status == .exited(0))
  }

  @Test func thePagesOverAllReportsAreCompared() throws {
    try edit("outputs/README.md", "1 of 1", "9 of 9")
    let end = try verify("--data", "data")
    #expect(end.status == .exited(1) && end.error.contains("the file README.md is not what the reports' results give"))
    #expect(end.diagnostics.count == 1, "\(end.error)")
  }

  @Test func aReportOfNoNotebookIsNamed() throws {
    try folder.write(try folder.text("outputs/sums/results.json"), to: "outputs/ghost/results.json")
    try folder.write("mine", to: "outputs/ghost/README.md")
    let end = try verify("--data", "data")
    #expect(end.status == .exited(1) && end.error.contains("the folder ghost is no notebook's report"), "\(end.error)")
    #expect(end.diagnostics.count == 1, "\(end.error)")
  }

  /// The reports of notebooks that are not verified now are theirs.
  @Test func anotherNotebooksReportIsLetBe() throws {
    try folder.write("# B\n\n```nbrun\nstep: measuring\n```\n", to: "notebooks/b.md")
    #expect(try folder.run(.testWorker, ["notebooks/b.md"]).status == .exited(0))
    let end = try folder.run(.testWorker, ["verify", "notebooks/b.md", "--strict"])
    #expect(end.status == .exited(0) && end.diagnostics == [], "\(end)")
  }

  @Test func anotherNumericVariantIsSaidAndRefusedWhereStrict() throws {
    for name in ["results.json", "README.md", "report.html", "report.ipynb"] {
      let text = try folder.text("outputs/sums/\(name)")
      try folder.write(
        text.replacing("\"numerics\": \"test\"", with: "\"numerics\": \"test-2\"").replacing(
          "test arithmetic", with: "test-2 arithmetic"), to: "outputs/sums/\(name)")
    }
    let lenient = try verify("--data", "data")
    #expect(lenient.status == .exited(0), "\(lenient.error)")
    #expect(lenient.error.contains("warning: the report was computed with test-2 arithmetic, this run with test"))
    #expect(try verify("--data", "data", "--strict").status == .exited(1))
    #expect(try verify("--data", "data", "--strict", "--across-numerics").status == .exited(0))
    try edit("outputs/sums/results.json", "\"numerics\": \"test-2\"", "\"numerics\": \"test-3\"")
    let unknown = try verify("--data", "data")
    #expect(unknown.status == .exited(1) && unknown.error.contains("the arithmetic is none that this program has"))
  }

  /// Results that are kept between runs are no evidence: verifying neither reads nor writes them.
  @Test func whatIsKeptBetweenRunsIsNotTouched() throws {
    let before = folder.files(".nbrun").filter { !$0.key.hasPrefix("locks/") }
    #expect(before.keys.contains { $0.hasPrefix("cache/results/") })
    #expect(try verify("--data", "data", "--strict").status == .exited(0))
    #expect(folder.files(".nbrun").filter { !$0.key.hasPrefix("locks/") } == before)
    // Nor is it needed.
    for name in before.keys { try folder.write("damaged", to: ".nbrun/\(name)") }
    let end = try verify("--data", "data", "--strict")
    #expect(end.status == .exited(0) && end.diagnostics == [], "\(end.error)")
  }

  @Test func whatNothingWritesAnyMoreIsNamed() throws {
    try folder.write("<svg></svg>\n", to: "outputs/sums/figures/gone.old.svg")
    let end = try verify("--data", "data")
    #expect(end.status == .exited(1))
    #expect(end.error.contains("the file figures/gone.old.svg is there, but nothing writes it any more"))
  }

  @Test func aMissingOrUnreadableReportIsOneFinding() throws {
    try folder.write("{", to: "outputs/sums/results.json")
    let torn = try verify("--data", "data")
    #expect(torn.status == .exited(1) && torn.error.contains("results.json cannot be compared"), "\(torn.error)")
    try FileManager.default.removeItem(atPath: "\(folder.path)/outputs")
    let missing = try verify("--data", "data")
    #expect(missing.status == .exited(1))
    #expect(missing.diagnostics.count == 1 && missing.error.contains("the report is missing"), "\(missing.error)")
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/outputs"))
  }

  /// A training is attested by its first iterations, and never called verified.
  @Test func aTrainingIsAttested() throws {
    let end = try verify("--data", "data", "--attest")
    #expect(end.status == .exited(0), "\(end)")
    #expect(end.error.contains("cell count, the cell is attested (4 iterations rerun), not verified"), "\(end.error)")
    #expect(end.output == "✓ notebooks/sums.md: 2 cells verified, 1 attested\n")
    #expect(try verify("--data", "data", "--sample").output == end.output)
    #expect(try verify("--data", "data", "--attest", "--strict").status == .exited(1))
    // A loss that the beginning does not repeat.
    let text = try folder.text("outputs/sums/results.json")
    let start = try #require(text.range(of: "\"counts\": ["))
    var edited = text
    let rest = text[start.upperBound...].dropFirst(4)
    let digit = rest.firstIndex { $0.isNumber } ?? rest.startIndex
    edited.replaceSubrange(digit...digit, with: text[digit] == "7" ? "3" : "7")
    try folder.write(edited, to: "outputs/sums/results.json")
    let moved = try verify("--data", "data", "--attest")
    #expect(moved.status == .exited(1) && moved.error.contains("cell count"), "\(moved.error)")
  }

  // MARK: why

  /// A report is stale when what it says would change, and not when it would only be computed again.
  @Test func whyCallsAGoodReportUpToDate() throws {
    func why(_ arguments: String...) throws -> ProgramEnd {
      try folder.run(.testWorker, ["why", "notebooks/sums.md"] + arguments)
    }
    let elsewhere = try why()
    #expect(elsewhere.output.contains("run: the data flowers is not here"), "\(elsewhere.output)")
    #expect(elsewhere.status == .exited(0) && elsewhere.output.contains("outputs/sums is up to date"))
    for name in folder.files(".nbrun").keys where name.hasPrefix("cache/results/") {
      try folder.write("damaged", to: ".nbrun/\(name)")
    }
    let damaged = try why("--data", "data")
    #expect(damaged.status == .exited(0) && damaged.output.contains("outputs/sums is up to date"), "\(damaged.output)")
    try edit("notebooks/sums.md", "id: measure\n", "id: measure\ncache: false\n")
    let uncached = try why("measure", "--data", "data")
    #expect(uncached.output.contains("run: cache: false"))
    #expect(
      uncached.status == .exited(0) && uncached.output.contains("outputs/sums is up to date"), "\(uncached.output)")
    try FileManager.default.removeItem(atPath: "\(folder.path)/.nbrun/cache")
    try FileManager.default.createDirectory(atPath: "\(folder.path)/.nbrun", withIntermediateDirectories: true)
    #expect(try why("count", "--data", "data").status == .exited(0))
    // Other data than the report's are a change, whether or not a run has ever seen them.
    try folder.write("other petals", to: "data/petals.bin")
    let other = try why("flowers", "--data", "data")
    #expect(other.status == .exited(1) && other.output.contains("stale: flowers has other data"), "\(other.output)")
  }

  @Test func whySaysWhatChanged() throws {
    func why(_ arguments: String...) throws -> ProgramEnd {
      try folder.run(.testWorker, ["why", "notebooks/sums.md", "--data", "data"] + arguments)
    }
    let clean = try why()
    #expect(clean.status == .exited(0) && clean.output.contains("outputs/sums is up to date"), "\(clean)")
    try edit("notebooks/sums.md", "end: 20", "end: 21")
    let changed = try why()
    #expect(changed.status == .exited(1))
    #expect(changed.output.contains("run: parameter end: 20 → 21"), "\(changed.output)")
    #expect(changed.output.contains("outputs/sums is stale"))
    let one = try why("measure")
    #expect(one.status == .exited(0) && !one.output.contains("parameter end"), "\(one.output)")
    try folder.write("other petals", to: "data/petals.bin")
    #expect(try why("flowers").output.contains("run: data flowers: petals.bin"))
    // It runs nothing and writes nothing.
    let before = folder.files("outputs")
    _ = try why()
    #expect(folder.files("outputs") == before)
  }

  // MARK: Annotations of a run

  @Test func failuresAreAnnotatedOnTheNotebooksLine() throws {
    try folder.write(
      "# A\n\n```nbrun\nstep: measuring\nid: m\nexpect: value < 1\n```\n\n```nbrun\nstep: misbehaving\nid: bad\n```\n",
      to: "bad/notebooks/bad.md")
    try folder.makeProject("bad")
    let end = try folder.run(
      .testWorker, ["notebooks/bad.md", "--quiet"], environment: ["GITHUB_ACTIONS": "true"], below: "bad")
    #expect(end.status == .exited(1))
    #expect(
      end.error.contains("::error file=notebooks/bad.md,line=6,col=9::cell m, claim value < 1: measured 1.5\n"),
      "\(end.error)")
    #expect(
      end.error.contains(
        "::error file=notebooks/bad.md,line=10,col=7::cell bad failed: the step could not do it\n"), "\(end.error)")
    #expect(end.error.contains("broken: value < 1: measured 1.5"), "quiet leaves errors: \(end.error)")
  }
}
