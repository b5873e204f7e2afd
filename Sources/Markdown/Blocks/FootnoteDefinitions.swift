/// Footnote definitions: `[^label]: text`, going on in lines indented by four columns.
extension BlockParser {
  mutating func openFootnote() -> Opened? {
    guard options.contains(.footnotes),
      let label = LinkScanner(text: line.source, end: line.end).footnoteLabel(at: line.nonspace),
      line.byte(at: label.upperBound + 1) == ASCII.colon
    else { return nil }
    let start = line.nonspace
    makeRoom()
    line.skipWhitespace()
    line.advance(bytes: label.upperBound + 2 - start)
    line.skipWhitespace()
    let definition = Node(
      .footnoteDefinition, start: start, end: label.upperBound + 2, payload: payloads.footnotes.count)
    let node = open(definition, contentIndent: 4)
    let name = normalisedLabel(line.source[label])
    // The first definition of a label is the one that counts.
    if footnotes[name] == nil { footnotes[name] = payloads.footnotes.count }
    payloads.footnotes.append(Footnote(label: String(decoding: line.source[label], as: UTF8.self), definition: node))
    return .container
  }
}
