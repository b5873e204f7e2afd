import NbrunMarkup

extension HTMLRenderer {
  func openRow(_ node: Node, to writer: inout MarkupWriter) {
    let isHeader = node.flags.contains(.header)
    let isFirstOfBody = node.previous.exists && document.store[node.previous].flags.contains(.header)
    if isHeader || isFirstOfBody { writer.openLine(isHeader ? "thead" : "tbody") }
    writer.openLine("tr")
  }

  /// Fills a short row up with empty cells. There is a limit to that, lest a wide header and many short rows make a table of
  /// quadratic size; a row may be short in HTML too.
  mutating func closeRow(_ id: NodeID, _ node: Node, to writer: inout MarkupWriter) {
    let alignments = document.payloads.tables[Int(document.store[node.parent].payload)]
    let missing = alignments.dropFirst(document.children(of: id).reduce(0) { count, _ in count + 1 })
    if missing.count <= cellBudget {
      cellBudget -= missing.count
      for alignment in missing { writer.block("td", attributes(for: alignment), text: "") }
    }
    writer.closeLine()
    if node.flags.contains(.header) { writer.closeLine() }
  }

  func closeTable(_ node: Node, to writer: inout MarkupWriter) {
    if node.firstChild != node.lastChild { writer.closeLine() }
    writer.closeLine()
  }

  func openCell(_ id: NodeID, _ node: Node, to writer: inout MarkupWriter) {
    let row = document.store[node.parent]
    // The block phase makes a row's cells one after the other, so their identities count the columns.
    let column = Int(id.index - row.firstChild.index)
    let alignment = document.payloads.tables[Int(document.store[row.parent].payload)][column]
    var attributes = attributes(for: alignment)
    attributes.add("dir", leafDirection)
    writer.open(row.flags.contains(.header) ? "th" : "td", attributes)
  }

  private func attributes(for alignment: ColumnAlignment) -> Attributes {
    let name = form == .styled ? "class" : "align"
    return alignment == .none ? [:] : [name: alignment.rawValue]
  }
}
