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
    if next == ASCII.exclamation {
      if has("<!--", at: start) { return .comment }
      if byte(start + 2)?.isASCIILetter == true { return .declaration }
      // The one needle whose case matters.
      let isCharacterData = end >= start + 9 && text[start..<start + 9].elementsEqual("<![CDATA[".utf8)
      return isCharacterData ? .characterData : nil
    }
    if next == ASCII.question { return .processingInstruction }
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
    switch kind {
    case .verbatimElement:
      var index = start
      while let close = end(of: "</", from: index) {
        if (["script>", "pre>", "style>", "textarea>"] as [StaticString]).contains(where: { has($0, at: close) }) {
          return true
        }
        index = close
      }
      return false
    case .comment: return end(of: "-->", from: start) != nil
    case .processingInstruction: return end(of: "?>", from: start) != nil
    case .declaration: return end(of: ">", from: start) != nil
    case .characterData: return end(of: "]]>", from: start) != nil
    case .blockElement, .completeTag: return false
    }
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
