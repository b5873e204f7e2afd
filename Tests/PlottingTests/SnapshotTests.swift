import Foundation
import NbrunPlotting
import Testing

/// The SVG of each sample, byte for byte as it was committed after someone looked at it.
///
/// A snapshot that does not exist, or any when `RECORD_SNAPSHOTS` is set, is written, which fails the run: a
/// recording is to be looked at.
struct SnapshotTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  @Test("figures stay the same, byte for byte", arguments: Figure.samples)
  func inline(sample: Sample) throws {
    try compare(sample.figure.svg(.inline(idPrefix: sample.name)).string, with: "\(sample.name).svg")
  }

  @Test("a file of its own stays the same, its style too")
  func standalone() throws {
    try compare(Figure.training.svg(.standalone).string, with: "training-standalone.svg")
  }

  @Test("text alternatives and tables stay the same", arguments: Figure.samples)
  func words(sample: Sample) throws {
    var text = sample.figure.textAlternative + "\n"
    for table in sample.figure.tables(rowLimit: 12) {
      text += "\n\(table.caption) (\(table.omittedRows) rows left out)\n"
      for row in [table.headers] + table.rows { text += row.joined(separator: " | ") + "\n" }
    }
    try compare(text, with: "\(sample.name).txt")
  }

  private func compare(_ text: String, with name: String) throws {
    let file = Self.folder.appendingPathComponent(name)
    let recorded = try? String(contentsOf: file, encoding: .utf8)
    if recorded == nil || ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(name): look at it, then run again")
    } else if recorded != text {
      let lines = zip(recorded?.split(separator: "\n") ?? [], text.split(separator: "\n"))
      let number = lines.enumerated().first { $0.element.0 != $0.element.1 }
      Issue.record(
        "\(name) changed: \(number.map { "line \($0.offset + 1): \($0.element.1.prefix(300))" } ?? "its length")")
    }
  }
}
