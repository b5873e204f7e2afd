import NbrunDiagnostics

/// The inline phase: parses the text of each paragraph, heading and table cell.
///
/// The method is the specification's: text is read once from left to right; delimiter runs and brackets are kept on stacks and
/// resolved when something closes. Every search that can fail remembers that it did, so the time stays linear.
struct InlineParser {
  let options: MarkdownOptions
  let source: SourceText
  let content: ContentBuffer
  let text: [UInt8]
  let references: [String: LinkPayload]
  let footnotes: [String: Int]
  var store: NodeStore
  var payloads: Payloads
  var decoded: [UInt8] = []
  var diagnostics: [Diagnostic] = []

  /// The bytes at which something may begin.
  private let isSpecial: [Bool]
  /// Bytes that references may still copy into the output; without a limit, many references to one long destination would make
  /// an output of quadratic size.
  var referenceBudget: Int
  var usedFootnotes = 0

  // MARK: The leaf being parsed

  var leaf = NodeID.none
  var position = 0
  var end = 0
  var delimiters: [Delimiter] = []
  /// The last delimiter run of the stack; -1 when there is none.
  var lastDelimiter = -1
  /// See `processEmphasis`.
  var openersBottom = [Int](repeating: -1, count: 16)
  var brackets: [Bracket] = []
  /// Link openers at lower indices contain a link already and can open none.
  var inactiveBrackets = 0
  /// Where the last run of backticks of each length starts; nil until the leaf's first backtick.
  var backticks: [Int: Int]?
  /// Searches that found nothing from some place on.
  var failedSearches = FailedSearches()
  /// Where links in bare text may start, found ahead, and the next of them.
  var bareLinks: [BareLinkStart] = []
  var nextBareLink = 0
  /// How many bare links there are in the leaf so far.
  var bareLinkCount = 0
  /// The text node that further text may be added to.
  private var openText = NodeID.none

  /// A parser of the leaves that the block phase found. It takes the tree over, so that there is never a second copy.
  init(takingOver blocks: inout BlockParser, source: SourceText) {
    options = blocks.options
    self.source = source
    content = blocks.content
    text = blocks.content.text
    references = blocks.references
    footnotes = blocks.footnotes
    store = NodeStore()
    payloads = Payloads()
    swap(&store, &blocks.store)
    swap(&payloads, &blocks.payloads)
    referenceBudget = max(100_000, source.bytes.count)
    var special = [Bool](repeating: false, count: 256)
    for byte in "\n\\`*_[]!<&".utf8 { special[Int(byte)] = true }
    if options.contains(.gitHub) { special[Int(ASCII.tilde)] = true }
    if options.contains(.mathematics) { special[Int(ASCII.dollar)] = true }
    if options.contains(.inlineValues) { special[Int(ASCII.leftBrace)] = true }
    isSpecial = special
  }

  /// Parses all leaves, in document order.
  mutating func parse() {
    var node = NodeID.document
    while node.exists {
      if store[node].kind.holdsInlines { parse(leaf: node) }
      node = store.successor(of: node, within: .document)
    }
  }

  // MARK: One leaf

  private mutating func parse(leaf: NodeID) {
    self.leaf = leaf
    position = Int(store[leaf].contentStart)
    end = Int(store[leaf].contentEnd)
    lastDelimiter = -1
    inactiveBrackets = 0
    backticks = nil
    failedSearches = FailedSearches()
    openText = .none
    if options.contains(.gitHub) {
      takeCheckbox()
      findBareLinks()
    }
    while position < end { parseNext() }
    processEmphasis(above: -1)
    brackets.removeAll(keepingCapacity: true)
    if options.contains(.gitHub) { linkAddresses() }
  }

  private mutating func parseNext() {
    let start = position
    while nextBareLink < bareLinks.count, bareLinks[nextBareLink].start < start { nextBareLink += 1 }
    let limit = nextBareLink < bareLinks.count ? bareLinks[nextBareLink].start : end
    while position < limit, !isSpecial[Int(text[position])] { position += 1 }
    if position > start { return appendTextBeforeSpecial(start..<position) }
    if position == limit {
      let link = bareLinks[nextBareLink]
      nextBareLink += 1
      if parseBareLink(link) || !isSpecial[Int(text[position])] { return }
    }
    let byte = text[position]
    let isParsed =
      switch byte {
      case ASCII.lineFeed: parseLineEnd()
      case ASCII.backslash: parseBackslash()
      case ASCII.backtick: parseCodeSpan()
      case ASCII.asterisk, ASCII.underscore, ASCII.tilde: parseDelimiterRun(byte)
      case ASCII.leftBracket: parseFootnoteReference() || openBracket(isImage: false)
      case ASCII.exclamation: !isFootnoteReference(at: position + 1) && openBracket(isImage: true)
      case ASCII.rightBracket: closeBracket()
      case ASCII.less: parseAutolink() || parseHTML()
      case ASCII.ampersand: parseEntity()
      case ASCII.dollar: parseMathematics()
      default: parseInlineValue()
      }
    if !isParsed {
      appendText(position..<position + 1)
      position += 1
    }
  }

