/// Display mathematics that stands alone: lines from `$$` to `$$`, in which no other block can begin.
///
/// Until its end is found it is a paragraph in waiting: a blank line, or text after a closing `$$`, makes it one.
extension BlockParser {
  mutating func openMathematics() -> Opened? {
    let start = line.nonspace
    guard options.contains(.mathematics), line.byte(at: start + 1) == ASCII.dollar,
      line.byte(at: start + 2) != ASCII.dollar, isRoomMade || !leaf.isParagraph
    else { return nil }
    let close = closingDollars(from: start + 2)
    if case .withTextAfter = close { return nil }
    makeRoom()
    let node = append(leafNode(.paragraph, end: line.end))
    leaf = Leaf(kind: .mathematics, node: node)
    appendParagraphLine(to: node)
    if case .atEnd = close { closeMathematics(node) }
    return .leaf
  }

  mutating func continueMathematics(_ node: NodeID) -> Continuation {
    guard !line.isBlank else { return .no }
    switch closingDollars(from: line.nonspace) {
    case .withTextAfter:
      leaf.kind = .paragraph
      return .yes
    case .atEnd:
      appendParagraphLine(to: node)
      closeMathematics(node)
    case .absent: appendParagraphLine(to: node)
    }
    return .consumedLine
  }

  private mutating func closeMathematics(_ node: NodeID) {
    trimContent(of: node)
    store[node].kind = .mathBlock
    store[node].flags.insert(.display)
    store[node].contentStart += 2
    store[node].contentEnd -= 2
    leaf = Leaf()
    passEndToParent(of: node)
  }

  private enum ClosingDollars { case absent, atEnd, withTextAfter }

  /// Where the first unescaped `$$` of the line stands.
  private func closingDollars(from start: Int) -> ClosingDollars {
    let end = trimmedEnd(from: start)
    guard let place = line.source.unescapedDollars(in: start..<end) else { return .absent }
    return place + 2 == end ? .atEnd : .withTextAfter
  }
}
