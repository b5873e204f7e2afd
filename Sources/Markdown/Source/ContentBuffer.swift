/// The text of all leaf blocks, one after the other, stripped of the markers and indentation of what contains them.
///
/// Only one leaf is open at a time, so the lines of each are contiguous. Each line is a run that remembers where in the source it
/// came from; that is how a link in a quote in a list still knows its line and column.
struct ContentBuffer: Sendable {
  /// A stretch of text that stands in the source as it stands here.
  struct Run: Sendable {
    var start: Int32
    /// Where it starts in the source, after its padding.
    var source: Int32
    /// Spaces at its start that stand for the rest of a tab, and are not in the source.
    var padding: Int32
  }

  /// The text, each line ended by a line feed.
  private(set) var text: [UInt8] = []
  private(set) var runs: [Run] = []

  /// Where the next text goes.
  var end: Int { text.count }

  /// Makes room for the text of a source of `count` bytes.
  mutating func reserve(_ count: Int) {
    text.reserveCapacity(count)
    runs.reserveCapacity(count / 40)
  }

  /// Adds a stretch of the source as a new run.
  mutating func append(_ source: [UInt8], _ range: Range<Int>, padding: Int = 0) {
    runs.append(Run(start: Int32(text.count), source: Int32(range.lowerBound), padding: Int32(padding)))
    for _ in 0..<padding { text.append(ASCII.space) }
    text.append(contentsOf: source[range])
  }

  mutating func endLine() { text.append(ASCII.lineFeed) }

  mutating func truncate(to end: Int) {
    text.removeSubrange(end...)
    while let last = runs.last, Int(last.start) >= end { runs.removeLast() }
  }

  // MARK: Back to the source

  func runIndex(at offset: Int) -> Int { max(0, runs.indices.partition { Int(runs[$0].start) > offset } - 1) }

  /// The offset in the source of `offset` in the text.
  func sourceOffset(_ offset: Int) -> Int {
    guard !runs.isEmpty else { return 0 }
    let run = runs[runIndex(at: offset)]
    return Int(run.source) + max(0, offset - Int(run.start) - Int(run.padding))
  }

  /// The range in the source of a range of the text. The end is taken from the last byte, so that it stays on its line.
  func sourceRange(_ range: Range<Int>) -> Range<Int> {
    let start = sourceOffset(range.lowerBound)
    guard !range.isEmpty else { return start..<start }
    return start..<max(start, sourceOffset(range.upperBound - 1) + 1)
  }
}
