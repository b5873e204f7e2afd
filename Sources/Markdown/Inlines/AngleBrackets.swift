/// What an angle bracket begins: an autolink or raw HTML.
extension InlineParser {
  // MARK: Autolinks

  /// `<scheme:…>` or `<name@host>`.
  mutating func parseAutolink() -> Bool {
    let start = position
    let isAddress: Bool
    let close: Int
    if let end = uriEnd(start + 1) {
      (isAddress, close) = (false, end)
    } else if let end = addressEnd(start + 1) {
      (isAddress, close) = (true, end)
    } else {
      return false
    }
    let range = start + 1..<close
    position = close + 1
    let written = String(decoding: text[range], as: UTF8.self)
    appendLink(to: isAddress ? "mailto:" + written : written, text: range, from: start)
    return true
  }

  /// Adds a link whose text is its address, from `start` to the present position.
  @discardableResult
  mutating func appendLink(to destination: String, text range: Range<Int>, from start: Int) -> NodeID {
    let link = makeLink(to: destination, text: range, from: start, to: position)
    store.link(link, lastIn: leaf)
    return link
  }

  /// A link whose text is its address, and which stands nowhere yet.
  mutating func makeLink(to destination: String, text range: Range<Int>, from start: Int, to end: Int) -> NodeID {
    let link = store.make(Node(.link, start: start, end: end, content: range, payload: payloads.links.count))
    payloads.links.append(LinkPayload(destination: destination))
    _ = store.append(.text(range), to: link)
    return link
  }

  /// The place of the `>` that closes a URI: a scheme of 2 to 32 characters, a colon, and no white space.
  private func uriEnd(_ start: Int) -> Int? {
    guard start < end, text[start].isASCIILetter else { return nil }
    var index = text.end(of: { $0.isASCIIAlphanumeric || "+.-".utf8.contains($0) }, from: start + 1, to: end)
    guard index < end, text[index] == ASCII.colon, (2...32).contains(index - start) else { return nil }
    while index < end, text[index] != ASCII.greater {
      guard text[index] != ASCII.less, text[index] != ASCII.space, !text[index].isASCIIControl else { return nil }
      index += 1
    }
    return index < end ? index : nil
  }

  /// The place of the `>` that closes an e-mail address (HTML's definition).
  private func addressEnd(_ start: Int) -> Int? {
    var index = text.end(
      of: { $0.isASCIIAlphanumeric || ".!#$%&'*+/=?^_`{|}~-".utf8.contains($0) }, from: start, to: end)
    guard index > start, index < end, text[index] == ASCII.at else { return nil }
    while true {
      // Labels of up to 63 letters, digits and hyphens, hyphens not at their ends.
      let label = index + 1
      index = text.end(of: { $0.isASCIIAlphanumeric || $0 == ASCII.hyphen }, from: label, to: end)
      guard (1...63).contains(index - label), text[label] != ASCII.hyphen, text[index - 1] != ASCII.hyphen, index < end
      else { return nil }
      if text[index] == ASCII.greater { return index }
      guard text[index] == ASCII.period else { return nil }
    }
  }

  // MARK: Raw HTML

  /// A tag, comment, processing instruction, declaration or CDATA section.
  mutating func parseHTML() -> Bool {
    let start = position
    let scanner = HTMLScanner(text: text, end: end)
    let hasFailed = failedSearches.comment
    guard start + 1 < end, let close = htmlEnd(scanner, start) else {
      if options.contains(.elements), failedSearches.comment, !hasFailed {
        let place = source.range(ofBytes: content.sourceRange(start..<start + 4))
        diagnostics.addWarning(
          "this comment does not end in its paragraph, so it is shown; write it after a blank line", at: place)
      }
      return false
    }
    position = close
    _ = append(.htmlInline, from: start, content: start..<close)
    return true
  }

  private mutating func htmlEnd(_ scanner: HTMLScanner, _ start: Int) -> Int? {
    switch text[start + 1] {
    case ASCII.question:
      return Self.search(&failedSearches.processingInstruction) { scanner.end(of: "?>", from: start + 2) }
    case ASCII.exclamation:
      if scanner.has("<!--", at: start) {
        if scanner.has("<!-->", at: start) { return start + 5 }
        if scanner.has("<!--->", at: start) { return start + 6 }
        return Self.search(&failedSearches.comment) { scanner.end(of: "-->", from: start + 4) }
      }
      if start + 2 < end, text[start + 2].isASCIILetter {
        return Self.search(&failedSearches.declaration) { scanner.end(of: ">", from: start + 3) }
      }
      guard start + 9 <= end, text[start..<start + 9].elementsEqual("<![CDATA[".utf8) else { return nil }
      return Self.search(&failedSearches.characterData) { scanner.end(of: "]]>", from: start + 9) }
    default: return scanner.tag(at: start)
    }
  }

  /// Searches unless the same search has failed already.
  private static func search(_ hasFailed: inout Bool, _ find: () -> Int?) -> Int? {
    guard !hasFailed else { return nil }
    let found = find()
    hasFailed = found == nil
    return found
  }
}
