import Foundation
import Running

extension Verification {
  /// Compares the committed files with those that the committed numbers give: prose, tables, drawings, everything that a reader
  /// sees, byte by byte, but for times and noise: those may be any. So a file can only differ if it was edited, or if the notebook or
  /// this program was.
  mutating func compareFiles(with results: ResultsFile) {
    let formats = Set(ReportFormat.allCases.filter { results.files.contains($0.fileName) })
    let runs = [record.adopting(volatileValuesOf: results)] + committedRuns(results)
    let fresh = files(of: runs[0], formats: formats)
    let adopted = runs[1] == runs[0] ? fresh : files(of: runs[1], formats: formats)
    // Made only where a file is not as expected: that is the exception.
    lazy var others = runs.dropFirst(2).map { files(of: $0, formats: formats) }
    lazy var patterns = runs.map { files(of: $0, formats: formats, marks: VolatileMark(isOn: true)) }
    let names = Set(fresh.texts.keys).union(adopted.texts.keys)
    for name in names.sorted() {
      guard let bytes = committed.files[name] else {
        if !committed.oversized.contains(name) { addFile(name, "is missing") }
        continue
      }
      let candidates = [fresh, adopted].compactMap { $0.texts[name] }
      if candidates.contains(where: { Data($0.utf8) == bytes }) { continue }
      if others.contains(where: { $0.texts[name].map { Data($0.utf8) } == bytes }) { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      let mayDiffer = name != ResultsFile.name && !candidates.contains(where: VolatileMark.isIn)
      if mayDiffer, patterns.contains(where: { matches(text, $0.texts[name] ?? "", of: name) }) {
        continue
      }
      // The closest explanation is the one made from the committed numbers.
      let expected = adopted.texts[name] ?? fresh.texts[name] ?? ""
      let (line, now, before) = Self.firstDifference(expected, text)
      addFile(
        name, "is not what its results give, from line \(line) on", expected: now.map(quoted) ?? "no such line",
        got: before.map(quoted) ?? "no such line")
    }
    for name in (Array(committed.files.keys) + committed.oversized).sorted() where !names.contains(name) {
      addFile(name, "is there, but nothing writes it any more")
    }
  }

  /// The run that the committed numbers tell of. They do not tell whether its data were the authors' own: where other data, or
  /// none, are here, there is one for each answer.
  private func committedRuns(_ results: ResultsFile) -> [RunRecord] {
    let unseen = results.data.keys.filter { record.data[$0]?.files != results.data[$0] }
    return unseen.sorted().prefix(4).reduce([record.adopting(everythingOf: results)]) { runs, name in
      runs
        + runs.map { run in
          var run = run
          run.data[name]?.isOriginal.toggle()
          return run
        }
    }
  }

  private func matches(_ text: String, _ pattern: String, of name: String) -> Bool {
    // How JSON is cut into lines depends on how long its numbers are.
    name == JupyterReport.fileName
      ? VolatileMark.matches(text.onOneLine, pattern: pattern.onOneLine)
      : VolatileMark.matches(text, pattern: pattern)
  }

  private func files(of record: RunRecord, formats: Set<ReportFormat>, marks: VolatileMark = .off) -> ReportFiles {
    ReportFiles(
      Report(record: record, notebook: notebook, plan: plan, place: place, images: images, marks: marks),
      formats: formats)
  }

  private mutating func addFile(_ name: String, _ message: String, expected: String? = nil, got: String? = nil) {
    add(
      VerificationFinding(
        kind: .difference, subject: "the file \(name)", message: message, expected: expected, got: got,
        path: notebook.path))
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

extension String {
  /// The text with each line's end and the indentation after it as one space.
  fileprivate var onOneLine: String {
    var bytes: [UInt8] = []
    var isIndentation = false
    for byte in utf8 {
      if byte == UInt8(ascii: "\n") {
        bytes.append(UInt8(ascii: " "))
        isIndentation = true
      } else if !isIndentation || byte != UInt8(ascii: " ") {
        bytes.append(byte)
        isIndentation = false
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
