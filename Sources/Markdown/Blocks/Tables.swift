/// GitHub's tables: a header row, a row of dashes with as many cells, and body rows.
extension BlockParser {
  /// Makes a table of a paragraph's last line and this line, when this is its delimiter row.
  mutating func openTable(_ byte: UInt8) -> Opened? {
    guard options.contains(.gitHub), byte == ASCII.pipe || byte == ASCII.colon || byte == ASCII.hyphen, leafContinues,
      leaf.isParagraph, leaf.node != tableless, let header = content.runs.last, let alignments = delimiterRow()
    else { return nil }
    let paragraph = leaf.node
    let headerText = Int(header.start)..<content.end - 1
    let cells = TableRow.cells(of: content.text, in: headerText)
    guard cells.count == alignments.count else {
      // GitHub gives a paragraph one try.
      tableless = paragraph
      return nil
    }
    let start = content.sourceOffset(headerText.lowerBound)
    let headerEnd = Int(store[paragraph].end)
    detachHeader(at: headerText.lowerBound, from: paragraph)
    makeRoom()

    let end = trimmedEnd(from: line.nonspace)
    let node = append(Node(.table, start: start, end: end, payload: payloads.tables.count))
    payloads.tables.append(alignments)
    var row = Node(.tableRow, start: start, end: headerEnd)
    row.flags = .header
    let rowNode = store.append(row, to: node)
    for cell in cells {
      // The header's text is in the buffer already; it came from the source line by line, so one difference maps it back.
      let difference = start - headerText.lowerBound
      appendCell(cell.lowerBound + difference..<cell.upperBound + difference, to: rowNode)
    }
    leaf = Leaf(kind: .table, node: node)
    return .leaf
  }

  /// Takes the last line off a paragraph, and the paragraph itself when it had no other.
  private mutating func detachHeader(at start: Int, from paragraph: NodeID) {
    if Int(store[paragraph].contentStart) == start {
      leaf = Leaf()
      store.unlink(paragraph)
    } else {
      store[paragraph].contentEnd = Int32(start)
      closeLeaf()
      let content = store[paragraph].content
      if !content.isEmpty { store[paragraph].end = Int32(self.content.sourceRange(content).upperBound) }
    }
  }

  /// Adds the line as a row; cells beyond the table's columns are dropped, as GitHub does. A lone pipe is no row.
  mutating func appendRow(to table: NodeID) -> Bool {
    let cells = TableRow.cells(of: line.source, in: line.nonspace..<line.end)
    guard !cells.isEmpty else { return false }
    let columns = payloads.tables[Int(store[table].payload)].count
    let row = store.append(Node(.tableRow, start: line.nonspace, end: trimmedEnd(from: line.nonspace)), to: table)
    for cell in cells.prefix(columns) { appendCell(cell, to: row) }
    if cells.count > columns, let last = cells.last {
      let message = "this row has \(cells.count) cells and the table's head has \(columns): what is beyond is not shown"
      payloads.remarks.append((message, cells[columns].lowerBound..<last.upperBound))
    }
    extend(table, to: Int(store[row].end))
    return true
  }

  /// Adds a cell whose text stands at `range` of the source; `\|` in it is a pipe, in code too.
  private mutating func appendCell(_ range: Range<Int>, to row: NodeID) {
    let contentStart = content.end
    var start = range.lowerBound
    var index = start
    while index + 1 < range.upperBound {
      if line.source[index] == ASCII.backslash, line.source[index + 1] == ASCII.pipe {
        content.append(line.source, start..<index)
        start = index + 1
        index += 1
      }
      index += 1
    }
    content.append(line.source, start..<range.upperBound)
    let text = contentStart..<content.end
    content.endLine()
    _ = store.append(Node(.tableCell, start: range.lowerBound, end: range.upperBound, content: text), to: row)
  }

  /// The columns' alignments, when the line is a delimiter row.
  private func delimiterRow() -> [ColumnAlignment]? {
    let range = line.nonspace..<line.end
    let row = line.source[range]
    guard row.allSatisfy({ "|:- \t".utf8.contains($0) }), row.contains(where: { $0 == ASCII.pipe || $0 == ASCII.colon })
    else { return nil }
    var alignments: [ColumnAlignment] = []
    for cell in TableRow.cells(of: line.source, in: range) {
      guard let alignment = TableRow.alignment(line.source[cell]) else { return nil }
      alignments.append(alignment)
    }
    return alignments.isEmpty ? nil : alignments
  }
}

/// How a table's row divides into cells.
enum TableRow {
  /// The trimmed ranges between the unescaped pipes of a row; pipes at its ends bound no cells of their own.
  static func cells(of text: [UInt8], in row: Range<Int>) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    var row = text.trimmed(row)
    if row.first.map({ text[$0] }) == ASCII.pipe { row = row.dropFirst() }
    var start = row.lowerBound
    var index = start
    while index < row.upperBound {
      if text[index] == ASCII.backslash, index + 1 < row.upperBound, text[index + 1] == ASCII.pipe {
        index += 2
        continue
      }
      if text[index] == ASCII.pipe {
        cells.append(text.trimmed(start..<index))
        start = index + 1
      }
      index += 1
    }
    if start < row.upperBound { cells.append(text.trimmed(start..<row.upperBound)) }
    return cells
  }

  /// What `:--`, `:-:`, `--:` or `--` says; nil for anything else.
  static func alignment(_ cell: ArraySlice<UInt8>) -> ColumnAlignment? {
    var dashes = cell
    let left = dashes.first == ASCII.colon
    if left { dashes = dashes.dropFirst() }
    let right = dashes.last == ASCII.colon
    if right { dashes = dashes.dropLast() }
    guard !dashes.isEmpty, dashes.allSatisfy({ $0 == ASCII.hyphen }) else { return nil }
    switch (left, right) {
    case (true, true): return .centre
    case (true, false): return .left
    case (false, true): return .right
    case (false, false): return ColumnAlignment.none
    }
  }
}
