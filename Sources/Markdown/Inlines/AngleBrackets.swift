/// What an angle bracket begins: an autolink or raw HTML.
extension InlineParser {
  // MARK: Autolinks

  /// `<scheme:…>` or `<name@host>`.
  mutating func parseAutolink() -> Bool {
    let start = position
    let uriEnd = uriEnd(start + 1)
    guard let close = uriEnd ?? addressEnd(start + 1) else { return false }
    let range = start + 1..<close
    position = close + 1
    let written = String(decoding: text[range], as: UTF8.self)
    appendLink(to: uriEnd == nil ? "mailto:" + written : written, text: range, from: start)
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
    let hasFailed = failedSearches.kinds.contains(.comment)
    guard let close = htmlEnd(scanner, start) else {
      if options.contains(.elements), failedSearches.kinds.contains(.comment), !hasFailed {
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
    guard let (kind, content) = scanner.special(at: start), let mark = kind.end else { return scanner.tag(at: start) }
    if let short = scanner.shortComment(at: start) { return short }
    guard !failedSearches.kinds.contains(kind) else { return nil }
    let found = scanner.end(of: mark, from: content)
    if found == nil { failedSearches.kinds.insert(kind) }
    return found
  }
}
