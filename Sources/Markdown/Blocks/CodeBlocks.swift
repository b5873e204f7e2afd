/// Fenced and indented code, and how any leaf goes on.
extension BlockParser {
  /// Continues the open leaf with the line, all of whose containers go on.
  mutating func continueLeaf() -> Continuation {
    switch leaf {
    case .none:
      return .no
    case .paragraph, .table:
      return line.isBlank ? .no : .yes
    case .mathematics(let node):
      return continueMathematics(node)
    case .html(let node, let kind):
      return continueHTML(node, kind)
    case .fencedCode(let node):
      continueFence(node)
      return .consumedLine
    case .indentedCode(let node):
      guard line.indent >= 4 || line.isBlank else { return .no }
      if line.indent >= 4 { line.advance(columns: 4) } else { line.skipWhitespace() }
      appendVerbatimLine(to: node)
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
    var index = line.nonspace
    while line.byte(at: index) == byte { index += 1 }
    let length = index - line.nonspace
    guard length >= 3 else { return nil }
    if byte == ASCII.backtick, line.source[index..<line.end].contains(ASCII.backtick) { return nil }
    var infoStart = index
    while let next = line.byte(at: infoStart), next.isSpaceOrTab { infoStart += 1 }
    let info = infoStart..<max(infoStart, trimmedEnd(from: infoStart))
    let indent = line.indent
    makeRoom()
    var block = Node(.fencedCode, start: line.nonspace, end: trimmedEnd(from: line.nonspace))
    block.payload = Int32(payloads.fences.count)
    block.content = content.end..<content.end
    payloads.fences.append(
      FencePayload(
        character: byte, length: length, indent: indent, fence: line.nonspace..<index, info: info))
    leaf = .fencedCode(append(block))
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
    var index = line.nonspace
    while line.byte(at: index) == fence.character { index += 1 }
    guard index - line.nonspace >= fence.length else { return false }
    return (index..<line.end).allSatisfy { line.source[$0].isSpaceOrTab }
  }

  // MARK: Indented

  /// Four columns of indentation, where no paragraph could take the line.
  mutating func openIndentedCode() -> Opened? {
    guard isRoomMade || !leaf.isParagraph else { return nil }
    makeRoom()
    line.advance(columns: 4)
    var block = Node(.indentedCode, start: line.nonspace, end: line.end)
    block.content = content.end..<content.end
    let node = append(block)
    leaf = .indentedCode(node)
    appendVerbatimLine(to: node)
    return .leaf
  }

  /// Takes trailing blank lines off again.
  mutating func finishIndentedCode(_ node: NodeID) {
    let start = Int(store[node].contentStart)
    var end = Int(store[node].contentEnd)
    var lastText = end
    while lastText > start, content.text[lastText - 1].isASCIIWhitespace { lastText -= 1 }
    end = lastText
    while content.text[end] != ASCII.lineFeed { end += 1 }
    store[node].contentEnd = Int32(end + 1)
    store[node].end = Int32(content.sourceOffset(lastText - 1) + 1)
    content.truncate(to: end + 1)
  }
}
