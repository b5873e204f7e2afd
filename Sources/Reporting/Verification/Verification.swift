import NbrunDiagnostics
import NbrunDigests
import NbrunFilePaths
import NbrunPlatform
import NbrunNotebooks
import NbrunRunning
import NbrunSteps

/// Compares a notebook's committed report with what the notebook gives now.
///
/// Of the committed files only `results.json` is compared with the fresh run: on the same numeric variant everything but noise and
/// times must be equal; across variants metrics, series and figures may differ as far as their kinds allow. Every other file is
/// right if it is, byte for byte, what the notebook and `results.json` give. A pure function: the notebook has been run, the
/// committed files have been read.
package struct Verification {
  let record: RunRecord
  let notebook: Notebook
  let plan: Plan?
  let place: ReportPlace
  var images = ReportImages()
  let committed: CommittedReport
  /// The names of the numeric variants that this program has.
  let variants: Set<String>
  /// Whether a report of another one than this run's is as good.
  var areInterchangeable = false
  private(set) var findings: [VerificationFinding] = []
  private(set) var verdicts: [CellID: VerificationReport.Status] = [:]

  /// Compares what a fresh run found with the report in `folder`.
  /// - Parameters:
  ///   - record: what running the notebook afresh found.
  ///   - plan: what was run.
  ///   - folder: where the report stands.
  ///   - committed: what stands there.
  ///   - variants: the names of the numeric variants that this program has.
  ///   - areInterchangeable: whether a report of another one than this run's is as good.
  package static func verify(
    record: RunRecord, notebook: Notebook, plan: Plan?, against folder: FilePath, committed: CommittedReport,
    variants: Set<String>, areInterchangeable: Bool = false
  ) -> VerificationReport {
    var verification = Verification(
      record: record, notebook: notebook, plan: plan, place: ReportPlace(of: notebook, folder: folder),
      images: ReportImages(of: notebook), committed: committed, variants: variants,
      areInterchangeable: areInterchangeable)
    return verification.report()
  }

  /// Everything that there is to find.
  mutating func report() -> VerificationReport {
    if record.cells.isEmpty { note("the notebook", "has no cell, and so nothing to verify", kind: .incomplete) }
    if committed.isEmpty {
      note("the report", "is missing: there is nothing in \(place.folder)")
    } else {
      do {
        let results = try committed.results()
        if !refuseUnreadableFigures(of: results) { compare(with: results) }
      } catch { note("the results file", "\(ResultsFile.name) cannot be compared: \(error)") }
    }
    let unread = VerificationReport.Status.unchecked("the report cannot be read")
    return VerificationReport(
      notebook: record.notebook,
      cells: record.cells.map { VerificationReport.Cell(id: $0.id, status: verdicts[$0.id] ?? unread) },
      findings: findings, wasInterrupted: record.wasInterrupted)
  }

  /// Names the figures whose data are none, each with its cell.
  /// - Returns: whether there is one, so that the report cannot be compared.
  private mutating func refuseUnreadableFigures(of results: ResultsFile) -> Bool {
    let known = Set(record.cells.map(\.id))
    let unreadable = results.unreadableFigures
    for (cell, figure) in unreadable {
      let message = "has no readable data in the report"
      if known.contains(cell) {
        note("figure \(figure)", message, cell: cell)
        verdicts[cell] = .different
      } else {
        note("figure \(figure) of the cell \(cell), which the notebook does not have,", message)
      }
    }
    return !unreadable.isEmpty
  }

  private mutating func compare(with results: ResultsFile) {
    guard results.alterations == record.alterations else {
      let words = results.alterations.isEmpty ? "that of a run as written" : results.alterations.joined(separator: " ")
      return note("the report", "is that of an altered run (\(words)); run the notebook as it is")
    }
    let told = record.told(by: results)
    guard !results.cells.contains(where: \.wasInterrupted) else {
      return note("the report", "is that of a run that was interrupted; run it again")
    }
    let definitions = compareDefinitions(with: results)
    let isSameVariant = compareVariants(with: results)
    let skipped = SkippedCells(
      fresh: record, told: told, redefined: definitions.redefined, differingData: compareData(with: results), plan: plan
    )
    compareCells(with: results, told: told, skipped: skipped, isSameVariant: isSameVariant)
    // Of an edited notebook no file can be what the report's numbers give.
    if !definitions.areEdited { compareFiles(with: results, told: told, skipped: skipped) }
  }

  mutating func note(
    _ subject: String, _ message: String, kind: VerificationFinding.Kind = .difference, expected: String? = nil,
    got: String? = nil, cell: CellID? = nil, at range: SourceRange? = nil
  ) {
    findings.append(
      located(VerificationFinding(subject, message, kind: kind, expected: expected, got: got, cell: cell, at: range)))
  }

  /// The finding with its notebook, and with its cell's place where it has no other.
  private func located(_ finding: VerificationFinding) -> VerificationFinding {
    var finding = finding
    finding.path = notebook.path
    finding.range = finding.range ?? finding.cell.flatMap { plan?[$0]?.range }
    return finding
  }

  /// Whether anything was found that makes the report another one than the notebook's.
  var hasDifferences: Bool { findings.contains { $0.kind == .difference } }

  // MARK: What the notebook says

  /// Compares what of the report is not computed. Where the notebook was edited, that is the one finding.
  private mutating func compareDefinitions(with results: ResultsFile) -> (areEdited: Bool, redefined: Set<CellID>) {
    var changes: [VerificationFinding] = []
    var redefined: Set<CellID> = []
    let told = Dictionary(firstOf: results.cells.map { ($0.id, $0) })
    for cell in record.cells {
      guard let old = told[cell.id] else {
        changes.append(VerificationFinding("the cell", "is not in the report", cell: cell.id))
        redefined.insert(cell.id)
        continue
      }
      var comparison = comparison(of: cell, with: old)
      comparison.compareDefinition()
      if !comparison.findings.isEmpty { redefined.insert(cell.id) }
      comparison.compareWords()
      changes += comparison.findings
    }
    let known = Set(record.cells.map(\.id))
    for id in results.cells.map(\.id) where !known.contains(id) {
      changes.append(VerificationFinding("the report", "shows a cell \(id) that the notebook does not have"))
    }
    let order = results.cells.map(\.id).filter(known.contains)
    if order != record.cells.map(\.id).filter(Set(order).contains) {
      changes.append(VerificationFinding("the order of the cells", "differs"))
    }
    for (subject, old, new) in [
      ("the title", results.title, record.title), ("the notebook's path", results.notebook, record.notebook),
    ] where old != new {
      changes.append(VerificationFinding(subject, "differs", expected: quoted(old), got: quoted(new)))
    }
    guard results.digest != record.digest else {
      findings += changes.map(located)
      return (results.notebook != record.notebook, redefined)
    }
    let shown = changes.prefix(3).map(\.text).joined(separator: "; ") + (changes.count > 3 ? "; …" : "")
    note(
      "the notebook", "was edited after its report was written; run it again" + (shown.isEmpty ? "" : " (\(shown))"),
      at: changes.lazy.map(located).compactMap(\.range).first)
    return (true, redefined)
  }

  private func comparison(
    of cell: CellRecord, with old: ResultsFile.Cell, isSameVariant: Bool = true
  ) -> CellComparison {
    CellComparison(record: cell, expected: old, got: ResultsFile.Cell(cell), isSameVariant: isSameVariant)
  }

  // MARK: What it was computed with and from

  /// - Returns: whether numbers must agree to the last bit.
  private mutating func compareVariants(with results: ResultsFile) -> Bool {
    if results.numerics == record.numerics { return true }
    guard variants.contains(results.numerics) else {
      note(
        "the arithmetic", "is none that this program has", expected: quoted(results.numerics),
        got: quoted(record.numerics))
      return true
    }
    note(
      "the report",
      "was computed with \(results.numerics) arithmetic, this run with \(record.numerics): "
        + "numbers are compared within their tolerances", kind: areInterchangeable ? .remark : .incomplete)
    return false
  }

  /// - Returns: the sources whose data are not those of the report.
  private mutating func compareData(with results: ResultsFile) -> Set<DataSourceName> {
    var differing: Set<DataSourceName> = []
    for (name, data) in record.data.sorted(by: { $0.key < $1.key }) {
      guard let old = results.data[name] else {
        // Cells that could not run name none.
        if !results.cells.contains(where: { $0.reason?.lacks(name) ?? false }) {
          note("the report", "does not name the data \(name), which its cells read")
        }
        continue
      }
      if old.isStandIn, !data.isStandIn {
        differing.insert(name)
        note("the report", "was written with a stand-in for the data \(name), which is here; run it again")
      } else if old.isStandIn == data.isStandIn, old.identity != data.identity {
        differing.insert(name)
        let file = Set(old.digests.keys).union(data.digests.keys).sorted().first {
          old.digests[$0] != data.digests[$0]
        }
        func short(_ digest: Digest?) -> String { digest.map { "\($0.description.prefix(12))…" } ?? "none" }
        let place = file.map {
          ": \($0) has the digest \(short(data.digests[$0])), in the report \(short(old.digests[$0]))"
        }
        note("the data \(name)", "are not the report's\(place ?? ": it says otherwise whose they are")")
      }
    }
    return differing
  }

  // MARK: Cells

  private mutating func compareCells(
    with results: ResultsFile, told: RunRecord, skipped: SkippedCells, isSameVariant: Bool
  ) {
    let said = Dictionary(firstOf: results.cells.map { ($0.id, $0) })
    var unchecked: [(reason: String, cells: [CellID])] = []
    var attested: (iterations: Int, cells: [CellID]) = (0, [])
    for (cell, told) in zip(record.cells, told.cells) {
      guard let old = said[cell.id] else { continue }
      let count = findings.count
      var isEqual: Bool { !findings[count...].contains { $0.kind == .difference } }
      if let reason = skipped[cell.id] {
        verdicts[cell.id] = .unchecked(reason.text)
        if reason.isExplained { continue }
        if let index = unchecked.firstIndex(where: { $0.reason == reason.text }) {
          unchecked[index].cells.append(cell.id)
        } else {
          unchecked.append((reason.text, [cell.id]))
        }
      } else if case .attested(let iterations)? = cell.outcome.results?.origin {
        verdicts[cell.id] = .attested(iterations: iterations)
        attested = (max(attested.iterations, iterations), attested.cells + [cell.id])
      } else {
        verdicts[cell.id] =
          switch cell.outcome {
          case .succeeded: .verified
          case .failed: .failed
          case .notRun(let reason): .unchecked("it was \(reason.sentence)")
          }
        var comparison = comparison(of: cell, with: old, isSameVariant: isSameVariant)
        comparison.compareValues()
        findings += comparison.findings.map(located)
      }
      if isEqual { checkInnerConsistency(told, old) }
      if isEqual { tellFailures(of: told) }
      if !isEqual { verdicts[cell.id] = .different }
    }
    if !attested.cells.isEmpty {
      noteIncomplete(
        attested.cells, one: "is attested (\(counted(attested.iterations, "iteration")) rerun), not verified",
        many: "are attested (their first iterations rerun), not verified")
    }
    for group in unchecked {
      noteIncomplete(group.cells, one: "was not compared: \(group.reason)", many: "were not compared: \(group.reason)")
    }
  }

  private mutating func noteIncomplete(_ cells: [CellID], one: String, many: String) {
    if cells.count == 1 { return note("the cell", one, kind: .incomplete, cell: cells[0]) }
    let names = cells.prefix(6).map(\.text).joined(separator: ", ") + (cells.count > 6 ? ", …" : "")
    note("\(cells.count) cells", "\(many) (\(names))", kind: .incomplete)
  }

  private mutating func checkInnerConsistency(_ told: CellRecord, _ said: ResultsFile.Cell) {
    let report = InnerConsistency(told: told, said: said)
    // Lines that were printed again have been compared word by word.
    let isAttested = if case .attested = verdicts[told.id] { true } else { false }
    let odd = isAttested ? report.unlikeOthers : []
    for (faults, kind) in [(report.faults, VerificationFinding.Kind.difference), (odd, .incomplete)] {
      for var fault in faults {
        (fault.kind, fault.cell) = (kind, told.id)
        findings.append(located(fault))
      }
    }
  }

  /// What the report itself says of failures: it may be right in every byte and is no report of a notebook in which all is well.
  private mutating func tellFailures(of told: CellRecord) {
    if case .failed(let failure, _) = told.outcome {
      note(
        "the cell", "failed: " + [failure.message, failure.hint].compactMap(\.self).joined(separator: "; "),
        kind: .failure, cell: told.id)
    }
    for claim in told.claims where claim.status == .broken {
      note(
        "claim \(claim.claim.text)", "is broken", kind: .failure, got: claim.measured.map(NumberFormat.shortest.text),
        cell: told.id, at: claim.claim.range)
    }
  }
}

extension NotRunReason {
  fileprivate func lacks(_ name: DataSourceName) -> Bool {
    if case .noData(name, _) = self { true } else { false }
  }
}

/// A printed line in quotation marks, without its end.
func quotedLine(_ line: String) -> String { quoted(line.hasSuffix("\n") ? String(line.dropLast()) : line) }

/// `text` in quotation marks, on one line and not too long.
func quoted(_ text: String) -> String {
  let line = text.replacing("\n", with: "⏎").replacing("\r", with: "␍")
  return line.count > 160 ? "“\(line.prefix(159))…”" : "“\(line)”"
}
