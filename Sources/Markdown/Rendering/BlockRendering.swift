import NbrunMarkup

extension HTMLRenderer {
  mutating func enterBlock(_ id: NodeID, _ node: Node, to writer: inout MarkupWriter) -> Bool {
    switch node.kind {
    case .document: break
    case .blockQuote:
      if let alert = document.alert(id) {
        writer.openLine("div", ["class": "alert \(alert.kind)", "role": "note", "dir": containerDirection(id)])
        writer.block("p", ["class": "alert-title"], text: alert.kind.title)
      } else {
        writer.openLine("blockquote", ["dir": containerDirection(id)])
      }
    case .list: openList(id, node, to: &writer)
    case .item: openItem(id, node, to: &writer)
    case .paragraph: if !isInTightList(node) { writer.open("p", ["dir": leafDirection]) }
    case .heading:
      let anchor = node.payload < 0 ? nil : document.payloads.headings[Int(node.payload)]
      writer.open("h\(node.level)", ["id": anchor, "dir": leafDirection])
    case .thematicBreak:
      writer.void("hr", selfClosing: true)
      writer.newline()
      return false
    case .fencedCode, .indentedCode:
      renderCode(id, node, to: &writer)
      return false
    case .htmlBlock:
      renderHTMLBlock(id, node, to: &writer)
      return false
    case .mathBlock:
      if document.mathematics(id)?.isEmpty == true { return false }
      renderMathematics(node, to: &writer)
      writer.newline()
      return false
    case .table: writer.openLine("table", ["dir": containerDirection(id)])
    case .tableRow: openRow(node, to: &writer)
    case .tableCell: openCell(id, node, to: &writer)
    default:
      // Definitions of links and footnotes show nothing at their place.
      return false
    }
    return true
  }

  mutating func leaveBlock(_ id: NodeID, _ node: Node, to writer: inout MarkupWriter) {
    switch node.kind {
    case .paragraph:
      if !isInTightList(node) {
        writer.closeLine()
      } else if node.next.exists {
        writer.newline()
      }
    case .tableRow:
      closeRow(id, node, to: &writer)
    case .table:
      closeTable(node, to: &writer)
    case .document:
      break
    default:
      writer.closeLine()
    }
  }

  // MARK: Lists

  private func openList(_ id: NodeID, _ node: Node, to writer: inout MarkupWriter) {
    let start = document.payloads.lists[Int(node.payload)].start
    let shown = start == 1 ? nil : start.map { String($0) }
    writer.openLine(start == nil ? "ul" : "ol", ["start": shown, "dir": containerDirection(id)])
  }

  private func openItem(_ id: NodeID, _ node: Node, to writer: inout MarkupWriter) {
    let isTask = form == .styled && node.flags.contains(.task)
    let list = document.store[node.parent]
    writer.open("li", ["class": isTask ? "task" : nil, "dir": list.flags.contains(.tight) ? leafDirection : nil])
    // Definitions show nothing, so the first block is the first after them.
    var child = node.firstChild
    while child.exists, document.store[child].kind == .linkReferenceDefinition { child = document.store[child].next }
    guard child.exists else { return }
    let first = document.store[child]
    if !(first.kind == .paragraph && isInTightList(first)) { writer.newline() }
    if node.flags.contains(.task) {
      let isTicked = node.flags.contains(.ticked)
      let label = form == .styled ? (isTicked ? "done" : "to do") : nil
      writer.void("input", ["checked": isTicked ? "" : nil, "disabled": "", "type": "checkbox", "aria-label": label])
      writer.text(" ")
    }
  }

  /// Whether a paragraph stands in an item of a tight list, where it has no element of its own.
  func isInTightList(_ paragraph: Node) -> Bool {
    guard paragraph.parent.exists, document.store[paragraph.parent].kind == .item else { return false }
    let list = document.store[paragraph.parent].parent
    return list.exists && document.store[list].flags.contains(.tight)
  }

  // MARK: Code and HTML

  private mutating func renderCode(_ id: NodeID, _ node: Node, to writer: inout MarkupWriter) {
    var language: String?
    if let block = document.fencedBlock(id) {
      if delegate.render(block, in: document, to: &writer) { return }
      if !block.language.isEmpty { language = unescaped(Array(block.language.utf8)[...]) }
    }
    writer.open("pre")
    writer.open("code", ["class": language.map { "language-" + $0 }])
    writer.text(utf8: document.content.text, in: node.content)
    writer.close()
    writer.closeLine()
  }

  private func renderHTMLBlock(_ id: NodeID, _ node: Node, to writer: inout MarkupWriter) {
    if form == .unsafe { return writer.raw(utf8: document.content.text, in: node.content) }
    let pieces = document.htmlPieces(id).filter { $0.kind != .comment }
    let isText = pieces.allSatisfy { $0.kind == .text }
    let text = document.content.text
    if isText, pieces.allSatisfy({ text[$0.content].allSatisfy(\.isASCIIWhitespace) }) { return }
    // Text beside a comment is text; what looks like HTML keeps its lines.
    let isPlain = pieces.allSatisfy { !text[$0.content].contains(ASCII.less) }
    if isText { writer.open(isPlain ? "p" : "pre", ["dir": isPlain ? leafDirection : nil]) }
    write(pieces, to: &writer)
    if isText { writer.closeLine() }
  }

  /// Writes raw HTML: the elements that are rendered, and the rest as text.
  func write(_ pieces: [HTMLPiece], to writer: inout MarkupWriter) {
    for piece in pieces {
      switch piece.kind {
      case .comment: break
      case .opening(let name): writer.open(name, ["dir": name == "summary" ? leafDirection : nil])
      case .closing: writer.close()
      case .void(let name): writer.void(name)
      case .text: writer.text(utf8: document.content.text, in: piece.content)
      }
    }
  }
}
