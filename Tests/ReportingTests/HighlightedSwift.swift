import Foundation
import Markup

@testable import Reporting

/// Reads back what the highlighter wrote.
enum HighlightedSwift {
  private static func markup(_ source: String) -> String {
    var writer = MarkupWriter()
    CodeHighlighter(source, language: "swift").write(to: &writer)
    // As if each kind were a class.
    var markup = writer.string
    for (kind, element) in [("k", "b"), ("t", "var"), ("c", "i")] {
      markup = markup.replacing("<\(element)>", with: "<span class=\"\(kind)\">")
        .replacing("</\(element)>", with: "</span>")
    }
    return markup
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
