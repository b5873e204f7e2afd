import Running
import Steps

/// A number that a report shows large at its top, with what it is held against.
struct Headline: Sendable, Equatable {
  /// The cell that measured it.
  var cell: CellID
  /// What was measured: the metric's key in words.
  var label: String
  /// The number.
  var number: String
  /// What it is compared with: `published 0.675`, `claimed > 0.65`.
  var comparisons: [String]

  /// How many a report shows.
  static let most = 4

  /// The headline numbers of a run: first from each cell the one that says most, then others, up to four.
  ///
  /// A metric that is both claimed and published says more than one that is published, that more than one that is claimed.
  /// They stand in the order of the notebook.
  /// - Parameter formats: how the notebook's prose writes a metric, where it does.
  static func select(
    _ record: RunRecord, formats: [MetricReference: NumberFormat] = [:], marks: VolatileMark = .off
  ) -> [Headline] {
    var candidates: [(rank: Int, order: Int, headline: Headline)] = []
    for cell in record.cells where cell.outcome.succeeded {
      var seen: Set<MetricKey> = []
      for row in MetricRow.rows(cell) where seen.insert(row.metric).inserted {
        guard let value = cell.outcome.results?.metrics[row.metric] else { continue }
        let format = formats[MetricReference(cell: cell.id, metric: row.metric)] ?? cell.printedFormat(of: row.metric)
        let number = format.map { $0.text(value) } ?? NumberText.short(value)
        // From each cell one first, then from each another one, and so on.
        let rank = (seen.count - 1) * 3 + (row.reference == nil ? 2 : row.claim == nil ? 1 : 0)
        let headline = Headline(
          cell: cell.id, label: row.metric.text.replacing("-", with: " "),
          number: marks.phrase(number, if: cell.isVolatile(metric: row.metric)), comparisons: row.comparisons)
        candidates.append((rank, candidates.count, headline))
      }
    }
    let best = candidates.sorted { ($0.rank, $0.order) < ($1.rank, $1.order) }.prefix(most)
    return best.sorted { $0.order < $1.order }.map(\.headline)
  }
}

/// A metric of a cell.
struct MetricReference: Sendable, Hashable {
  var cell: CellID
  var metric: MetricKey
}

extension MetricRow {
  fileprivate var comparisons: [String] {
    [shortReference.map { "published \($0)" }, claim.map { "claimed \($0)" }].compactMap(\.self)
  }
}

extension CellRecord {
  /// How the cell printed a metric, where it chose a format for people.
  func printedFormat(of key: MetricKey) -> NumberFormat? {
    for case .metric(key, let line) in outcome.results?.output ?? [] where line.format != .shortest {
      return line.format
    }
    return nil
  }
}
