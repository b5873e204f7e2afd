import NbrunPlatform
import NbrunRunning
import NbrunSteps

extension Verification {
  /// Compares the committed files with those that the notebook and the committed results give, byte for byte: so a file can only
  /// differ if it was edited, or if this program was.
  mutating func compareFiles(with results: ResultsFile, told: RunRecord, skipped: SkippedCells) {
    let formats = Set(ReportFormat.all.filter { results.files.contains($0.fileName) })
    let expected = files(of: told, formats: formats)
    // Where the results were edited and the files were not, the files are those of the fresh run: what is wrong has been said.
    let fresh = hasDifferences ? files(of: merged(told, results, skipped), formats: formats) : nil
    var wrong: [String] = []
    for name in Set(expected.bytes.keys).union(committed.files.keys).union(committed.others.keys).sorted() {
      let bytes = committed.files[name]
      if let fresh, fresh.bytes[name] == bytes, committed.others[name] == nil { continue }
      if let what = committed.others[name] {
        addFile(name, "is \(what), not a file of a report")
      } else if let right = expected.bytes[name] {
        guard let bytes else {
          addFile(name, "is missing")
          continue
        }
        if right != bytes, name != ResultsFile.name || !hasDifferences { wrong.append(name) }
      } else {
        addFile(name, "is there, but nothing writes it any more")
      }
    }
    // Where every form of the report is another one, that has one cause.
    if wrong.count > 1, Set(formats.map(\.fileName)).isSubset(of: wrong) {
      let names = wrong.joined(separator: ", ")
      addDifference("the files \(names)", "are not what their results give", of: wrong[0], expected)
    } else {
      for name in wrong { addDifference("the file \(name)", "is not what its results give", of: name, expected) }
    }
  }

  /// The fresh run with the volatile values of the report; cells that were not compared are as the report tells of them, where it
  /// does.
  private func merged(_ told: RunRecord, _ results: ResultsFile, _ skipped: SkippedCells) -> RunRecord {
    var run = record.adopting(volatileValuesOf: results)
    let shown = Set(results.cells.map(\.id))
    for index in run.cells.indices {
      let isCompared = skipped[run.cells[index].id] == nil && run.cells[index].outcome.results?.isFromReport != true
      if !isCompared, shown.contains(run.cells[index].id) { run.cells[index] = told.cells[index] }
    }
    for (name, data) in told.data where run.data[name] == nil { run.data[name] = data }
    run.judgeClaims()
    return run
  }

  private func files(of record: RunRecord, formats: Set<ReportFormat>) -> ReportFiles {
    ReportFiles(Report(record: record, notebook: notebook, plan: plan, place: place, images: images), formats: formats)
  }

  private mutating func addFile(_ name: String, _ message: String) { note("the file \(name)", message) }

  private mutating func addDifference(_ subject: String, _ message: String, of name: String, _ files: ReportFiles) {
    guard let expected = files.text(of: name) else { return note(subject, message) }
    let text = String(decoding: committed.files[name] ?? Data(), as: UTF8.self)
    let (line, right, there) = Self.firstDifference(expected, text)
    let place = subject.hasSuffix(name) ? "from line \(line) on" : "\(name) from line \(line) on"
    note(
      subject, "\(message), \(place)", expected: right.map(quoted) ?? "no such line",
      got: there.map(quoted) ?? "no such line")
  }

  /// The first line in which two texts differ, and what each has there.
  static func firstDifference(_ expected: String, _ got: String) -> (line: Int, expected: String?, got: String?) {
    var left = expected.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).makeIterator()
    var right = got.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).makeIterator()
    var line = 1
    while true {
      let (old, new) = (left.next(), right.next())
      let isEnd = old == nil && new == nil
      if isEnd || old.map(Array.init) != new.map(Array.init) {
        return (line, old.map { around($0, new) }, new.map { around($0, old) })
      }
      line += 1
    }
  }

  /// A line, or of a long one the part in which it starts to differ from another.
  private static func around(_ line: Substring.UTF8View, _ other: Substring.UTF8View?) -> String {
    let bytes = Array(line)
    guard bytes.count > 120 else { return String(decoding: bytes, as: UTF8.self) }
    let common = zip(bytes, other.map(Array.init) ?? []).prefix { $0.0 == $0.1 }.count
    let start = max(0, common - 40)
    return (start > 0 ? "…" : "") + String(decoding: bytes[start..<min(bytes.count, common + 80)], as: UTF8.self)
  }
}
