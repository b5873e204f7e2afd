import NbrunDiagnostics

extension MarkdownDocument {
  /// The blocks that stand directly in the document, in order. Link reference definitions and footnote definitions are among
  /// them; they render as nothing at their place.
  package var topLevelBlocks: NodeSequence { children(of: root) }

  package func children(of node: NodeID) -> NodeSequence {
    NodeSequence(store: store, nextNode: store[node].firstChild, root: .none)
  }

  /// All nodes below `node` in document order, parents before children.
  package func descendants(of node: NodeID) -> NodeSequence {
    NodeSequence(store: store, nextNode: store[node].firstChild, root: node)
  }

  package func kind(of node: NodeID) -> NodeKind { store[node].kind }
  /// The node that contains `node`; nil for the document.
  package func parent(of node: NodeID) -> NodeID? { store[node].parent.orNil }
  package func previous(of node: NodeID) -> NodeID? { store[node].previous.orNil }
  /// Whether a block stands directly in the document, not in a quote or a list.
  package func isTopLevel(_ node: NodeID) -> Bool { store[node].parent == root }

  /// The kinds of what contains `node`, innermost first, without the document.
  package func enclosingKinds(of node: NodeID) -> [NodeKind] {
    sequence(first: node) { store[$0].parent.orNil }.dropFirst().prefix { $0 != root }.map { store[$0].kind }
  }

  /// Where a node stands in `source.bytes`: from its first to past its last character, without the last line's end.
  package func byteRange(of node: NodeID) -> Range<Int> {
    let record = store[node]
    let range = Int(record.start)..<max(Int(record.start), Int(record.end))
    return record.kind.isInline ? content.sourceRange(range) : range
  }

  /// Where a node stands, in lines and columns.
  package func range(of node: NodeID) -> SourceRange { source.range(ofBytes: byteRange(of: node)) }

  /// The source lines' byte range from a top-level block's first line's start to past its last line's end, for copying blocks
  /// verbatim.
  package func lineByteRange(of node: NodeID) -> Range<Int> {
    let range = byteRange(of: node)
    let first = source.lineIndex(ofByte: range.lowerBound)
    let last = source.lineIndex(ofByte: max(range.lowerBound, range.upperBound - 1))
    let end = last + 1 < source.lineStarts.count ? Int(source.lineStarts[last + 1]) : source.bytes.count
    return source.lineStarts.isEmpty ? 0..<0 : Int(source.lineStarts[first])..<end
  }

  /// The text of a leaf or a text node as it is shown.
  func bytes(of node: Node) -> ArraySlice<UInt8> {
    node.flags.contains(.decoded) ? decoded[node.content] : content.text[node.content]
  }

  /// What a reader would read aloud: the text of a node without its markup, line ends as spaces.
  package func plainText(of node: NodeID) -> String {
    var text: [UInt8] = []
    var current = node
    while current.exists {
      let record = store[current]
      switch record.kind {
      case .text, .mathInline, .mathBlock, .inlineValue, .fencedCode, .indentedCode:
        text.append(contentsOf: bytes(of: record))
      case .htmlInline:
        for piece in htmlPieces(current) where piece.kind == .text {
          text.append(contentsOf: content.text[piece.content])
        }
      case .codeSpan: text.append(contentsOf: bytes(of: record).lazy.map { $0 == ASCII.lineFeed ? ASCII.space : $0 })
      case .softBreak, .lineBreak: text.append(ASCII.space)
      case .paragraph, .heading, .tableCell, .item:
        if !text.isEmpty, text.last != ASCII.space { text.append(ASCII.space) }
      default: break
      }
      current = current == node ? record.firstChild : store.successor(of: current, within: node)
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Nodes in document order: the children of one, or all that is below it.
package struct NodeSequence: Sequence, IteratorProtocol, Sendable {
  let store: NodeStore
  var nextNode: NodeID
  /// The node whose descendants these are; none for siblings.
  let root: NodeID

  package mutating func next() -> NodeID? {
    guard nextNode.exists else { return nil }
    defer { nextNode = root.exists ? store.successor(of: nextNode, within: root) : store[nextNode].next }
    return nextNode
  }
}
