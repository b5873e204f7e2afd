/// Footnote definitions: `[^label]: text`, going on in lines indented by four columns.
extension BlockParser {
  mutating func openFootnote() -> Opened? {
    guard options.contains(.footnotes), let label = footnoteLabel() else { return nil }
    let start = line.nonspace
    makeRoom()
    line.skipWhitespace()
    line.advance(bytes: label.upperBound + 2 - start)
    line.skipWhitespace()
    var definition = Node(.footnoteDefinition, start: start, end: label.upperBound + 2)
    definition.payload = Int32(payloads.footnotes.count)
    let node = open(definition, contentIndent: 4)
    let name = normalisedLabel(line.source[label])
    // The first definition of a label is the one that counts.
    if footnotes[name] == nil { footnotes[name] = payloads.footnotes.count }
    payloads.footnotes.append(
      Footnote(label: String(decoding: line.source[label], as: UTF8.self), definition: node))
    return .container
  }

  /// The label of `[^label]:`, without white space or brackets in it.
  private func footnoteLabel() -> Range<Int>? {
    let start = line.nonspace + 2
    guard line.byte(at: start - 1) == ASCII.caret else { return nil }
    var index = start
    while let byte = line.byte(at: index), byte != ASCII.rightBracket {
      guard !byte.isASCIIWhitespace, byte != ASCII.leftBracket, index - start < 999 else { return nil }
      index += 1
    }
    return index > start && line.byte(at: index + 1) == ASCII.colon ? start..<index : nil
  }
}
