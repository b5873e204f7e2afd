/// Code spans, which bind more tightly than anything but each other.
extension InlineParser {
  mutating func parseCodeSpan() -> Bool {
    let start = position
    let length = backtickRun(at: start)
    if backticks == nil { indexBackticks(from: start) }
    guard let last = backticks?[length], last > start else {
      appendText(start..<start + length)
      position = start + length
      return true
    }
    // There is a closing run, so this search pays for itself by what it consumes.
    var close = start + length
    while true {
      while text[close] != ASCII.backtick { close += 1 }
      let run = backtickRun(at: close)
      if run == length { break }
      close += run
    }
    position = close + length
    _ = append(.codeSpan, from: start, content: stripped(start + length..<close))
    return true
  }

  private func backtickRun(at start: Int) -> Int {
    text.end(of: { $0 == ASCII.backtick }, from: start, to: end) - start
  }

  /// Notes where the last run of each length stands.
  private mutating func indexBackticks(from start: Int) {
    var last: [Int: Int] = [:]
    var index = start
    while index < end {
      if text[index] == ASCII.backtick {
        let length = backtickRun(at: index)
        last[length] = index
        index += length
      } else {
        index += 1
      }
    }
    backticks = last
  }

  /// One space on each side is taken off, unless there is nothing else.
  private func stripped(_ range: Range<Int>) -> Range<Int> {
    func isSpace(_ index: Int) -> Bool { text[index] == ASCII.space || text[index] == ASCII.lineFeed }
    guard range.count >= 2, isSpace(range.lowerBound), isSpace(range.upperBound - 1),
      !range.allSatisfy(isSpace)
    else { return range }
    return range.lowerBound + 1..<range.upperBound - 1
  }
}
