import NbrunRunning

/// What a cell printed, as text.
struct OutputText: Sendable, Equatable {
  /// Its lines, without line ends.
  var lines: [String] = []
  /// The coloured pieces of those lines that have any, by the line's index.
  var colours: [Int: [TerminalText.Run]] = [:]
  /// How many lines say what nothing else in a report shows: neither a figure's curve nor a table's row. Empty ones say nothing.
  var ownLines = 0

  /// The output of a cell with its metrics in place.
  /// - Parameter rows: the metrics that its table shows.
  init(_ record: CellRecord, rows: [MetricRow] = []) {
    guard let results = record.outcome.results else { return }
    let shownMetrics = Set(rows.map(\.metric))
    let hasCurve = results.figures.contains { if case .panels = $0.figure.content { true } else { false } }
    var text: [UInt8] = []
    let lineFeed = UInt8(ascii: "\n")
    func add(_ piece: String, isRepeated: Bool = false) {
      for byte in piece.utf8 {
        // A line is what its beginning is.
        if !isRepeated, byte != lineFeed, text.last ?? lineFeed == lineFeed { ownLines += 1 }
        text.append(byte)
      }
    }
    for item in results.output {
      switch item {
      case .text(let piece): add(piece)
      case .seriesLine(_, let piece): add(piece, isRepeated: hasCurve)
      case .metric(let key, let line):
        let number = results.metrics[key].map(line.format.text) ?? ""
        add(line.before + number + line.after, isRepeated: shownMetrics.contains(key))
      }
    }
    if text.last == lineFeed { text.removeLast() }
    let shown = TerminalText(text)
    lines = shown.lines
    colours = shown.colours
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
