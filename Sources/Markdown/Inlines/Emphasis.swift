/// A run of `*`, `_` or `~` that may open or close emphasis; one entry of the delimiter stack, linked by index.
struct Delimiter {
  var node: NodeID
  var byte: UInt8
  /// Characters not used yet, and as written.
  var count: Int
  let length: Int
  var canOpen: Bool
  var canClose: Bool
  var previous: Int
  var next = -1
}

extension InlineParser {
  /// Reads a run of delimiters and puts it on the stack.
  mutating func parseDelimiterRun(_ byte: UInt8) -> Bool {
    let start = position
    while position < end, text[position] == byte { position += 1 }
    let length = position - start
    let before = characterClass(before: start, of: byte)
    let after = characterClass(at: position, of: byte)
    let isLeftFlanking = after != .whitespace && (after != .punctuation || before != .other)
    let isRightFlanking = before != .whitespace && (before != .punctuation || after != .other)
    let (canOpen, canClose) =
      switch byte {
      case ASCII.underscore:
        (
          isLeftFlanking && (!isRightFlanking || before == .punctuation),
          isRightFlanking && (!isLeftFlanking || after == .punctuation)
        )
      case ASCII.tilde where length > 2: (false, false)
      default: (isLeftFlanking, isRightFlanking)
      }
    guard canOpen || canClose else {
      appendText(start..<position)
      return true
    }
    let node = appendTextNode(start..<position)
    let index = delimiters.count
    delimiters.append(
      Delimiter(
        node: node, byte: byte, count: length, length: length, canOpen: canOpen, canClose: canClose,
        previous: lastDelimiter))
    if lastDelimiter >= 0 { delimiters[lastDelimiter].next = index }
    lastDelimiter = index
    return true
  }

  // MARK: Resolving

  /// Pairs the delimiter runs above `bottom` and takes them off the stack.
  ///
  /// For each kind of closer, `openersBottom` remembers below which run there is no opener for it, so that no part of the stack
  /// is searched twice in vain.
  mutating func processEmphasis(above bottom: Int) {
    var closer = lastDelimiter
    guard closer > bottom else { return }
    while delimiters[closer].previous > bottom { closer = delimiters[closer].previous }
    for slot in openersBottom.indices { openersBottom[slot] = bottom }

    while closer >= 0 {
      guard delimiters[closer].canClose else {
        closer = delimiters[closer].next
        continue
      }
      let slot = openersSlot(of: delimiters[closer])
      var opener = delimiters[closer].previous
      while opener > openersBottom[slot], !matches(delimiters[opener], delimiters[closer]) {
        opener = delimiters[opener].previous
      }
      if opener > openersBottom[slot] {
        closer = areUnequalTildes(opener, closer) ? discard(opener, closer) : pair(opener, closer)
      } else {
        openersBottom[slot] = delimiters[closer].previous
        let next = delimiters[closer].next
        if !delimiters[closer].canOpen { remove(closer) }
        closer = next
      }
    }
    delimiters.removeSubrange((bottom + 1)...)
    lastDelimiter = bottom
    if bottom >= 0 { delimiters[bottom].next = -1 }
  }

  private func openersSlot(of closer: Delimiter) -> Int {
    switch closer.byte {
    case ASCII.tilde: 12 + (closer.canOpen ? 2 : 0) + closer.length % 2
    case ASCII.underscore: 6 + (closer.canOpen ? 3 : 0) + closer.length % 3
    default: (closer.canOpen ? 3 : 0) + closer.length % 3
    }
  }

  private func matches(_ opener: Delimiter, _ closer: Delimiter) -> Bool {
    guard opener.byte == closer.byte, opener.canOpen else { return false }
    // The rule of three: `*foo**bar*` is not emphasis up to the double run.
    let isAmbiguous = (closer.canOpen || opener.canClose) && (opener.length + closer.length) % 3 == 0
    return !isAmbiguous || (closer.length % 3 == 0 && opener.length % 3 == 0)
  }

  private func areUnequalTildes(_ opener: Int, _ closer: Int) -> Bool {
    delimiters[closer].byte == ASCII.tilde && delimiters[opener].length != delimiters[closer].length
  }

  /// Takes two runs of tildes and what stands between them off the stack, as GitHub does when one has two tildes and the other
  /// one: all of it is text. Returns the closer to go on with.
  private mutating func discard(_ opener: Int, _ closer: Int) -> Int {
    let next = delimiters[closer].next
    delimiters[opener].next = closer
    delimiters[closer].previous = opener
    remove(closer)
    remove(opener)
    return next
  }

  /// Makes emphasis of what stands between two runs, and returns the closer to go on with.
  private mutating func pair(_ opener: Int, _ closer: Int) -> Int {
    let isStrikethrough = delimiters[opener].byte == ASCII.tilde
    let isStrong = delimiters[opener].count >= 2 && delimiters[closer].count >= 2
    let used = isStrong ? 2 : 1
    let openerNode = delimiters[opener].node
    let closerNode = delimiters[closer].node
    store[openerNode].contentEnd -= Int32(used)
    store[openerNode].end -= Int32(used)
    store[closerNode].contentStart += Int32(used)
    store[closerNode].start += Int32(used)

    let kind: NodeKind = isStrikethrough ? .strikethrough : isStrong ? .strong : .emphasis
    let emphasis = store.make(Node(kind, start: Int(store[openerNode].end), end: Int(store[closerNode].start)))
    store.move(from: store[openerNode].next, upTo: closerNode, into: emphasis)
    store.link(emphasis, after: openerNode)

    delimiters[opener].next = closer
    delimiters[closer].previous = opener
    delimiters[opener].count -= used
    delimiters[closer].count -= used
    if delimiters[opener].count == 0 {
      store.unlink(openerNode)
      remove(opener)
    }
    guard delimiters[closer].count == 0 else { return closer }
    store.unlink(closerNode)
    let next = delimiters[closer].next
    remove(closer)
    return next
  }

  private mutating func remove(_ index: Int) {
    let delimiter = delimiters[index]
    if delimiter.previous >= 0 { delimiters[delimiter.previous].next = delimiter.next }
    if delimiter.next >= 0 {
      delimiters[delimiter.next].previous = delimiter.previous
    } else {
      lastDelimiter = delimiter.previous
    }
  }

  // MARK: Neighbours

  /// How a delimiter run sees what is before it. The start of the text counts as white space; around `*` and `_`, tildes that may
  /// be strikethrough are looked through, as GitHub does.
  private func characterClass(before run: Int, of byte: UInt8) -> CharacterClass {
    let first = Int(store[leaf].contentStart)
    var index = run - 1
    while index >= first, text[index] & 0xC0 == 0x80 || isLookedThrough(text[index], by: byte) { index -= 1 }
    return index >= first ? CharacterClass(text, at: index) : .whitespace
  }

  /// How a delimiter run sees what is after it.
  private func characterClass(at run: Int, of byte: UInt8) -> CharacterClass {
    var index = run
    while index < end, isLookedThrough(text[index], by: byte) { index += 1 }
    return index < end ? CharacterClass(text, at: index) : .whitespace
  }

  private func isLookedThrough(_ neighbour: UInt8, by byte: UInt8) -> Bool {
    neighbour == ASCII.tilde && byte != ASCII.tilde && options.contains(.gitHub)
  }
}
