/// Recognises HTML tags, comments and their like in a stretch of text.
struct HTMLScanner {
  let text: [UInt8]
  let end: Int

  private func byte(_ index: Int) -> UInt8? { index < end ? text[index] : nil }

  // MARK: Tags

  /// The end of the open or closing tag whose `<` is at `start`.
  func tag(at start: Int) -> Int? { byte(start + 1) == ASCII.slash ? closingTag(at: start) : openTag(at: start) }

  private func closingTag(at start: Int) -> Int? {
    guard let name = tagName(at: start + 2) else { return nil }
    let index = skipWhitespace(name)
    return byte(index) == ASCII.greater ? index + 1 : nil
  }

  private func openTag(at start: Int) -> Int? {
    guard var index = tagName(at: start + 1) else { return nil }
    while let attribute = attribute(after: index) { index = attribute }
    index = skipWhitespace(index)
    if byte(index) == ASCII.slash { index += 1 }
    return byte(index) == ASCII.greater ? index + 1 : nil
  }

  private func tagName(at start: Int) -> Int? {
    guard let first = byte(start), first.isASCIILetter else { return nil }
    return text.end(of: { $0.isASCIIAlphanumeric || $0 == ASCII.hyphen }, from: start + 1, to: end)
  }

  /// White space, a name, and perhaps a value. White space before a missing value is left for the next attribute.
  private func attribute(after place: Int) -> Int? {
    let start = skipWhitespace(place)
    guard start > place, let first = byte(start), first.isASCIILetter || "_:".utf8.contains(first) else { return nil }
    let index = text.end(of: { $0.isASCIIAlphanumeric || "_:.-".utf8.contains($0) }, from: start + 1, to: end)
    let equals = skipWhitespace(index)
    guard byte(equals) == ASCII.equals else { return index }
    return attributeValue(at: skipWhitespace(equals + 1))
  }

  private func attributeValue(at start: Int) -> Int? {
    guard let first = byte(start) else { return nil }
    if first == ASCII.quote || first == ASCII.apostrophe {
      let index = text.end(of: { $0 != first }, from: start + 1, to: end)
      return index < end ? index + 1 : nil
    }
    let index = text.end(of: { !$0.isASCIIWhitespace && !"\"'=<>`".utf8.contains($0) }, from: start, to: end)
    return index > start ? index : nil
  }

  private func skipWhitespace(_ start: Int) -> Int { text.end(of: \.isASCIIWhitespace, from: start, to: end) }

  /// The comment, instruction, declaration or section of characters whose `<` is at `start`, and where what it holds begins.
  func special(at start: Int) -> (kind: HTMLBlockKind, content: Int)? {
    switch byte(start + 1) {
    case ASCII.question: return (.processingInstruction, start + 2)
    case ASCII.exclamation:
      if has("<!--", at: start) { return (.comment, start + 4) }
      if byte(start + 2)?.isASCIILetter == true { return (.declaration, start + 3) }
      // The one needle whose case matters.
      guard end >= start + 9, text[start..<start + 9].elementsEqual("<![CDATA[".utf8) else { return nil }
      return (.characterData, start + 9)
    default: return nil
    }
  }

  /// The end of the comment whose `<` is at `start`, if it is one of the two that end as they begin.
  func shortComment(at start: Int) -> Int? {
    has("<!-->", at: start) ? start + 5 : has("<!--->", at: start) ? start + 6 : nil
  }

  // MARK: Strings

  /// The end of the first occurrence of `needle` from `start` on.
  func end(of needle: StaticString, from start: Int) -> Int? {
    let (count, first) = (needle.utf8CodeUnitCount, needle.utf8Start[0])
    let found = (start..<max(start, end + 1 - count)).first { text[$0] == first && has(needle, at: $0) }
    return found.map { $0 + count }
  }

  /// Whether `needle`, in lower case, stands at `start` in any case.
  func has(_ needle: StaticString, at start: Int) -> Bool {
    let count = needle.utf8CodeUnitCount
    guard start + count <= end else { return false }
    for index in 0..<count where text[start + index].lowercasedASCII != needle.utf8Start[index] { return false }
    return true
  }

  // MARK: Blocks

  /// Which kind of HTML block the line starts whose `<` is at `start`.
  func blockStart(at start: Int) -> HTMLBlockKind? {
    guard let next = byte(start + 1) else { return nil }
    if let special = special(at: start) { return special.kind }
    let nameStart = next == ASCII.slash ? start + 2 : start + 1
    if let nameEnd = tagName(at: nameStart) {
      let name = String(decoding: text[nameStart..<nameEnd].lazy.map(\.lowercasedASCII), as: UTF8.self)
      let after = byte(nameEnd)
      let isBounded = after == nil || after == ASCII.greater || after?.isASCIIWhitespace == true
      if next != ASCII.slash, isBounded, HTMLScanner.verbatimElements.contains(name) { return .verbatimElement }
      let isEmptyTag = after == ASCII.slash && byte(nameEnd + 1) == ASCII.greater
      if isBounded || isEmptyTag, HTMLScanner.blockElements.contains(name) { return .blockElement }
    }
    if let tagEnd = tag(at: start), skipWhitespace(tagEnd) == end { return .completeTag }
    return nil
  }

  /// Whether a line contains the end of an HTML block.
  func hasBlockEnd(_ kind: HTMLBlockKind, from start: Int) -> Bool {
    if let mark = kind.end { return end(of: mark, from: start) != nil }
    guard kind == .verbatimElement else { return false }
    var index = start
    while let close = end(of: "</", from: index) {
      if (["script>", "pre>", "style>", "textarea>"] as [StaticString]).contains(where: { has($0, at: close) }) {
        return true
      }
      index = close
    }
    return false
  }

  private static let verbatimElements: Set<String> = ["script", "pre", "style", "textarea"]

  private static let blockElements: Set<String> = [
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col", "colgroup",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame",
    "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link",
    "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
  ]
}
