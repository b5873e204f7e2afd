import Digests
import FilePaths
import Foundation
import Notebooks
import Running
import Steps

/// Compares a notebook's committed report with what the notebook gives now.
///
/// On the same numeric variant everything but noise and times must be equal; across variants metrics, series and figures may
/// differ as far as their kinds allow. A pure function: the notebook has been run, the committed files have been read.
public struct Verification {
  let record: RunRecord
  let notebook: Notebook
  let plan: Plan?
  let place: ReportPlace
  let images: ReportImages
  let committed: CommittedReport
  private(set) var findings: [VerificationFinding] = []

  /// Compares what a fresh run found with the report in `folder`.
  /// - Parameters:
  ///   - record: what running the notebook afresh found.
  ///   - plan: what was run.
  public static func verify(
    record: RunRecord, notebook: Notebook, plan: Plan?, against folder: String
  ) -> VerificationReport {
    guard let committed = CommittedReport(folder: folder) else {
      return VerificationReport(
        notebook: record.notebook, cells: record.cells.map(\.id),
        findings: [
          VerificationFinding(
            kind: .difference, subject: "the report", message: "is missing: there is no folder \(folder)",
            path: notebook.path)
        ])
    }
    var verification = Verification(
      record: record, notebook: notebook, plan: plan, place: ReportPlace(of: notebook, folder: FilePath(folder)),
      images: ReportImages(of: notebook), committed: committed)
    return verification.report()
  }

  init(
    record: RunRecord, notebook: Notebook, plan: Plan?, place: ReportPlace, images: ReportImages = ReportImages(),
    committed: CommittedReport
  ) {
    self.record = record
    self.notebook = notebook
    self.plan = plan
    self.place = place
    self.images = images
    self.committed = committed
  }

  /// Everything that there is to find.
  mutating func report() -> VerificationReport {
    do {
      let results = try committed.results()
      compareRun(with: results)
      let excuses = Excuses(fresh: record, committed: results, plan: plan)
      for excuse in excuses.all { add(excuse) }
      compareCells(with: results, excuses: excuses)
      compareFiles(with: results)
    } catch {
      note("the results file", "\(ResultsFile.name) cannot be compared: \(error)")
    }
    return VerificationReport(notebook: record.notebook, cells: record.cells.map(\.id), findings: findings)
  }

  // MARK: The run as a whole

  private mutating func compareRun(with results: ResultsFile) {
    if results.digest != record.digest {
      note(
        "the notebook", "was edited after its report was written; run it again",
        expected: results.digest.description, got: record.digest.description)
    }
    expect("the notebook's path", results.notebook, record.notebook)
    expect("the title", results.title, record.title)
    if results.alterations != record.alterations {
      note(
        "the report", "is that of an altered run", expected: results.alterations.joined(separator: " "),
        got: record.alterations.joined(separator: " "))
    }
  }

  private mutating func expect(_ subject: String, _ expected: String, _ got: String) {
    if expected != got { note(subject, "differs", expected: quoted(expected), got: quoted(got)) }
  }

  private mutating func note(_ subject: String, _ message: String, expected: String? = nil, got: String? = nil) {
    add(
      VerificationFinding(
        kind: .difference, subject: subject, message: message, expected: expected, got: got, path: notebook.path))
  }

  mutating func add(_ finding: VerificationFinding) {
    findings.append(finding)
  }

  // MARK: Cells

  private mutating func compareCells(with results: ResultsFile, excuses: Excuses) {
    let fresh = ResultsFile(record, files: [])
    let isSameVariant = results.numerics == record.numerics
    for (cell, values) in zip(record.cells, fresh.cells) {
      let place = plan?[cell.id]?.range
      guard let old = results[cell.id] else {
        add(
          VerificationFinding(
            kind: .difference, cell: cell.id, subject: "the cell", message: "is not in the report", path: notebook.path,
            range: place))
        continue
      }
      if case .attested(let iterations) = cell.outcome.results?.origin {
        add(
          VerificationFinding(
            kind: .attested(iterations: iterations), cell: cell.id, subject: "the cell",
            message: "is attested (\(iterations) iterations rerun), not verified", path: notebook.path, range: place))
      }
      var comparison = CellComparison(
        record: cell, expected: old, got: values, isSameVariant: isSameVariant, path: notebook.path, place: place)
      comparison.compare(values: excuses[cell.id] == nil)
      findings += comparison.findings
    }
    let known = Set(record.cells.map(\.id))
    for old in results.cells where !known.contains(old.id) {
      note("the report", "shows a cell \(old.id) that the notebook does not have")
    }
    let order = results.cells.map(\.id).filter(known.contains)
    if order != record.cells.map(\.id).filter(Set(order).contains) { note("the order of the cells", "differs") }
    checkCommittedClaims(results)
  }

  /// Holds the committed claims against the committed numbers: a verdict that its own number belies was not made by a run.
  private mutating func checkCommittedClaims(_ results: ResultsFile) {
    let adopted = record.adopting(everythingOf: results)
    for cell in adopted.cells {
      for claim in cell.claims where claim.status == .held || claim.status == .broken || claim.status == .attested {
        guard let measured = claim.measured, let bound = claim.bound else { continue }
        let holds = claim.claim.holds(measured.double, against: bound)
        guard holds == (claim.status == .broken) else { continue }
        add(
          VerificationFinding(
            kind: .difference, cell: cell.id, subject: "claim \(claim.claim.text)",
            message: "is said to be \(claim.status.rawValue), but the report's own number says otherwise",
            got: NumberFormat.shortest.text(measured), path: notebook.path, range: claim.claim.range))
      }
    }
  }
}

/// `text` in quotation marks, on one line and not too long.
func quoted(_ text: String) -> String {
  let line = text.replacing("\n", with: "⏎").replacing("\r", with: "␍")
  return line.count > 160 ? "“\(line.prefix(159))…”" : "“\(line)”"
}