  // MARK: Text and line ends

  /// Adds text; white space before a line's end is not part of it.
  private mutating func appendTextBeforeSpecial(_ range: Range<Int>) {
    let isBeforeLineEnd = range.upperBound < end && text[range.upperBound] == ASCII.lineFeed
    let shownEnd = isBeforeLineEnd ? text.trimmedEnd(of: range, \.isSpaceOrTab) : range.upperBound
    appendText(range.lowerBound..<shownEnd)
  }

  /// Adds text that stands in the content as it is to be shown.
  mutating func appendText(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    if openText.exists, store[leaf].lastChild == openText, Int(store[openText].contentEnd) == range.lowerBound {
      store[openText].contentEnd = Int32(range.upperBound)
      store[openText].end = Int32(range.upperBound)
    } else {
      openText = appendTextNode(range)
    }
  }

  /// Adds a text node of its own, which no other text joins.
  mutating func appendTextNode(_ range: Range<Int>) -> NodeID { store.append(.text(range), to: leaf) }

  /// Adds an inline from `start` to the present position.
  mutating func append(_ kind: NodeKind, from start: Int, content: Range<Int>, payload: Int = -1) -> NodeID {
    store.append(Node(kind, start: start, end: position, content: content, payload: payload), to: leaf)
  }

  /// A line's end: a hard break after two spaces, else a soft one.
  private mutating func parseLineEnd() -> Bool {
    var spaces = 0
    while position - spaces > Int(store[leaf].contentStart), text[position - spaces - 1] == ASCII.space, spaces < 2 {
      spaces += 1
    }
    let start = position
    position += 1
    while position < end, text[position].isSpaceOrTab { position += 1 }
    _ = append(spaces == 2 ? .lineBreak : .softBreak, from: start, content: start..<start)
    return true
  }

  /// A backslash escapes punctuation and makes a line's end a hard break.
  private mutating func parseBackslash() -> Bool {
    guard position + 1 < end else { return false }
    let next = text[position + 1]
    if next == ASCII.lineFeed {
      let start = position
      position += 2
      _ = append(.lineBreak, from: start, content: start..<start)
      return true
    }
    guard next.isASCIIPunctuation else { return false }
    appendText(position + 1..<position + 2)
    position += 2
    return true
  }

  private mutating func parseEntity() -> Bool {
    guard let reference = Entities.reference(in: text, at: position, end: end) else { return false }
    let start = position
    position = reference.end
    let decodedStart = decoded.count
    decoded.append(contentsOf: reference.text.utf8)
    let node = append(.text, from: start, content: decodedStart..<decoded.count)
    store[node].flags = .decoded
    return true
  }

  /// `[ ]` or `[x]` at the start of an item's first paragraph makes it a task.
  private mutating func takeCheckbox() {
    let item = store[leaf].parent
    guard item.exists, store[item].kind == .item, store[item].firstChild == leaf, store[leaf].kind == .paragraph,
      position + 2 < end, text[position] == ASCII.leftBracket, text[position + 2] == ASCII.rightBracket,
      // Behind a box without text the white space is no part of the paragraph any more, but it stands in the buffer.
      position + 3 < end ? text[position + 3].isASCIIWhitespace : text[position + 3].isSpaceOrTab
    else { return }
    switch text[position + 1] {
    case ASCII.space: store[item].flags.insert(.task)
    case UInt8(ascii: "x"), UInt8(ascii: "X"): store[item].flags.formUnion([.task, .ticked])
    default: return
    }
    position = min(position + 4, end)
  }
}

/// Searches in a leaf that failed: what is not there after one place is not there after a later one either.
struct FailedSearches {
  /// The kinds of raw HTML whose end is not there.
  var kinds: Set<HTMLBlockKind> = []
  /// A bare link's domain that ends here is no domain, wherever it starts.
  var domainEnd = 0
}
