/// GitHub's extended autolinks of e-mail addresses, `ann@example.org`, `mailto:ann@example.org` and `xmpp:ann@example.org/desk`.
///
/// They are looked for in the text that is left when all other inlines are found, since an underscore may belong to an address or
/// emphasise it.
extension InlineParser {
  mutating func linkAddresses() {
    guard text[Int(store[leaf].contentStart)..<end].contains(ASCII.at) else { return }
    var node = store[leaf].firstChild
    while node.exists {
      switch store[node].kind {
      case .text:
        joinText(from: node)
        let next = store.nodeAfter(node, within: leaf)
        if !store[node].flags.contains(.decoded) { linkAddresses(in: node) }
        node = next
      case .link, .image: node = store.nodeAfter(node, within: leaf)
      default: node = store.successor(of: node, within: leaf)
      }
    }
  }

  /// Makes one node of a text and those after it that go on where it ends: delimiters that emphasise nothing.
  private mutating func joinText(from node: NodeID) {
    var next = store[node].next
    while next.exists, store[next].kind == .text, store[next].flags == store[node].flags,
      store[next].contentStart == store[node].contentEnd
    {
      store[node].contentEnd = store[next].contentEnd
      store[node].end = store[next].end
      let joined = next
      next = store[joined].next
      store.unlink(joined)
    }
  }

  private mutating func linkAddresses(in node: NodeID) {
    var rest = node
    var range = store[node].content
    while let sign = text[range].firstIndex(of: ASCII.at) {
      guard let address = address(around: sign, in: store[rest].content) else {
        range = sign + 1..<range.upperBound
        continue
      }
      range = address.upperBound..<range.upperBound
      let isPrefixed = text[address.lowerBound..<sign].contains(ASCII.colon)
      let destination = (isPrefixed ? "" : "mailto:") + String(decoding: text[address], as: UTF8.self)
      let link = makeLink(to: destination, text: address, from: address.lowerBound, to: address.upperBound)
      store[link].flags.insert(.bare)
      store.link(link, after: rest)
      let remainder = store.make(.text(range))
      store.link(remainder, after: link)

      store[rest].contentEnd = Int32(address.lowerBound)
      store[rest].end = Int32(address.lowerBound)
      if store[rest].content.isEmpty { store.unlink(rest) }
      rest = remainder
    }
    if store[rest].content.isEmpty { store.unlink(rest) }
  }

  /// The address whose name and domain stand on either side of `sign`, with `mailto:` or `xmpp:` where it has one.
  private func address(around sign: Int, in range: Range<Int>) -> Range<Int>? {
    var start = sign
    while start > range.lowerBound, isAddressByte(text[start - 1]) || text[start - 1] == ASCII.plus { start -= 1 }
    guard start < sign else { return nil }
    let scanner = HTMLScanner(text: text, end: range.upperBound)
    var isChat = false
    for prefix: StaticString in ["mailto:", "xmpp:"] {
      let before = start - prefix.utf8CodeUnitCount
      if before >= range.lowerBound, scanner.has(prefix, at: before),
        before == range.lowerBound || !text[before - 1].isASCIIAlphanumeric
      {
        start = before
        isChat = prefix.utf8CodeUnitCount == 5
        break
      }
    }
    return addressEnd(from: sign + 1, upTo: range.upperBound, isChat: isChat).map { start..<$0 }
  }

  /// The end of an address's domain: with a period, and a letter at its end. A resource may follow it after `xmpp:`.
  private func addressEnd(from domain: Int, upTo end: Int, isChat: Bool) -> Int? {
    var close = domain
    var periods = 0
    while close < end, isAddressByte(text[close]) {
      if text[close] == ASCII.period {
        guard close + 1 < end, text[close + 1].isASCIIAlphanumeric else { break }
        periods += 1
      }
      close += 1
    }
    guard periods > 0, text[close - 1].isASCIILetter, close == end || text[close] != ASCII.at else { return nil }
    if isChat, close + 1 < end, text[close] == ASCII.slash, text[close + 1].isASCIIAlphanumeric {
      close = text.end(of: { $0.isASCIIAlphanumeric || "@.".utf8.contains($0) }, from: close + 1, to: end)
    }
    return close
  }

  private func isAddressByte(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == ASCII.period || byte == ASCII.hyphen || byte == ASCII.underscore
  }
}
