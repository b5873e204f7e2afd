import Foundation
import Markup

@testable import Reporting

/// Reads back what the highlighter wrote.
enum HighlightedSwift {
  private static func markup(_ source: String) -> String {
    var writer = MarkupWriter()
    CodeHighlighter(source, language: "swift").write(to: &writer)
    return writer.string
  }

  /// `class:text` of each span.
  static func pieces(_ source: String) -> [String] {
    markup(source).matches(of: /<span class="(.)">([^<]*)<\/span>/).map { "\($0.1):\(unescaped(String($0.2)))" }
  }

  /// The text without its spans.
  static func text(_ source: String) -> String {
    unescaped(markup(source).replacing(/<\/?span[^>]*>/, with: ""))
  }

  private static func unescaped(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing(
      "&amp;", with: "&")
  }
}
