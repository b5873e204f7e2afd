import NbrunRunning
import NbrunSteps

/// A number that a report shows large at its top, with what it is held against.
struct Headline: Sendable, Hashable {
  /// The cell that measured it.
  var cell: CellID
  /// What was measured: the metric's key in words.
  var label: String
  /// The number, or `stand-in` in place of one that comes from stand-in data.
  var number: String
  /// What was published: `published 0.675`; nil where nothing was.
  var published: String?
  /// What is claimed, behind the verdict's mark and in percent where the number is: `✓ claimed > 65.0 %`; nil where nothing is.
  var claimed: String?
  var status: ClaimRecord.Status?
  var isStandIn = false

  /// What the number is compared with, in order.
  var comparisons: [String] { [published, claimed].compactMap(\.self) }

  /// How many a report shows.
  static let most = 4

  /// The headline numbers of a run, at most four of them, in the order of the notebook.
  ///
  /// What breaks its claim comes first, then what the prose talks about; then from each cell what says most: a metric that is both
  /// claimed and published, one that is published, one that is claimed.
  /// - Parameters:
  ///   - mentions: the metrics that the notebook's prose shows.
  ///   - formats: how it writes them, where it says so.
  static func select(
    _ record: RunRecord, mentions: Set<MetricReference> = [], formats: [MetricReference: NumberFormat] = [:]
  ) -> [Headline] {
    var candidates: [Candidate] = []
    for cell in record.cells where cell.outcome.succeeded {
      var seen: Set<MetricKey> = []
      // Of several claims on one metric the one that is broken speaks.
      let rows = MetricRow.rows(cell)
      for row in rows.filter({ $0.status == .broken }) + rows where seen.insert(row.metric).inserted {
        guard let value = cell.outcome.results?.metrics[row.metric] else { continue }
        let reference = MetricReference(cell: cell.id, metric: row.metric)
        let format = formats[reference] ?? cell.printedFormat(of: row.metric)
        let number = format.map { $0.text(value) } ?? NumberText.short(value)
        let weight = row.reference == nil ? 2 : row.claim == nil ? 1 : 0
        // From each cell one first, then from each another one, and so on.
        let isMentioned = mentions.contains(reference)
        let rank = row.status == .broken ? -1 : isMentioned ? weight : seen.count * 3 + weight
        let headline = Headline(
          cell: cell.id, label: row.metric.text.replacing("-", with: " "),
          number: cell.usesStandIn ? "stand-in" : number, published: row.published(in: format),
          claimed: row.claimed(in: format), status: row.status, isStandIn: cell.usesStandIn)
        candidates.append((rank, candidates.count, value.double, isMentioned, headline))
      }
    }
    var best: [Candidate] = []
    for candidate in candidates.sorted(by: { ($0.rank, $0.order) < ($1.rank, $1.order) }) where best.count < most {
      // A number that is there already, measured again by another cell, would say nothing new.
      guard !best.contains(where: { $0.value == candidate.value }) else { continue }
      // Three that the prose talks about need no fourth that it does not.
      if !candidate.isMentioned, best.count >= 3, best.contains(where: \.isMentioned) { continue }
      best.append(candidate)
    }
    return best.sorted { $0.order < $1.order }.map(\.headline)
  }

  private typealias Candidate = (rank: Int, order: Int, value: Double, isMentioned: Bool, headline: Headline)
}

struct MetricReference: Sendable, Hashable {
  var cell: CellID
  var metric: MetricKey
}

extension MetricRow {
  /// The published number, in percent where the measured one is.
  fileprivate func published(in format: NumberFormat?) -> String? {
    guard case .percent = format, let format else {
      return reference.map { "published \(NumberText.short(published: $0, isPrecise: false))" }
    }
    return reference.flatMap(Double.init).map { "published \(NumberText.exact($0, in: format))" }
  }

  /// The claim behind its verdict's mark, in percent where the number is.
  fileprivate func claimed(in format: NumberFormat?) -> String? {
    guard let claimed else { return nil }
    let mark = status.map { "\($0.mark) " } ?? ""
    let end = status == .notTested ? ", not tested" : ""
    guard case .percent = format, let format, claimed.tolerance == 0, claimed.bounds.allSatisfy({ $0.cell == nil })
    else { return "\(mark)claimed \(claimed.condition())\(end)" }
    return "\(mark)claimed \(claimed.condition { NumberText.exact($0, in: format) })\(end)"
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
