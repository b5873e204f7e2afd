package struct HTMLPiece: Sendable {
  /// What it is to a report.
  package enum Kind: Sendable, Equatable {
    /// A note to oneself, which no report shows.
    case comment
    /// `<name>`, whose end stands further on.
    case opening(String)
    /// The end of the element that was opened last.
    case closing(String)
    /// `<br>`.
    case void(String)
    /// Anything else: text, and tags that are shown as they are written.
    case text
  }

  package var kind: Kind
  /// Where it stands in the source's bytes.
  package var byteRange: Range<Int>
  /// Where it stands in the content buffer.
  var content: Range<Int>
}

/// The elements that are rendered, without attributes.
enum HTMLElements {
  static let inline: Set<String> = ["sub", "sup", "kbd", "mark"]
  static let void: Set<String> = ["br"]
  static let areRendered = inline.union(void).union(["details", "summary"])
  static let message =
    "raw HTML is shown as it is written; only <br>, <sub>, <sup>, <kbd>, <mark>, <details> and <summary> are rendered, "
    + "without attributes and closed where they were opened"
}

extension MarkdownDocument {
  /// The pieces of a node of raw HTML; none for any other node.
  package func htmlPieces(_ node: NodeID) -> [HTMLPiece] {
    let record = store[node]
    guard record.kind == .htmlBlock || record.kind == .htmlInline else { return [] }
    return HTMLPieceScanner(text: content.text, range: record.content).pieces.map { piece in
      var kind = HTMLPiece.Kind.text
      if piece.isComment { kind = .comment }
      if let tag = piece.tag, payloads.tags.contains(Int32(piece.range.lowerBound)) {
        kind =
          HTMLElements.void.contains(tag.name) ? .void(tag.name) : tag.isEnd ? .closing(tag.name) : .opening(tag.name)
      }
      return HTMLPiece(kind: kind, byteRange: content.sourceRange(piece.range), content: piece.range)
    }
  }

  /// Finds the tags that are rendered: those whose ends stand beside them, in one block or one stretch of text. A `<details>` may be
  /// closed in a later block.
  mutating func pairTags() {
    var inlines: [NodeID: OpenTags] = [:]
    var blocks: [NodeID: OpenTags] = [:]
    // An image's description is text whatever it holds.
    var imageEnd = 0
    for node in descendants(of: root) {
      let record = store[node]
      if record.kind == .image { imageEnd = byteRange(of: node).upperBound }
      guard record.kind == .htmlBlock || record.kind == .htmlInline else { continue }
      let isBlock = record.kind == .htmlBlock
      var inner = (isBlock ? nil : inlines.removeValue(forKey: record.parent)) ?? OpenTags()
      var outer = blocks.removeValue(forKey: record.parent) ?? OpenTags()
      let isInImage = content.sourceRange(record.content).lowerBound < imageEnd
      for piece in HTMLPieceScanner(text: content.text, range: record.content).pieces {
        if isInImage, !piece.isComment, piece.tag.map({ !HTMLElements.areRendered.contains($0.name) }) ?? true {
          continue
        }
        if piece.isComment {
          if piece.isUnclosed {
            let start = piece.range.lowerBound
            diagnostics.addError(
              "this comment is never closed", at: source.range(ofBytes: content.sourceRange(start..<start + 4)))
          }
          continue
        }
        guard let tag = piece.tag else {
          if piece.isMarkup { report(piece.range) }
          continue
        }
        let place = piece.range
        var paired: [Range<Int>] = []
        var isEnded = false
        if HTMLElements.void.contains(tag.name), !tag.isEnd {
          paired = [place]
        } else if tag.name == "details", isBlock {
          // What is open in the block would end in another element.
          for stray in inner.removeAll() { report(stray) }
          paired = outer.take(tag, at: place)
          isEnded = !paired.isEmpty
        } else if HTMLElements.inline.contains(tag.name) || tag.name == "summary" && isBlock && !outer.isEmpty {
          paired = inner.take(tag, at: place)
          isEnded = !paired.isEmpty
          // A summary is one only if the details around it are closed.
          if tag.name == "summary", isEnded {
            outer.add(paired)
            paired = []
          }
        } else {
          report(place)
          continue
        }
        for range in paired { payloads.tags.insert(Int32(range.lowerBound)) }
        if tag.isEnd, !isEnded { report(place) }
        for stray in inner.strays + outer.strays { report(stray) }
        (inner.strays, outer.strays) = ([], [])
      }
      if isBlock {
        for stray in inner.removeAll() { report(stray) }
      } else {
        inlines[record.parent] = inner
      }
      blocks[record.parent] = outer
    }
    for var open in Array(inlines.values) + Array(blocks.values) {
      for stray in open.removeAll() { report(stray) }
    }
  }

