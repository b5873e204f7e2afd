/// The seven ways in which an HTML block starts, each with its end.
enum HTMLBlockKind: Sendable {
  /// `<script`, `<pre`, `<style` or `<textarea`, up to such an end tag.
  case verbatimElement
  case comment, processingInstruction, declaration, characterData
  /// A known block-level tag, up to a blank line.
  case blockElement
  /// Any other complete tag alone on its line, up to a blank line.
  case completeTag

  /// Whether a blank line ends it.
  var endsAtBlankLine: Bool { self == .blockElement || self == .completeTag }

  /// What ends it, where that is always the same.
  var end: StaticString? {
    switch self {
    case .comment: "-->"
    case .processingInstruction: "?>"
    case .declaration: ">"
    case .characterData: "]]>"
    case .verbatimElement, .blockElement, .completeTag: nil
    }
  }
}

extension BlockParser {
  /// Opens an HTML block, whose lines are kept as they are.
  mutating func openHTML() -> Opened? {
    guard let kind = HTMLScanner(text: line.source, end: line.end).blockStart(at: line.nonspace) else { return nil }
    if kind == .completeTag, leaf.isParagraph, !isRoomMade { return nil }
    makeRoom()
    let node = append(leafNode(.htmlBlock, end: line.end))
    leaf = Leaf(kind: .html(kind), node: node)
    appendHTMLLine(to: node, kind)
    return .leaf
  }

  mutating func continueHTML(_ node: NodeID, _ kind: HTMLBlockKind) -> Continuation {
    if line.isBlank, kind.endsAtBlankLine { return .no }
    appendHTMLLine(to: node, kind)
    return .consumedLine
  }

  private mutating func appendHTMLLine(to node: NodeID, _ kind: HTMLBlockKind) {
    let start = line.offset
    appendVerbatimLine(to: node)
    if HTMLScanner(text: line.source, end: line.end).hasBlockEnd(kind, from: start) { closeLeaf() }
  }
}
