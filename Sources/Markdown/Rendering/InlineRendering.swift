import NbrunMarkup

extension HTMLRenderer {
  mutating func enterInline(_ id: NodeID, _ node: Node, to writer: inout MarkupWriter) -> Bool {
    switch node.kind {
    case .text:
      let bytes = node.flags.contains(.decoded) ? document.decoded : document.content.text
      if form == .styled {
        renderText(bytes, in: node.content, to: &writer)
      } else {
        writer.text(utf8: bytes, in: node.content)
      }
    case .softBreak: writer.newline()
    case .lineBreak:
      writer.void("br", selfClosing: true)
      writer.newline()
    case .codeSpan:
      // A line's end in code is a space.
      let code = document.content.text[node.content].map { $0 == ASCII.lineFeed ? ASCII.space : $0 }
      writer.element("code") { $0.text(utf8: code, in: code.indices) }
    case .htmlInline:
      if form == .unsafe {
        writer.raw(utf8: document.content.text, in: node.content)
      } else {
        write(document.htmlPieces(id), to: &writer)
      }
    case .emphasis, .strong, .strikethrough:
      writer.open(node.kind == .emphasis ? "em" : node.kind == .strong ? "strong" : "del")
      return true
    case .link:
      openLink(id, to: &writer)
      return true
    case .image: renderImage(id, to: &writer)
    case .footnoteReference: renderFootnoteReference(node, to: &writer)
    case .mathInline: renderMathematics(node, to: &writer)
    case .inlineValue:
      if !delegate.render(document.payloads.inlineValues[Int(node.payload)], to: &writer) {
        writer.text(utf8: document.content.text, in: node.content)
      }
    default: break
    }
    return false
  }

  func leaveInline(_ node: Node, to writer: inout MarkupWriter) {
    if node.kind != .link || !isLinkDropped { writer.close() }
  }

  /// Text in which a percent sign stays on the line of its number.
  private func renderText(_ bytes: [UInt8], in range: Range<Int>, to writer: inout MarkupWriter) {
    var start = range.lowerBound
    var search = range
    while let sign = bytes[search].firstIndex(of: ASCII.percent) {
      let space = sign - 1
      if space > start, bytes[space] == ASCII.space, bytes[space - 1].isASCIIDigit {
        writer.text(utf8: bytes, in: start..<space)
        writer.text("\u{A0}")
        start = sign
      }
      search = sign + 1..<range.upperBound
    }
    writer.text(utf8: bytes, in: start..<range.upperBound)
  }

  /// Opens a link's element; a dropped link leaves only its text. No link contains another.
  private mutating func openLink(_ id: NodeID, to writer: inout MarkupWriter) {
    guard let link = document.link(id), let destination = safe(delegate.destination(of: link, in: document)) else {
      isLinkDropped = true
      return
    }
    isLinkDropped = false
    let isShown = form == .styled && destination.hasPrefix("http") && isShown(id, destination)
    writer.open("a", ["class": isShown ? "shown" : nil, "href": Destination.encoded(destination), "title": link.title])
    if !document.store[id].firstChild.exists, let text = delegate.text(ofEmpty: link, in: document) {
      writer.text(text)
    }
  }

  /// Whether a link's address stands on paper already: as its text, or behind an earlier link. Notes whose address that is now.
  private mutating func isShown(_ id: NodeID, _ destination: String) -> Bool {
    let isNew = seenAddresses.insert(destination).inserted
    let text = document.plainText(of: id)
    return !isNew || text == destination || "http://" + text == destination || "https://" + text == destination
  }

  private mutating func renderImage(_ id: NodeID, to writer: inout MarkupWriter) {
    guard let image = document.link(id) else { return }
    let description = document.plainText(of: id)
    if delegate.render(image: image, description: description, to: &writer) { return }
    guard let destination = safe(image.destination, isImage: true) else { return writer.text(description) }
    writer.void(
      "img", ["src": Destination.encoded(destination), "alt": description, "title": image.title], selfClosing: true)
  }

  private func safe(_ destination: String?, isImage: Bool = false) -> String? {
    destination.flatMap { form == .unsafe || Destination.isSafe($0, isImage: isImage) ? $0 : nil }
  }

  func renderMathematics(_ node: Node, to writer: inout MarkupWriter) {
    writer.append(document.payloads.formulas[Int(node.payload)].markup)
  }
}
