import Foundation
import NbrunMarkup

@testable import NbrunReporting

/// Reads back what the highlighter wrote.
enum HighlightedSwift {
  private static func markup(_ source: String) -> String {
    var writer = MarkupWriter()
    CodeHighlighter(source, language: "swift").write(to: &writer)
    return spans(writer.string)
  }

  /// The markup as if each kind of piece were a class.
  static func spans(_ markup: String) -> String {
    [("k", "b"), ("t", "var"), ("c", "i")].reduce(markup) { markup, kind in
      markup.replacing("<\(kind.1)>", with: "<span class=\"\(kind.0)\">").replacing("</\(kind.1)>", with: "</span>")
    }
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
