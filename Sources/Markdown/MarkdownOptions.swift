/// Which constructs a parser knows beyond CommonMark 0.31.2.
package struct MarkdownOptions: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// GitHub's tables.
  package static let tables = MarkdownOptions(rawValue: 1 << 0)
  /// GitHub's `~~strikethrough~~`.
  package static let strikethrough = MarkdownOptions(rawValue: 1 << 1)
  /// GitHub's list items that start with `[ ]` or `[x]`.
  package static let taskLists = MarkdownOptions(rawValue: 1 << 2)
  /// GitHub's bare `www.`, `http://`, `https://` and e-mail links.
  package static let autolinks = MarkdownOptions(rawValue: 1 << 3)
  /// Footnotes: `[^label]` and `[^label]: text`.
  package static let footnotes = MarkdownOptions(rawValue: 1 << 4)
  /// An `id` on every heading, made as GitHub makes them.
  package static let headingAnchors = MarkdownOptions(rawValue: 1 << 5)
  /// TeX mathematics: `$…$`, `$$…$$` and blocks fenced as `math`.
  package static let mathematics = MarkdownOptions(rawValue: 1 << 6)
  /// Inline values: `{{ CELL.METRIC }}`.
  package static let inlineValues = MarkdownOptions(rawValue: 1 << 7)
  /// `<br>`, and `<sub>`, `<sup>`, `<kbd>`, `<mark>`, `<details>` and `<summary>` without attributes; other raw HTML is reported.
  package static let elements = MarkdownOptions(rawValue: 1 << 8)
  /// GitHub's alerts: quotes that begin with `[!NOTE]`.
  package static let alerts = MarkdownOptions(rawValue: 1 << 9)

  /// CommonMark and nothing else.
  package static let commonMark: MarkdownOptions = []
  /// The language of notebooks' prose: CommonMark, GitHub's extensions, mathematics, inline values and
  /// a few elements of HTML.
  package static let notebook: MarkdownOptions = [
    .tables, .strikethrough, .taskLists, .autolinks, .footnotes, .headingAnchors, .mathematics, .inlineValues,
    .elements, .alerts,
  ]
}
