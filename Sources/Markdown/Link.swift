/// A link or an image.
package struct Link: Sendable {
  /// The node, whose children are the link's text or the image's description.
  package var node: NodeID
  package var isImage: Bool
  /// Whether it was found in bare text, as GitHub does.
  package var isBare: Bool
  /// Where it leads: escapes and entities resolved, not percent-encoded.
  package var destination: String
  package var title: String?
  /// Whether it holds the image itself, as an address of a kind that pages may show.
  package var isImageData: Bool {
    let start = destination.prefix(19).lowercased()
    return isImage
      && ["png", "jpeg", "svg+xml"].contains {
        start.hasPrefix("data:image/\($0);") || start.hasPrefix("data:image/\($0),")
      }
  }

  /// Where the whole construct stands in the source's bytes.
  package var byteRange: Range<Int>
  /// Where its destination is written in the source's bytes, ready to be replaced; nil for a link by reference, an autolink
  /// or a bare link.
  package var destinationByteRange: Range<Int>?
}

/// A heading, for tables of contents.
package struct Heading: Sendable {
  package var node: NodeID
  /// From 1 to 6.
  package var level: Int
  /// The anchor; nil when the document is parsed without them.
  package var anchor: String?
  /// The text without markup.
  package var text: String
}

extension MarkdownDocument {
  /// Whether a link refers to the link reference definition at a node: of others, a reader of the document sees nothing.
  package func isUsed(definition node: NodeID) -> Bool {
    let record = store[node]
    guard record.kind == .linkReferenceDefinition, record.payload >= 0 else { return false }
    return payloads.usedDefinitions.contains(payloads.definitions[Int(record.payload)])
  }

  /// All links and images in order.
  package var links: [Link] { descendants(of: root).compactMap(link) }
  package var headings: [Heading] { descendants(of: root).compactMap(heading) }

  /// The link or image at a node; nil for any other node.
  package func link(_ node: NodeID) -> Link? {
    let record = store[node]
    guard record.kind == .link || record.kind == .image else { return nil }
    let payload = payloads.links[Int(record.payload)]
    return Link(
      node: node, isImage: record.kind == .image, isBare: record.flags.contains(.bare),
      destination: payload.destination, title: payload.title, byteRange: byteRange(of: node),
      destinationByteRange: payload.written.map(content.sourceRange))
  }

  /// The heading at a node; nil for any other node.
  package func heading(_ node: NodeID) -> Heading? {
    let record = store[node]
    guard record.kind == .heading else { return nil }
    return Heading(
      node: node, level: Int(record.level), anchor: record.payload < 0 ? nil : payloads.headings[Int(record.payload)],
      text: headingText(of: node))
  }

  /// A heading's text without the space that stood before a comment at its end.
  func headingText(of node: NodeID) -> String {
    let text = plainText(of: node)
    return String(text.prefix(text.reversed().drop(while: \.isWhitespace).count))
  }
}
