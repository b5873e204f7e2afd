import Diagnostics

/// A parsed Markdown document: a flat store of nodes over its source.
///
///     let document = MarkdownDocument(parsing: "# Title\n\nText.", options: .notebook)
///     for block in document.topLevelBlocks { print(document.kind(of: block), document.range(of: block)) }
///
/// Parsing takes time proportional to the source and never fails: every text is some document. What can be wrong in the
/// extensions (an unknown TeX command, a malformed inline value) is in `diagnostics`.
public struct MarkdownDocument: Sendable {
  /// The source, with its lines.
  public let source: SourceText
  /// What the parser knew beyond CommonMark.
  public let options: MarkdownOptions
  /// What is wrong in formulas and inline values, in the order of their places.
  public internal(set) var diagnostics: [Diagnostic] = []

  var store: NodeStore
  let content: ContentBuffer
  var payloads: Payloads
  /// Text that no source spells as it is: resolved entities.
  let decoded: [UInt8]

  /// Parses a text whose first line has the number `firstLine` in its file.
  public init(parsing text: String, options: MarkdownOptions = .commonMark, firstLine: Int = 1) {
    self.init(parsing: Array(text.utf8), options: options, firstLine: firstLine)
  }

  /// Parses bytes, which need not be valid UTF-8: what is not becomes U+FFFD.
  public init(parsing utf8: [UInt8], options: MarkdownOptions = .commonMark, firstLine: Int = 1) {
    let isTooLong = utf8.count > SourceText.maximumSize
    source = SourceText(isTooLong ? Array(utf8.prefix(SourceText.maximumSize)) : utf8, firstLine: firstLine)
    self.options = options
    var blocks = BlockParser(source, options: options)
    blocks.parse(source)
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
      diagnostics.append(.error("the text is longer than \(limit) MiB; what comes after that is not read"))
    }
    if options.contains(.mathematics) { setFormulas() }
    if options.contains(.headingAnchors) { nameHeadings() }
  }

  /// The document's own node.
  public var root: NodeID {
    .document
  }

  /// Gives each heading its anchor.
  private mutating func nameHeadings() {
    var slugs = HeadingSlugs()
    for block in descendants(of: root) where store[block].kind == .heading {
      guard let slug = slugs.slug(for: plainText(of: block)) else { continue }
      store[block].payload = Int32(payloads.headings.count)
      payloads.headings.append(slug)
    }
  }
}
