/// Paragraphs, and the link reference definitions at their head.
extension BlockParser {
  /// Adds the line to a paragraph, without the white space before it.
  mutating func appendParagraphLine(to node: NodeID) {
    content.append(line.source, line.nonspace..<line.end)
    content.endLine()
    store[node].contentEnd = Int32(content.end)
    extend(node, to: trimmedEnd(from: line.nonspace))
  }

  /// A paragraph that is complete: its definitions are taken out, and it goes if nothing else was in it.
  mutating func finishParagraph(_ node: NodeID) {
    takeDefinitions(from: node)
    if store[node].content.isEmpty {
      passEndToParent(of: node)
      store.unlink(node)
    } else {
      trimContent(of: node)
    }
  }

  /// Takes white space off the end of a leaf's text.
  mutating func trimContent(of node: NodeID) {
    store[node].contentEnd = Int32(content.text.trimmedEnd(of: store[node].content, \.isASCIIWhitespace))
  }

  /// Reads link reference definitions off a paragraph's start; each becomes a node before it.
  mutating func takeDefinitions(from paragraph: NodeID) {
    let range = store[paragraph].content
    let scanner = LinkScanner(text: content.text, end: range.upperBound)
    var start = range.lowerBound
    while start < range.upperBound, content.text[start] == ASCII.leftBracket,
      let definition = scanner.definition(at: start)
    {
      let label = normalisedLabel(content.text[definition.label])
      if references[label] == nil { references[label] = definition.link }
      let source = content.sourceRange(start..<definition.textEnd)
      let node = store.make(
        Node(
          .linkReferenceDefinition, start: source.lowerBound, end: source.upperBound,
          payload: payloads.definitions.count))
      payloads.definitions.append(label)
      store.link(node, before: paragraph)
      start = definition.end
    }
    guard start > range.lowerBound else { return }
    store[paragraph].contentStart = Int32(start)
    store[paragraph].start = start < range.upperBound ? Int32(content.sourceOffset(start)) : store[paragraph].end
  }
}
