/// List items: their markers, which list they belong to, and whether that list is tight.
extension BlockParser {
  private struct Marker {
    var list: ListPayload
    /// Bytes that the marker takes.
    var width: Int
  }

  /// Opens an item, and a list around it unless the open one takes it.
  mutating func openItem(_ byte: UInt8) -> Opened? {
    guard let marker = readMarker(byte) else { return nil }
    let after = line.nonspace + marker.width
    guard line.byte(at: after)?.isSpaceOrTab ?? true else { return nil }
    if leafContinues, leaf.isParagraph {
      // Only an item that cannot be meant as text interrupts a paragraph.
      if line.endOfSpace(from: after) == line.end || (marker.list.start ?? 1) != 1 { return nil }
    }
    let start = line.nonspace
    let indent = line.indent
    makeRoom(closingList: false)
    line.skipWhitespace()
    line.advance(bytes: marker.width)
    let padding = marker.width + skipSpaceAfterMarker()
    openList(for: marker, start: start)
    _ = open(Node(.item, start: start, end: after), contentIndent: indent + padding)
    return .container
  }

  private func readMarker(_ byte: UInt8) -> Marker? {
    switch byte {
    case ASCII.hyphen, ASCII.plus, ASCII.asterisk: return Marker(list: ListPayload(marker: byte, start: nil), width: 1)
    case ASCII.zero...(ASCII.zero + 9):
      let index = line.source.end(of: \.isASCIIDigit, from: line.nonspace, to: min(line.end, line.nonspace + 9))
      guard let delimiter = line.byte(at: index), delimiter == ASCII.period || delimiter == ASCII.rightParenthesis
      else { return nil }
      let number = Int(String(decoding: line.source[line.nonspace..<index], as: UTF8.self))
      return Marker(list: ListPayload(marker: delimiter, start: number), width: index + 1 - line.nonspace)
    default: return nil
    }
  }

  /// Consumes the white space that belongs to the marker and returns its columns: one to four, or one where the item starts
  /// with indented code or is empty.
  private mutating func skipSpaceAfterMarker() -> Int {
    let columns = line.indent
    if columns >= 1, columns <= 4, !line.isBlank {
      line.skipWhitespace()
      return columns
    }
    line.skipOptionalSpace()
    return 1
  }

  private mutating func openList(for marker: Marker, start: Int) {
    if let last = containers.last, last.kind == .list {
      let open = payloads.lists[Int(store[last.node].payload)]
      if open.marker == marker.list.marker, (open.start == nil) == (marker.list.start == nil) { return }
      matched = containers.count
      makeRoom()
    }
    _ = open(Node(.list, start: start, end: start, payload: payloads.lists.count))
    payloads.lists.append(marker.list)
  }

  /// A list is loose when a blank line stands between two of its items, or between two blocks of one of them.
  mutating func finishList(_ list: NodeID) {
    var item = store[list].firstChild
    while item.exists {
      if hasBlankLine(after: item) { return }
      var child = store[item].firstChild
      while child.exists {
        if hasBlankLine(after: child) { return }
        child = store[child].next
      }
      item = store[item].next
    }
    store[list].flags.insert(.tight)
  }

  /// Whether there is a blank line between a block and its next sibling: more than one line ending, since only blank lines can
  /// stand between siblings.
  private func hasBlankLine(after node: NodeID) -> Bool {
    let next = store[node].next
    guard next.exists else { return false }
    return source.lineIndex(ofByte: Int(store[next].start)) - source.lineIndex(ofByte: Int(store[node].end)) >= 2
  }
}
