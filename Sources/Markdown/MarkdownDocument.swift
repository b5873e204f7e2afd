import NbrunDiagnostics

/// A parsed Markdown document: a flat store of nodes over its source.
///
///     let document = MarkdownDocument(parsing: "# Title\n\nText.", options: .notebook)
///     for block in document.topLevelBlocks { print(document.kind(of: block), document.range(of: block)) }
///
/// Parsing takes time proportional to the source and never fails: every text is some document. What can be wrong in the
/// extensions (an unknown TeX command, a malformed inline value, a footnote that is missing) is in `diagnostics`.
package struct MarkdownDocument: Sendable {
  package let source: SourceText
  /// What is wrong in formulas and inline values, in the order of their places.
  package internal(set) var diagnostics: [Diagnostic] = []

  /// The anchor of the title above the document; nil where the first heading is the title.
  package private(set) var titleAnchor: String?

  var store: NodeStore
  let content: ContentBuffer
  var payloads: Payloads
  /// Text that no source spells as it is: resolved entities.
  let decoded: [UInt8]

  /// Parses a text whose first line has the number `firstLine` in its file.
  package init(parsing text: String, options: MarkdownOptions = .commonMark, firstLine: Int = 1, macros: String = "") {
    self.init(parsing: Array(text.utf8), options: options, firstLine: firstLine, macros: macros)
  }

  /// Parses bytes, which need not be valid UTF-8: what is not becomes U+FFFD.
  /// - Parameters:
  ///   - firstLine: the number of the first line in its file.
  ///   - macros: definitions that hold in all formulas; see `MathMacros`.
  ///   - title: a title that stands above the document and has an anchor like a heading, unless the first heading is the same.
  ///   - setsFormulas: whether formulas are set, which takes most of the time; not for one who looks for headings and cells only.
  package init(
    parsing utf8: [UInt8], options: MarkdownOptions = .commonMark, firstLine: Int = 1, macros: String = "",
    title: String? = nil, setsFormulas: Bool = true
  ) {
    let isTooLong = utf8.count > SourceText.maximumSize
    source = SourceText(isTooLong ? Array(utf8.prefix(SourceText.maximumSize)) : utf8, firstLine: firstLine)
    var blocks = BlockParser(source, options: options)
    blocks.parse()
    var inlines = InlineParser(takingOver: &blocks, source: source)
    inlines.parse()
    content = inlines.content
    store = NodeStore()
    payloads = Payloads()
    swap(&store, &inlines.store)
    swap(&payloads, &inlines.payloads)
    decoded = inlines.decoded
    diagnostics = inlines.diagnostics
    if isTooLong {
      let limit = SourceText.maximumSize >> 20
      diagnostics.addError("the text is longer than \(limit) MiB; what comes after that is not read")
    }
    for remark in payloads.remarks { diagnostics.addWarning(remark.message, at: source.range(ofBytes: remark.range)) }
    if options.contains(.footnotes) { checkFootnotes() }
    if options.contains(.elements) { pairTags() }
    if options.contains(.mathematics), setsFormulas {
      var definitions = MathMacros(documentOf: utf8.count)
      _ = definitions.define(macros)
      setFormulas(definitions)
    }
    if options.contains(.headingAnchors) { nameHeadings(below: title) }
    diagnostics.sort { Self.place($0) < Self.place($1) }
  }

  package var root: NodeID { .document }

  private static func place(_ diagnostic: Diagnostic) -> SourceLocation {
    diagnostic.range?.start ?? SourceLocation(line: 0, column: 0)
  }

  /// Gives each heading its anchor, and the title one that no heading has.
  private mutating func nameHeadings(below title: String?) {
    var slugs = HeadingSlugs()
    if let title, headings.first.map({ $0.level != 1 || $0.text != title }) ?? true {
      titleAnchor = slugs.slug(for: title)
    }
    for block in descendants(of: root) where store[block].kind == .heading {
      guard let slug = slugs.slug(for: headingText(of: block)) else { continue }
      store[block].payload = Int32(payloads.headings.count)
      payloads.headings.append(slug)
    }
  }
}
