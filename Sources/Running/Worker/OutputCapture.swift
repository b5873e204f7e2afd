import NbrunPlatform

/// What a cell has printed, in order, at most the first and the last megabyte of it.
///
/// The result depends on what was printed alone, not on the pieces that it arrived in.
struct OutputCapture: Sendable, Codable {
  /// How many bytes are kept at either end.
  static let limit = 1 << 20

  /// A run of printed bytes with the items that stand among them; `offset` counts the bytes before an item.
  private struct Stretch: Codable {
    struct Entry: Codable {
      var offset: Int
      var item: OutputItem
    }

    var bytes = Data()
    var items: [Entry] = []
    var itemWeight = 0

    var size: Int { bytes.count + itemWeight }

    mutating func append(_ item: OutputItem) {
      items.append(Entry(offset: bytes.count, item: item))
      itemWeight += item.weight
    }

    /// Drops all but the longest end that fits into `limit`, and of that the line that it starts within.
    mutating func keepEnd(fitting limit: Int) -> Int {
      var start = 0
      var firstItem = 0
      var size = self.size
      for (index, entry) in items.enumerated() where size - (entry.offset - start) > limit {
        size -= entry.offset - start + entry.item.weight
        start = entry.offset
        firstItem = index + 1
      }
      start += max(0, size - limit)
      guard start > 0 || firstItem > 0 else { return 0 }
      let dropped = self.size - size + max(0, size - limit)
      bytes.removeSubrange(..<start)
      items = items[firstItem...].map { Entry(offset: $0.offset - start, item: $0.item) }
      itemWeight = items.reduce(0) { $0 + $1.item.weight }
      return dropped
    }

    /// Drops the part of a line that it ends or starts with.
    mutating func dropBrokenLine(atEnd: Bool) -> Int {
      let newline = UInt8(ascii: "\n")
      if atEnd {
        let floor = items.last?.offset ?? 0
        guard let last = bytes[floor...].lastIndex(of: newline) else { return 0 }
        defer { bytes.removeSubrange((last + 1)...) }
        return bytes.count - last - 1
      }
      let ceiling = items.first?.offset ?? bytes.count
      guard let first = bytes[..<ceiling].firstIndex(of: newline) else { return 0 }
      bytes.removeSubrange(...first)
      items = items.map { Entry(offset: $0.offset - first - 1, item: $0.item) }
      return first + 1
    }

    /// The text and items in order. Where bytes are no UTF-8, replacement characters stand for them.
    func output() -> [OutputItem] {
      var output: [OutputItem] = []
      var start = 0
      func appendText(upTo end: Int) {
        if end > start { output.append(.text(String(decoding: bytes[start..<end], as: UTF8.self))) }
        start = end
      }
      for entry in items {
        appendText(upTo: entry.offset)
        output.append(entry.item)
      }
      appendText(upTo: bytes.count)
      return output
    }
  }

  private var head = Stretch()
  private var tail = Stretch()
  private var headIsFull = false
  private var dropped = 0

  /// Takes in printed bytes.
  mutating func append(_ bytes: [UInt8]) {
    var rest = bytes[...]
    if !headIsFull {
      let taken = rest.prefix(max(0, Self.limit - head.size))
      head.bytes.append(contentsOf: taken)
      rest = rest.dropFirst(taken.count)
      guard !rest.isEmpty else { return }
      headIsFull = true
    }
    tail.bytes.append(contentsOf: rest)
    trim()
  }

  /// Takes in an item other than text.
  mutating func append(_ item: OutputItem) {
    if !headIsFull, head.size + item.weight <= Self.limit { return head.append(item) }
    headIsFull = true
    tail.append(item)
    trim()
  }

  /// Whether this is what taking in bytes and items gives: what comes out of a file is not trusted.
  var isSound: Bool {
    (0...Int.max / 2).contains(dropped)
      && [head, tail].allSatisfy { stretch in
        let offsets = [0] + stretch.items.map(\.offset) + [stretch.bytes.count]
        return zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }
          && stretch.itemWeight == stretch.items.reduce(0) { $0 + $1.item.weight }
      }
  }

  private mutating func trim() {
    if tail.size > 4 * Self.limit { dropped += tail.keepEnd(fitting: Self.limit) }
  }

  /// Everything in order; where something had to be left out, a line says how much.
  var output: [OutputItem] {
    var (head, tail, dropped) = (head, tail, dropped)
    dropped += tail.keepEnd(fitting: Self.limit)
    guard dropped > 0 else {
      head.items += tail.items.map { Stretch.Entry(offset: $0.offset + head.bytes.count, item: $0.item) }
      head.bytes += tail.bytes
      return head.output()
    }
    dropped += head.dropBrokenLine(atEnd: true) + tail.dropBrokenLine(atEnd: false)
    return (head.output() + [.text("[… \(dropped.grouped) bytes left out …]\n")] + tail.output()).joined
  }
}

extension [OutputItem] {
  /// The same output, texts that follow each other as one, however they were cut when they were captured.
  var joined: [OutputItem] {
    reduce(into: []) { items, item in
      if case .text(let text) = item, case .text(let before)? = items.last {
        items[items.count - 1] = .text(before + text)
      } else {
        items.append(item)
      }
    }
  }
}

extension OutputItem {
  /// About how many bytes it prints.
  fileprivate var weight: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .metric(_, let line): line.before.utf8.count + line.after.utf8.count + 24
    case .seriesLine(_, let text): text.utf8.count
    }
  }
}
