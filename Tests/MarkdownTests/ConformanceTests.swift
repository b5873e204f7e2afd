import Foundation
import NbrunMarkdown
import Testing

/// The examples of the CommonMark specification, read from the JSON file that `COMMONMARK_SPEC` names (it is not part of this
/// package because of its licence).
@Suite struct ConformanceTests {
  struct Example: Decodable, Sendable, CustomTestStringConvertible {
    var markdown: String
    var html: String
    var example: Int
    var section: String

    var testDescription: String { "example \(example), \(section)" }
  }

  static let path = ProcessInfo.processInfo.environment["COMMONMARK_SPEC"]

  static let examples: [Example] = {
    guard let path else {
      print("The specification's examples are skipped: COMMONMARK_SPEC names no file.")
      return []
    }
    do {
      return try JSONDecoder().decode([Example].self, from: Data(contentsOf: URL(filePath: path)))
    } catch {
      Issue.record("\(path): \(error)")
      return []
    }
  }()

  @Test(.enabled(if: path != nil, "COMMONMARK_SPEC names no file"), arguments: examples)
  func specificationExample(_ example: Example) {
    let html = MarkdownDocument(parsing: example.markdown).html(.unsafe)
    #expect(html == example.html)
  }

  @Test(.enabled(if: path != nil, "COMMONMARK_SPEC names no file"))
  func theSpecificationIsWhole() {
    #expect(Self.examples.count == 652)
  }
}
