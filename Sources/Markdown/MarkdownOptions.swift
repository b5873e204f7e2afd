/// Which constructs a parser knows beyond CommonMark 0.31.2.
package struct MarkdownOptions: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// What GitHub's specification adds: tables, `~~strikethrough~~`, list items that start with `[ ]` or `[x]`, and bare `www.`,
  /// `http://`, `https://` and e-mail links.
  package static let gitHub = MarkdownOptions(rawValue: 1 << 0)
  /// Footnotes: `[^label]` and `[^label]: text`.
  package static let footnotes = MarkdownOptions(rawValue: 1 << 1)
  /// An `id` on every heading, made as GitHub makes them.
  package static let headingAnchors = MarkdownOptions(rawValue: 1 << 2)
  /// TeX mathematics: `$…$`, `$$…$$` and blocks fenced as `math`.
  package static let mathematics = MarkdownOptions(rawValue: 1 << 3)
  /// Inline values: `{{ CELL.METRIC }}`.
  package static let inlineValues = MarkdownOptions(rawValue: 1 << 4)
  /// `<br>`, and `<sub>`, `<sup>`, `<kbd>`, `<mark>`, `<details>` and `<summary>` without attributes; other raw HTML is reported.
  package static let elements = MarkdownOptions(rawValue: 1 << 5)
  /// GitHub's alerts: quotes that begin with `[!NOTE]`.
  package static let alerts = MarkdownOptions(rawValue: 1 << 6)

  /// CommonMark and nothing else.
  package static let commonMark: MarkdownOptions = []
  /// The language of notebooks' prose: CommonMark, GitHub's extensions, mathematics, inline values and
  /// a few elements of HTML.
  package static let notebook: MarkdownOptions = [
    .gitHub, .footnotes, .headingAnchors, .mathematics, .inlineValues, .elements, .alerts,
  ]
}
