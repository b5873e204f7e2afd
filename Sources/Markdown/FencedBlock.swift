import NbrunDiagnostics

/// A fenced block with the place of everything in it, so that what its lines say can be reported where it stands.
package struct FencedBlock: Sendable {
  package var node: NodeID
  /// The info string, trimmed, as written; empty when there is none.
  package var info: Located<String>
  package var openingFence: SourceRange
  package var lines: [ContentLine]
  package var isClosed: Bool
  /// The quotes, lists, items and footnotes around it, innermost first; empty for a top-level block.
  package var enclosing: [NodeKind]

  /// The info string's first word: by convention the language.
  package var language: String { String(info.value.prefix { $0 != " " && $0 != "\t" }) }
  /// The content as one text, each line ended by a line feed.
  package var text: String { lines.map { $0.text + "\n" }.joined() }
}

/// A line of a block's content, or of another text that is read line by line, and where it stands.
package struct ContentLine: Sendable, Hashable {
  /// The text without the line's end and without the indentation that belongs to what contains the block.
  package var text: String
  package var line: Int
  /// The column of the text's first character.
  package var column: Int

  /// `text`, which stands there.
  package init(_ text: String, line: Int, column: Int) { (self.text, self.line, self.column) = (text, line, column) }

  /// The place of `length` characters from `offset` on.
  package func range(at offset: Int, length: Int) -> SourceRange {
    SourceRange(line: line, column: column + offset, length: length)
  }
}

extension MarkdownDocument {
  package var fencedBlocks: [FencedBlock] { descendants(of: root).compactMap(fencedBlock) }

  /// The fenced block at a node; nil for any other node.
  package func fencedBlock(_ node: NodeID) -> FencedBlock? {
    let record = store[node]
    guard record.kind == .fencedCode else { return nil }
    let fence = payloads.fences[Int(record.payload)]
    return FencedBlock(
      node: node, info: Located(source.string(fence.info), at: source.range(ofBytes: fence.info)),
      openingFence: source.range(ofBytes: fence.fence), lines: contentLines(record.content),
      isClosed: record.flags.contains(.closed), enclosing: enclosingKinds(of: node))
  }

  /// The lines of a verbatim leaf: each is one run of the content.
  private func contentLines(_ range: Range<Int>) -> [ContentLine] {
    guard !range.isEmpty else { return [] }
    var lines: [ContentLine] = []
    var index = content.runIndex(at: range.lowerBound)
    while index < content.runs.count, content.runs[index].start < range.upperBound {
      let run = content.runs[index]
      let end = index + 1 < content.runs.count ? Int(content.runs[index + 1].start) : content.end
      let text = content.text[Int(run.start)..<min(end, range.upperBound) - 1]
      let place = source.location(ofByte: Int(run.source))
      lines.append(
        ContentLine(
          String(decoding: text, as: UTF8.self), line: place.line, column: max(1, place.column - Int(run.padding))))
      index += 1
    }
    return lines
  }
}
