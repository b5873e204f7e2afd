import Foundation
import TestSupport
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
    #expect(end.output == "✓ notebooks/sums.md: verified: 3 cells\n")
    #expect(folder.files("outputs") == before)
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
    let other = try verify("--data", "data")
    #expect(other.status == .exited(0))
    #expect(other.error.contains("the data flowers is not the report's: petals.bin has the digest"), "\(other.error)")
    #expect(try verify("--data", "data", "--strict").status == .exited(1))
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
    #expect(!end.output.contains("verified: ") && end.output.contains("1 cell attested, not verified"))
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
