import Foundation
import Testing

/// Compares texts with files that were looked at once and committed.
enum Snapshot {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")

  /// Expects `text` to be the snapshot named `name`. A missing one, or every one when `RECORD_SNAPSHOTS` is set, is recorded, and
  /// recording fails the test: nobody has looked at it yet.
  static func expect(_ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = folder.appending(path: name)
    let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil
    guard !isRecording, let expected = try? String(contentsOf: file, encoding: .utf8) else {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(name): look at it, then run again", sourceLocation: sourceLocation)
      return
    }
    guard text != expected else { return }
    let (lines, expectedLines) = (text.split(separator: "\n"), expected.split(separator: "\n"))
    let first = zip(lines, expectedLines).enumerated().first { $0.element.0 != $0.element.1 }
    let line = first?.offset ?? min(lines.count, expectedLines.count)
    func shown(_ lines: [Substring]) -> String { line < lines.count ? String(lines[line].prefix(300)) : "(its end)" }
    Issue.record(
      "\(name), line \(line + 1): expected \(shown(expectedLines)), got \(shown(lines))", sourceLocation: sourceLocation
    )
  }
}
