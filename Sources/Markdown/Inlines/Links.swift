/// An opening bracket that may become a link or an image; one entry of the bracket stack.
struct Bracket {
  /// The text node of `[` or `![`.
  var node: NodeID
  var isImage: Bool
  /// Where its text starts, after the bracket.
  var textStart: Int
  /// The last delimiter run before it.
  var lastDelimiter: Int
  /// Bare links found before it.
  var bareLinkCount: Int
  /// Whether another bracket opens inside it, so that its text is no label.
  var hasBracketInside = false
}

extension InlineParser {
  /// Puts `[` or `![` on the stack.
  mutating func openBracket(isImage: Bool) -> Bool {
    let start = position
    if isImage {
      guard start + 1 < end, text[start + 1] == ASCII.leftBracket else { return false }
      position += 1
    }
    position += 1
    let node = appendTextNode(start..<position)
    if !brackets.isEmpty { brackets[brackets.count - 1].hasBracketInside = true }
    brackets.append(
      Bracket(
        node: node, isImage: isImage, textStart: position, lastDelimiter: lastDelimiter, bareLinkCount: bareLinkCount))
    return true
  }

  /// `]` makes a link or an image of what follows the last opening bracket, if a target comes after it.
  mutating func closeBracket() -> Bool {
    guard let opener = brackets.popLast() else { return false }
    let isInactive = !opener.isImage && brackets.count < inactiveBrackets
    inactiveBrackets = min(inactiveBrackets, brackets.count)
    guard !isInactive, let found = target(of: opener, closedAt: position) else { return false }
    let payload = payloads.links.count
    payloads.links.append(found.link)
    position = found.end

    var node = Node(opener.isImage ? .image : .link, start: Int(store[opener.node].start), end: found.end)
    node.payload = Int32(payload)
    let link = store.make(node)
    processEmphasis(above: opener.lastDelimiter)
    store.move(from: store[opener.node].next, upTo: .none, into: link)
    store.unlink(opener.node)
    store.link(link, lastIn: leaf)
    if !opener.isImage {
      if bareLinkCount > opener.bareLinkCount { dissolveBareLinks(in: link) }
      // No link contains a link.
      inactiveBrackets = brackets.count
    }
    return true
  }

  /// Where the brackets that close at `close` lead: inline, by full or collapsed reference, or by their own text.
  private mutating func target(of opener: Bracket, closedAt close: Int) -> (link: LinkPayload, end: Int)? {
    let scanner = LinkScanner(text: text, end: end)
    let after = close + 1
    if let target = scanner.target(at: after) { return target }
    guard !references.isEmpty else { return nil }
    if let label = scanner.label(at: after) { return reference(label).map { ($0, label.upperBound + 1) } }
    guard !opener.hasBracketInside, close - opener.textStart <= 999, let link = reference(opener.textStart..<close)
    else { return nil }
    let isCollapsed = after + 1 < end && text[after] == ASCII.leftBracket && text[after + 1] == ASCII.rightBracket
    return (link, isCollapsed ? after + 2 : after)
  }

  private mutating func reference(_ label: Range<Int>) -> LinkPayload? {
    guard let definition = references[normalisedLabel(text[label])] else { return nil }
    let size = definition.destination.utf8.count + (definition.title?.utf8.count ?? 0)
    guard size <= referenceBudget else { return nil }
    referenceBudget -= size
    payloads.usedDefinitions.insert(normalisedLabel(text[label]))
    return definition
  }

  /// Bare links inside a link are only its text.
  private mutating func dissolveBareLinks(in link: NodeID) {
    var node = store[link].firstChild
    while node.exists {
      if store[node].kind == .link, store[node].flags.contains(.bare), store[node].firstChild.exists {
        store[node].kind = .text
        store[node].flags = []
        store[node].content = store[store[node].firstChild].content
        store[node].firstChild = .none
        store[node].lastChild = .none
      }
      node = store.successor(of: node, within: link)
    }
  }

  // MARK: Footnotes

  private func footnoteLabel(at start: Int) -> Range<Int>? {
    options.contains(.footnotes) ? LinkScanner(text: text, end: end).footnoteLabel(at: start) : nil
  }

  /// Whether `[^label]` at `start` refers to a footnote.
  func isFootnoteReference(at start: Int) -> Bool {
    guard !footnotes.isEmpty, let label = footnoteLabel(at: start) else { return false }
    return footnotes[normalisedLabel(text[label])] != nil
  }

  /// `[^label]`, where a footnote of that label is defined.
  mutating func parseFootnoteReference() -> Bool {
    let start = position
    guard let label = footnoteLabel(at: start) else { return false }
    let close = label.upperBound
    guard let index = footnotes[normalisedLabel(text[label])] else {
      let isLink = close + 1 < end && [ASCII.leftParenthesis, ASCII.leftBracket].contains(text[close + 1])
      if !isLink {
        let written = String(decoding: text[start..<close + 1], as: UTF8.self)
        let place = source.range(ofBytes: content.sourceRange(start..<close + 1))
        diagnostics.addWarning(
          "there is no footnote \(written): a line \(written): with its text defines it", at: place)
      }
      return false
    }
    if payloads.footnotes[index].number == 0 {
      usedFootnotes += 1
      payloads.footnotes[index].number = usedFootnotes
    }
    payloads.footnotes[index].uses += 1
    position = close + 1
    let payload = payloads.footnoteReferences.count
    payloads.footnoteReferences.append(FootnoteReference(footnote: index, use: payloads.footnotes[index].uses))
    _ = append(.footnoteReference, from: start, content: label, payload: payload)
    return true
  }
}

extension MarkdownDocument {
  /// Reports footnotes that nothing refers to.
  mutating func checkFootnotes() {
    var labels: Set<String> = []
    for footnote in payloads.footnotes {
      let isFirst = labels.insert(normalisedLabel(Array(footnote.label.utf8)[...])).inserted
      guard !isFirst || footnote.number == 0 else { continue }
      let start = Int(store[footnote.definition].start)
      diagnostics.addWarning(
        isFirst
          ? "nothing refers to the footnote [^\(footnote.label)], so it is not shown"
          : "the footnote [^\(footnote.label)] is defined already, so this is not shown",
        at: source.range(ofBytes: start..<start + footnote.label.utf8.count + 3))
    }
  }
}
