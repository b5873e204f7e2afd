import Running

/// What a cell printed, as text.
enum OutputText {
  /// The lines of a cell's output with its metrics in place, without line ends.
  static func lines(_ record: CellRecord, marks: VolatileMark = .off) -> [String] {
    guard let results = record.outcome.results else { return [] }
    var text: [UInt8] = []
    for item in results.output {
      switch item {
      case .text(let piece):
        text.append(contentsOf: piece.utf8)
      case .seriesLine(let key, let piece):
        let isMarked = marks.isOn && record.isVolatile(series: key)
        text.append(contentsOf: isMarked ? Array((marks.phrase("") + "\n").utf8) : Array(piece.utf8))
      case .metric(let key, let line):
        let number = marks.phrase(
          results.metrics[key].map(line.format.text) ?? "", if: record.isVolatile(metric: key))
        text.append(contentsOf: (line.before + number + line.after).utf8)
      }
    }
    if text.last == UInt8(ascii: "\n") { text.removeLast() }
    guard !text.isEmpty else { return [] }
    return text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
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
    guard lines.count > limit else {
      self.first = lines[...]
      folded = []
      self.last = []
      return
    }
    self.first = lines[..<first]
    folded = lines[first..<(lines.count - last)]
    self.last = lines[(lines.count - last)...]
  }
}
