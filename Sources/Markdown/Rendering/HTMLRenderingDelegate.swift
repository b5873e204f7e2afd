import NbrunMarkup

/// What a report may write in its own way. Every requirement has a default, which leaves the writing to `HTMLRenderer`.
///
/// Blocks and inlines that a method writes are whole: the renderer skips what is below them.
package protocol HTMLRenderingDelegate {
  /// Writes a fenced block and returns true, or leaves it to the renderer.
  mutating func render(_ block: FencedBlock, in document: MarkdownDocument, to writer: inout MarkupWriter) -> Bool

  /// The destination that a link is written with; nil drops the link and keeps its text.
  mutating func destination(of link: Link, in document: MarkdownDocument) -> String?

  /// What a link without a text is shown as; nil for nothing.
  mutating func text(ofEmpty link: Link, in document: MarkdownDocument) -> String?

  /// Writes an image (and its description) and returns true, or leaves it to the renderer.
  mutating func render(image: Link, description: String, to writer: inout MarkupWriter) -> Bool

  /// Writes an inline value and returns true, or leaves it to the renderer, which shows its source.
  mutating func render(_ value: InlineValue, to writer: inout MarkupWriter) -> Bool
}

extension HTMLRenderingDelegate {
  package mutating func render(
    _ block: FencedBlock, in document: MarkdownDocument, to writer: inout MarkupWriter
  ) -> Bool {
    false
  }

  package mutating func destination(of link: Link, in document: MarkdownDocument) -> String? { link.destination }
  package mutating func text(ofEmpty link: Link, in document: MarkdownDocument) -> String? { nil }
  package mutating func render(image: Link, description: String, to writer: inout MarkupWriter) -> Bool { false }
  package mutating func render(_ value: InlineValue, to writer: inout MarkupWriter) -> Bool { false }
}

/// A delegate that leaves everything to the renderer.
package struct PlainHTMLRendering: HTMLRenderingDelegate, Sendable { package init() {} }
