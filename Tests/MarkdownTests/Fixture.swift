import Foundation
import Testing

/// A case of a fixture file: a title, what goes in, and what must come out.
///
///     ===== Title
///     input
///     -----
///     expected
struct FixtureCase: Sendable, CustomTestStringConvertible {
  var title: String
  var input: String
  var expected: String

  var testDescription: String { title }

  /// The cases of a file in `Fixtures`.
  static func all(in name: String, file: String = #filePath) -> [FixtureCase] {
    let url = URL(filePath: file).deletingLastPathComponent().appending(path: "Fixtures").appending(path: name)
    do {
      let text = try String(contentsOf: url, encoding: .utf8)
      return text.split(separator: "===== ").map { FixtureCase(Substring($0)) }
    } catch {
      Issue.record("\(name): \(error)")
      return []
    }
  }

  private init(_ source: Substring) {
    let head = source.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let body = head.count > 1 ? head[1] : ""
    let parts = body.split(separator: "-----\n", maxSplits: 1, omittingEmptySubsequences: false)
    title = String(head[0])
    input = String(parts[0])
    expected = parts.count > 1 ? String(parts[1]) : ""
  }
}
