import Running

/// What a cell printed, as text.
struct OutputText: Sendable, Equatable {
  /// Its lines, without line ends.
  var lines: [String] = []
  /// The coloured pieces of those lines that have any, by the line's index.
  var colours: [Int: [TerminalText.Run]] = [:]
  /// The lines, by their index, that nothing else in a report shows: not a figure's curve, nor a table's row.
  var ownLines: [Int] = []

  /// The output of a cell with its metrics in place.
  /// - Parameter rows: the metrics that its table shows.
  init(_ record: CellRecord, rows: [MetricRow] = []) {
    guard let results = record.outcome.results else { return }
    let shownMetrics = Set(rows.map(\.metric))
    let hasCurve = results.figures.contains { if case .panels = $0.figure.content { true } else { false } }
    var text: [UInt8] = []
    // Where each piece begins that something else shows too, and where it ends.
    var repeated: [Range<Int>] = []
    for item in results.output {
      let start = text.count
      switch item {
      case .text(let piece):
        text.append(contentsOf: piece.utf8)
        continue
      case .seriesLine(_, let piece):
        text.append(contentsOf: piece.utf8)
        if !hasCurve { continue }
      case .metric(let key, let line):
        let number = results.metrics[key].map(line.format.text) ?? ""
        text.append(contentsOf: (line.before + number + line.after).utf8)
        if !shownMetrics.contains(key) { continue }
      }
      repeated.append(start..<text.count)
    }
    if text.last == UInt8(ascii: "\n") { text.removeLast() }
    let shown = TerminalText(text)
    lines = shown.lines
    colours = shown.colours
    ownLines = Self.lines(of: text, outside: repeated)
  }

  /// The indices of the lines of `text` that begin outside of `ranges`, which ascend.
  private static func lines(of text: [UInt8], outside ranges: [Range<Int>]) -> [Int] {
    var own: [Int] = []
    var rest = ranges[...]
    var (start, line) = (0, 0)
    while start < text.count {
      while let range = rest.first, range.upperBound <= start { rest.removeFirst() }
      if rest.first?.contains(start) != true { own.append(line) }
      start = (text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count) + 1
      line += 1
    }
    return own
  }
}

/// Output as a page shows it: whole when it is short, else its first and last lines around what is folded away.
struct FoldedOutput: Sendable, Equatable {
  /// What is always shown before the fold.
  var first: ArraySlice<String>
  /// What is folded away; empty where all is shown.
  var folded: ArraySlice<String>
  /// What is always shown after the fold.
  var last: ArraySlice<String>

  /// Folds `lines` where there are more than `limit`, so that the fold hides enough to be worth it.
  init(_ lines: [String], limit: Int = 24, first: Int = 12, last: Int = 6) {
    let (start, end) = lines.count > limit ? (first, lines.count - last) : (lines.count, lines.count)
    (self.first, folded, self.last) = (lines[..<start], lines[start..<end], lines[end...])
  }
}
