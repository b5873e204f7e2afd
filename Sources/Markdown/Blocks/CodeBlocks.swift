/// Fenced and indented code, and how any leaf goes on.
extension BlockParser {
  /// Continues the open leaf with the line, all of whose containers go on.
  mutating func continueLeaf() -> Continuation {
    switch leaf.kind {
    case .none: return .no
    case .paragraph, .table: return line.isBlank ? .no : .yes
    case .mathematics: return continueMathematics(leaf.node)
    case .html(let kind): return continueHTML(leaf.node, kind)
    case .fencedCode:
      continueFence(leaf.node)
      return .consumedLine
    case .indentedCode:
      guard line.indent >= 4 || line.isBlank else { return .no }
      if line.indent >= 4 { line.advance(columns: 4) } else { line.skipWhitespace() }
      appendVerbatimLine(to: leaf.node)
      return .consumedLine
    }
  }

  /// Adds what is left of the line to a leaf whose text is shown as it is.
  mutating func appendVerbatimLine(to node: NodeID) {
    let (padding, bytes) = line.rest
    content.append(line.source, bytes, padding: padding)
    content.endLine()
    store[node].contentEnd = Int32(content.end)
    extend(node, to: line.end)
  }

  // MARK: Fenced

  /// Three or more backticks or tildes, and an info string (without backticks after backticks).
  mutating func openFence(_ byte: UInt8) -> Opened? {
    let index = line.end(of: byte, from: line.nonspace)
    let length = index - line.nonspace
    guard length >= 3 else { return nil }
    if byte == ASCII.backtick, line.source[index..<line.end].contains(ASCII.backtick) { return nil }
    let infoStart = line.endOfSpace(from: index)
    let info = infoStart..<max(infoStart, trimmedEnd(from: infoStart))
    let indent = line.indent
    makeRoom()
    let block = leafNode(.fencedCode, end: trimmedEnd(from: line.nonspace), payload: payloads.fences.count)
    payloads.fences.append(
      FencePayload(character: byte, length: length, indent: indent, fence: line.nonspace..<index, info: info))
    leaf = Leaf(kind: .fencedCode, node: append(block))
    return .leaf
  }

  private mutating func continueFence(_ node: NodeID) {
    let fence = payloads.fences[Int(store[node].payload)]
    if line.indent < 4, line.nonspaceByte == fence.character, isClosingFence(fence) {
      store[node].flags.insert(.closed)
      extend(node, to: trimmedEnd(from: line.nonspace))
      closeLeaf()
      return
    }
    line.advance(columns: min(fence.indent, line.indent))
    appendVerbatimLine(to: node)
  }

  private func isClosingFence(_ fence: FencePayload) -> Bool {
    let index = line.end(of: fence.character, from: line.nonspace)
    return index - line.nonspace >= fence.length && line.endOfSpace(from: index) == line.end
  }

  // MARK: Indented

  /// Four columns of indentation, where no paragraph could take the line.
  mutating func openIndentedCode() -> Opened? {
    guard isRoomMade || !leaf.isParagraph else { return nil }
    makeRoom()
    line.advance(columns: 4)
    let node = append(leafNode(.indentedCode, end: line.end))
    leaf = Leaf(kind: .indentedCode, node: node)
    appendVerbatimLine(to: node)
    return .leaf
  }

  /// Takes trailing blank lines off again.
  mutating func finishIndentedCode(_ node: NodeID) {
    let lastText = content.text.trimmedEnd(of: store[node].content, \.isASCIIWhitespace)
    let end = content.text.end(of: { $0 != ASCII.lineFeed }, from: lastText, to: content.end)
    store[node].contentEnd = Int32(end + 1)
    store[node].end = Int32(content.sourceOffset(lastText - 1) + 1)
    content.truncate(to: end + 1)
  }
}
