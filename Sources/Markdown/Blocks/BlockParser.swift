/// The block phase: reads the source line by line and builds the tree of blocks, whose inlines are parsed later.
///
/// The method is that of the CommonMark specification's appendix: each line first continues what is open, then opens new
/// blocks, and what is left is text. What differs is for the sake of linear time: containers are an array, blank lines skip the
/// list items that they cannot close, and a node's end passes to its parent only when it closes.
struct BlockParser {
  struct Container {
    var node: NodeID
    var kind: NodeKind
    /// Columns that an item's content is indented by, within what contains the item.
    var contentIndent = 0
  }

  /// The open leaf, of which there is at most one.
  struct Leaf {
    enum Kind: Equatable {
      case none, paragraph, fencedCode, indentedCode, mathematics, table
      case html(HTMLBlockKind)
    }

    var kind = Kind.none
    var node = NodeID.none

    var isParagraph: Bool { kind == .paragraph }
  }

  let options: MarkdownOptions
  let source: SourceText
  var line: LineCursor
  var store = NodeStore()
  var content = ContentBuffer()
  var payloads = Payloads()
  /// Link reference definitions by normalised label.
  var references: [String: LinkPayload] = [:]
  /// Indices of footnotes by normalised label.
  var footnotes: [String: Int] = [:]

  /// The open containers, outermost first.
  var containers: [Container] = []
  /// Which of them are block quotes: the only ones that a blank line closes.
  var quoteDepths: [Int] = []
  var leaf = Leaf()
  /// The paragraph that had a delimiter row under a line of another number of cells: no table begins in it any more.
  var tableless = NodeID.none
  /// How many containers the current line continues.
  var matched = 0
  /// Whether the current line continues the open leaf.
  var leafContinues = false
  /// Whether what the current line does not continue has been closed.
  var isRoomMade = false
  /// Up to here in the current line there can be no thematic break, so that a row of bullets is not scanned for each of them.
  var noThematicBreakBefore = 0

  init(_ source: SourceText, options: MarkdownOptions) {
    self.options = options
    self.source = source
    line = LineCursor(source.bytes)
    content.reserve(source.bytes.count + source.bytes.count / 16)
    store.reserve(source.bytes.count / 16)
    let document = store.make(Node(.document, start: 0, end: source.bytes.count))
    containers.append(Container(node: document, kind: .document))
  }

  mutating func parse() {
    for index in source.lineStarts.indices {
      let start = Int(source.lineStarts[index])
      var end = index + 1 < source.lineStarts.count ? Int(source.lineStarts[index + 1]) : source.bytes.count
      if end > start, source.bytes[end - 1] == ASCII.lineFeed { end -= 1 }
      if end > start, source.bytes[end - 1] == ASCII.carriageReturn { end -= 1 }
      read(start..<end)
    }
    closeLeaf()
    closeContainers(to: 1)
    store[.document].end = Int32(source.bytes.count)
  }

  // MARK: One line

  private mutating func read(_ range: Range<Int>) {
    line.begin(range)
    isRoomMade = false
    leafContinues = false
    noThematicBreakBefore = range.lowerBound
    matchContainers()
    if matched == containers.count {
      switch continueLeaf() {
      case .no: break
      case .yes: leafContinues = true
      case .consumedLine: return
      }
    }
    var isConsumed = false
    while !isConsumed, let opened = openBlock() { isConsumed = opened == .leaf }
    if !isConsumed { addText() }
  }

  enum Continuation { case no, yes, consumedLine }

  /// Finds how many of the open containers the line continues.
  private mutating func matchContainers() {
    matched = 1
    while matched < containers.count {
      switch containers[matched].kind {
      case .blockQuote:
        guard line.indent < 4, line.nonspaceByte == ASCII.greater else { return }
        line.skipWhitespace()
        line.advance(bytes: 1)
        extend(containers[matched].node, to: line.offset)
        line.skipOptionalSpace()
      case .item, .footnoteDefinition:
        guard line.indent >= containers[matched].contentIndent else {
          if line.isBlank { matchBlankLine() }
          return
        }
        line.advance(columns: containers[matched].contentIndent)
      default: break
      }
      matched += 1
    }
  }

  /// A blank line continues everything up to the next quote, and an item only once it has content.
  private mutating func matchBlankLine() {
    line.skipWhitespace()
    let next = quoteDepths.indices.partition { quoteDepths[$0] >= matched }
    matched = next < quoteDepths.count ? quoteDepths[next] : containers.count
    if matched == containers.count, let last = containers.last, last.kind == .item, !store[last.node].firstChild.exists
    {
      matched -= 1
    }
  }

  /// Adds what is left of the line to the open leaf, or to a new paragraph.
  private mutating func addText() {
    // In a lazy continuation text goes on although its container's marker is missing.
    if leaf.isParagraph, leafContinues || !isRoomMade && !line.isBlank { return appendParagraphLine(to: leaf.node) }
    if leafContinues, leaf.kind == .table, appendRow(to: leaf.node) { return }
    makeRoom(closingList: !line.isBlank)
    guard !line.isBlank else { return }
    let node = append(leafNode(.paragraph, end: line.end))
    leaf = Leaf(kind: .paragraph, node: node)
    appendParagraphLine(to: node)
  }

  // MARK: Opening and closing

  /// Closes what the line does not continue, and the leaf. A new block that is no item ends a list as well.
  mutating func makeRoom(closingList: Bool = true) {
    closeLeaf()
    closeContainers(to: matched)
    if closingList, containers[containers.count - 1].kind == .list { closeContainers(to: containers.count - 1) }
    matched = containers.count
    leafContinues = false
    isRoomMade = true
  }

  /// A leaf that starts here, whose text comes next in the content buffer.
  func leafNode(_ kind: NodeKind, end: Int, payload: Int = -1) -> Node {
    Node(kind, start: line.nonspace, end: end, content: content.end..<content.end, payload: payload)
  }

  /// A new block in the innermost open container.
  mutating func append(_ node: Node) -> NodeID { store.append(node, to: containers[containers.count - 1].node) }

  mutating func open(_ node: Node, contentIndent: Int = 0) -> NodeID {
    let id = append(node)
    if node.kind == .blockQuote { quoteDepths.append(containers.count) }
    containers.append(Container(node: id, kind: node.kind, contentIndent: contentIndent))
    matched = containers.count
    return id
  }

  private mutating func closeContainers(to count: Int) {
    while containers.count > count, let container = containers.popLast() {
      if container.kind == .blockQuote {
        quoteDepths.removeLast()
        finishQuote(container.node)
      }
      if container.kind == .list { finishList(container.node) }
      passEndToParent(of: container.node)
    }
  }

  mutating func closeLeaf() {
    let node = leaf.node
    switch leaf.kind {
    case .none: return
    // Mathematics that was never closed is text.
    case .paragraph, .mathematics: finishParagraph(node)
    case .indentedCode: finishIndentedCode(node)
    case .fencedCode, .html, .table: break
    }
    leaf = Leaf()
    passEndToParent(of: node)
  }

  mutating func extend(_ node: NodeID, to end: Int) { store[node].end = max(store[node].end, Int32(end)) }

  /// A container ends where its last child does, or later.
  mutating func passEndToParent(of node: NodeID) {
    let parent = store[node].parent
    if parent.exists { extend(parent, to: Int(store[node].end)) }
  }
}