  /// Reports a tag that is shown as it is written, of several on a line the first.
  private mutating func report(_ range: Range<Int>) {
    let place = source.range(ofBytes: content.sourceRange(range))
    if let last = diagnostics.last, last.message == HTMLElements.message, last.range?.start.line == place.start.line {
      return
    }
    diagnostics.addWarning(HTMLElements.message, at: place)
  }
}

/// A tag without attributes.
struct HTMLTag: Equatable {
  var name: String
  var isEnd: Bool
}

private struct OpenTags {
  private var open: [(name: String, place: Range<Int>, dependents: [Range<Int>])] = []
  private var counts: [String: Int] = [:]
  /// Those that turned out to have none.
  var strays: [Range<Int>] = []

  var isEmpty: Bool { open.isEmpty }

  /// Takes a tag, and gives the places of the pair that an end completes.
  mutating func take(_ tag: HTMLTag, at place: Range<Int>) -> [Range<Int>] {
    guard tag.isEnd else {
      open.append((tag.name, place, []))
      counts[tag.name, default: 0] += 1
      return []
    }
    guard counts[tag.name, default: 0] > 0 else { return [] }
    while let last = open.popLast() {
      counts[last.name, default: 0] -= 1
      if last.name == tag.name { return [last.place, place] + last.dependents }
      strays += [last.place] + last.dependents
    }
    return []
  }

  mutating func removeAll() -> [Range<Int>] {
    defer { (open, counts) = ([], [:]) }
    return open.flatMap { [$0.place] + $0.dependents }
  }

  /// Adds tags that are paired when the element that was opened last is.
  mutating func add(_ tags: [Range<Int>]) { open[open.count - 1].dependents += tags }
}

/// Divides raw HTML into comments, tags and what stands between them.
private struct HTMLPieceScanner {
  struct Piece {
    var range: Range<Int>
    var isComment = false
    var isUnclosed = false
    /// A tag without attributes.
    var tag: HTMLTag?
    /// Whether it is a tag, a declaration or their like.
    var isMarkup = false
  }

  private(set) var pieces: [Piece] = []

  init(text: [UInt8], range: Range<Int>) {
    let scanner = HTMLScanner(text: text, end: range.upperBound)
    var start = range.lowerBound
    var index = start
    while index < range.upperBound {
      guard text[index] == ASCII.less, let piece = Self.markup(at: index, scanner) else {
        index += 1
        continue
      }
      if index > start { pieces.append(Piece(range: start..<index)) }
      pieces.append(piece)
      index = piece.range.upperBound
      start = index
    }
    if index > start { pieces.append(Piece(range: start..<index)) }
  }

  private static func markup(at start: Int, _ scanner: HTMLScanner) -> Piece? {
    let text = scanner.text
    if scanner.has("<!--", at: start) {
      let end = scanner.shortComment(at: start) ?? scanner.end(of: "-->", from: start + 4)
      return Piece(range: start..<(end ?? scanner.end), isComment: true, isUnclosed: end == nil)
    }
    guard let end = scanner.tag(at: start) else {
      guard start + 1 < scanner.end, text[start + 1] == ASCII.exclamation || text[start + 1] == ASCII.question else {
        return nil
      }
      return Piece(range: start..<start + 2, isMarkup: true)
    }
    var name = text[start + 1..<end - 1]
    let isEnd = name.first == ASCII.slash
    if isEnd { name = name.dropFirst() }
    if !isEnd, name.last == ASCII.slash { name = name.dropLast() }
    while name.last?.isASCIIWhitespace == true { name = name.dropLast() }
    let isPlain = name.allSatisfy(\.isASCIIAlphanumeric)
    let tag = HTMLTag(name: String(decoding: name.lazy.map(\.lowercasedASCII), as: UTF8.self), isEnd: isEnd)
    return Piece(range: start..<end, tag: isPlain ? tag : nil, isMarkup: true)
  }
}
