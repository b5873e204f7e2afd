import Foundation
import NbrunMarkdown
import Testing

/// The examples of GitHub's extensions, read from its specification's own text, the `spec.txt` that `GFM_SPEC` names (it is not
/// part of this package because of its licence).
@Suite struct GitHubConformanceTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var markdown: String
    var html: String
    var testDescription: String
  }

  static let path = ProcessInfo.processInfo.environment["GFM_SPEC"]

  /// The examples of tables, strikethrough, autolinks and task lists. The last are marked as disabled there, because their HTML
  /// may have its attributes in any order. The filter of raw HTML is left out: here all of it is shown as text.
  static let examples: [Example] = {
    guard let path else {
      print("GitHub's examples are skipped: GFM_SPEC names no file.")
      return []
    }
    do {
      let text = try String(contentsOfFile: path, encoding: .utf8).replacing("→", with: "\t")
      let fence = String(repeating: "`", count: 32)
      let blocks = text.components(separatedBy: "\n\(fence) example ").dropFirst()
      return blocks.enumerated().compactMap { number, block in
        let lines = block.components(separatedBy: "\n")
        guard ["table", "strikethrough", "autolink", "disabled"].contains(lines[0]),
          let dot = lines.firstIndex(of: "."), let end = lines.firstIndex(of: fence), dot < end
        else { return nil }
        return Example(
          markdown: lines[1..<dot].map { $0 + "\n" }.joined(), html: lines[dot + 1..<end].map { $0 + "\n" }.joined(),
          testDescription: "\(lines[0]), example \(number + 1) with a name")
      }
    } catch {
      Issue.record("\(path): \(error)")
      return []
    }
  }()

  @Test(.enabled(if: path != nil, "GFM_SPEC names no file"), arguments: examples)
  func specificationExample(_ example: Example) {
    let document = MarkdownDocument(
      parsing: example.markdown, options: .gitHub)
    #expect(document.html(.unsafe) == example.html)
  }

  @Test(.enabled(if: path != nil, "GFM_SPEC names no file"))
  func theExamplesAreThere() {
    #expect(Self.examples.count >= 20)
  }
}
