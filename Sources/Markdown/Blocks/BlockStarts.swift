/// Where blocks begin, tried in the specification's order at each place where one may.
extension BlockParser {
  enum Opened {
    /// A container; more may follow on the line.
    case container
    /// A leaf that took the rest of the line.
    case leaf
  }

  /// Opens the block that starts here, if one does.
  mutating func openBlock() -> Opened? {
    guard let byte = line.nonspaceByte else { return nil }
    if line.indent >= 4 { return openIndentedCode() }
    switch byte {
    case ASCII.greater: return openQuote()
    case ASCII.hash: return openHeading()
    case ASCII.backtick, ASCII.tilde: return openFence(byte)
    case ASCII.less: return openHTML()
    case ASCII.equals, ASCII.hyphen, ASCII.asterisk, ASCII.underscore, ASCII.plus, ASCII.zero...(ASCII.zero + 9):
      return openSetextHeading(byte) ?? openThematicBreak(byte) ?? openItem(byte) ?? openTable(byte)
    case ASCII.pipe, ASCII.colon: return openTable(byte)
    case ASCII.leftBracket: return openFootnote()
    case ASCII.dollar: return openMathematics()
    default: return nil
    }
  }

  // MARK: Containers

  private mutating func openQuote() -> Opened {
    makeRoom()
    let start = line.nonspace
    line.skipWhitespace()
    line.advance(bytes: 1)
    _ = open(Node(.blockQuote, start: start, end: line.offset))
    line.skipOptionalSpace()
    return .container
  }

  // MARK: Headings and breaks

  /// One to six `#`, then white space or the line's end.
  private mutating func openHeading() -> Opened? {
    let index = line.end(of: ASCII.hash, from: line.nonspace)
    let level = index - line.nonspace
    guard level <= 6, line.byte(at: index)?.isSpaceOrTab ?? true else { return nil }
    makeRoom()
    let node = append(Node(.heading, start: line.nonspace, end: trimmedEnd(from: line.nonspace)))
    store[node].level = UInt8(level)
    appendHeadingText(index, to: node)
    passEndToParent(of: node)
    return .leaf
  }

  /// A heading's text, without the closing sequence of `#`.
  private mutating func appendHeadingText(_ start: Int, to node: NodeID) {
    let start = line.endOfSpace(from: start)
    var end = trimmedEnd(from: start)
    let closing = line.source.trimmedEnd(of: start..<end) { $0 == ASCII.hash }
    if closing == start {
      end = start
    } else if closing < end, line.source[closing - 1].isSpaceOrTab {
      end = line.source.trimmedEnd(of: start..<closing, \.isSpaceOrTab)
    }
    let contentStart = content.end
    content.append(line.source, start..<end)
    store[node].content = contentStart..<content.end
    content.endLine()
  }

  /// The end of the line without trailing white space.
  func trimmedEnd(from start: Int) -> Int { line.source.trimmedEnd(of: start..<max(start, line.end), \.isSpaceOrTab) }

  /// A row of `=` or `-` under a paragraph makes it a heading.
  private mutating func openSetextHeading(_ byte: UInt8) -> Opened? {
    guard leafContinues, leaf.isParagraph, byte == ASCII.equals || byte == ASCII.hyphen else { return nil }
    let node = leaf.node
    guard line.endOfSpace(from: line.end(of: byte, from: line.nonspace)) == line.end else { return nil }
    takeDefinitions(from: node)
    guard !store[node].content.isEmpty else { return nil }
    trimContent(of: node)
    store[node].kind = .heading
    store[node].level = byte == ASCII.equals ? 1 : 2
    extend(node, to: trimmedEnd(from: line.nonspace))
    leaf = Leaf()
    passEndToParent(of: node)
    return .leaf
  }

  /// Three or more of `*`, `-` or `_`, with white space among them.
  private mutating func openThematicBreak(_ byte: UInt8) -> Opened? {
    guard byte == ASCII.asterisk || byte == ASCII.hyphen || byte == ASCII.underscore,
      line.nonspace >= noThematicBreakBefore
    else { return nil }
    let index = line.source.end(of: { $0 == byte || $0.isSpaceOrTab }, from: line.nonspace, to: line.end)
    guard index == line.end else {
      noThematicBreakBefore = index
      return nil
    }
    guard line.source[line.nonspace..<index].count(where: { $0 == byte }) >= 3 else { return nil }
    makeRoom()
    passEndToParent(of: append(Node(.thematicBreak, start: line.nonspace, end: trimmedEnd(from: line.nonspace))))
    return .leaf
  }
}
